import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { type Achievement, insertAchievement, retireAchievement } from './achievements.model';
import { canGiveTo } from './credentials.policy';
import type { AchievementForm } from './managed.schema';
import { addMonths, badgeContent, issuerName, offer } from './offers.service';

/** Makes a badge. The same form sent twice makes one. `replaces`: the version that is given no more from now on. */
export function makeAchievement(
  actor: Actor,
  form: AchievementForm,
  known: { givenFor: ReadonlySet<string>; codes: ReadonlySet<string> },
  replaces?: Achievement,
): Promise<void> {
  const [kind, id] = known.givenFor.has(form.given_for) ? form.given_for.split(':') : [];
  return atomically(async () => {
    const isNew = await insertAchievement({
      id: form.id,
      organisation_id: actor.organisation_id,
      course_id: kind === 'course' ? (id ?? null) : null,
      path_id: kind === 'path' ? (id ?? null) : null,
      texts: form.texts,
      template: form.template,
      competences: form.competences
        .filter((code) => known.codes.has(code))
        .map((code) => ({ code, level: form.level })),
      valid_months: form.valid_months,
      created_by: actor.id,
    });
    if (!isNew) return;
    if (replaces) await retireAchievement(replaces);
    await recordAudit(actor, 'credentials.badge-made', { type: 'achievement', id: form.id });
  });
}

/** It is given to nobody from now on; those that were given stay good. */
export function endAchievement(actor: Actor, achievement: Achievement): Promise<void> {
  return atomically(async () => {
    if (await retireAchievement(achievement))
      await recordAudit(actor, 'credentials.badge-ended', { type: 'achievement', id: achievement.id });
  });
}

/** Offers a badge to a person with a reason that they read. False when the actor may not; the same form sent twice offers once. */
export function giveBadge(
  actor: Actor,
  achievement: Achievement,
  { person, reason, key }: { person: string; reason: string; key: string },
  now = new Date(),
): Promise<boolean> {
  return atomically(async () => {
    if (!canGiveTo(actor, person) || achievement.retired_at) return false;
    const today = dayOf(now);
    await offer(
      { id: person, organisation_id: actor.organisation_id },
      {
        kind: 'badge',
        key: `hand ${key}`,
        achievement_id: achievement.id,
        given_by: actor.id,
        reason,
        content: await badgeContent(achievement, await issuerName(actor.organisation_id), today),
        valid_until: achievement.valid_months ? addMonths(today, achievement.valid_months) : null,
      },
    );
    await recordAudit(actor, 'credentials.given', { type: 'achievement', id: achievement.id }, { person_id: person });
    return true;
  });
}
