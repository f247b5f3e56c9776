import { atomically, db } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { recordObservation } from '../skills/skills.service';
import { findIssuer, mappedLevels, selectIssuers } from './badge-issuers.model';
import { alignedSkills, type BadgeLevel, levelsOf } from './badge-levels';
import { outside } from './badge-outside';
import { verifyBadge } from './badge-verify';
import { type Badge, deleteBadge, insertBadge, lockBadge, setBadge } from './badges.model';
import { canAskAbout, canCheckBadge, canRemoveBadge, canTakeBadge } from './badges.policy';

/**
 * Verifies a badge and keeps what was verified; nothing counts yet. Returns its id, the same for the same badge again.
 * Throws a BadgeFault that says why it is refused; then nothing is kept.
 */
export async function bringBadge(
  actor: Actor,
  bytes: Buffer,
  codes: ReadonlySet<string>,
  now = new Date(),
): Promise<string> {
  const { organisation_id, id: person_id } = actor;
  const [issuers, person] = [
    await selectIssuers(organisation_id),
    await db()('people').where({ id: person_id }).first('email'),
  ];
  const email = person?.email ?? null;
  // The world outside may be slow: no transaction is open meanwhile.
  const { facts, issuer, key, format, checks } = await verifyBadge(bytes, { issuers, email, now, fetch: outside() });
  return atomically(async () => {
    const { id, isNew } = await insertBadge({
      organisation_id,
      person_id,
      state: checks.recipient === 'email' ? 'ready' : 'unknown',
      badge_key: key,
      format,
      achievement_id: facts.achievementId,
      name: facts.name,
      issuer_id: issuer.id,
      issuer_name: issuer.name,
      issued_at: facts.issuedAt,
      expires_at: facts.expiresAt,
      checks,
      alignments: alignedSkills(facts.alignments, codes),
    });
    if (isNew) await recordAudit(actor, 'badge.brought', { type: 'badge', id }, { format });
    return id;
  });
}

/** What would come of the badge: skills with the level that its giver maps it to; null where nobody has said a level. */
export async function levelsOfBadge(badge: Badge): Promise<BadgeLevel[]> {
  const issuer = badge.issuer_id && (await findIssuer(badge.organisation_id, badge.issuer_id));
  if (!issuer) return [];
  return levelsOf(badge.alignments, await mappedLevels(badge.organisation_id, issuer.id, badge));
}

/** The person's yes: an observation on the day of the badge for each skill with a level. False when nothing can come of it. */
export function takeBadge(actor: Actor, given: Badge, now = new Date()): Promise<boolean> {
  return atomically(async () => {
    const badge = await lockBadge(given);
    if (!badge || !canTakeBadge(actor, badge) || (badge.expires_at && badge.expires_at <= now)) return false;
    const levels = (await levelsOfBadge(badge)).flatMap(({ competence_code, level }) =>
      level === null ? [] : [{ competence_code, level }],
    );
    if (levels.length === 0) return false;
    for (const { competence_code, level } of levels) {
      await recordObservation(actor, {
        person_id: actor.id,
        competence_code,
        source: 'badge',
        level,
        observed_at: badge.issued_at,
        origin_type: 'badge',
        origin_id: badge.id,
        note: `${badge.name} – ${badge.issuer_name}`,
      });
    }
    await setBadge(badge, { state: 'taken', taken_at: now });
    await recordAudit(actor, 'badge.taken', { type: 'badge', id: badge.id });
    return true;
  });
}

export function removeBadge(actor: Actor, given: Badge): Promise<void> {
  return atomically(async () => {
    const badge = await lockBadge(given);
    if (!badge || !canRemoveBadge(actor, badge)) return;
    await deleteBadge(badge);
    await recordAudit(actor, 'badge.removed', { type: 'badge', id: badge.id });
  });
}

/** Asks somebody to see with the person that the badge is theirs. */
export function askAboutBadge(actor: Actor, given: Badge, judgeId: string): Promise<void> {
  return atomically(async () => {
    const badge = await lockBadge(given);
    if (!badge || !canAskAbout(actor, badge)) return;
    await setBadge(badge, { state: 'asked', judge_id: judgeId });
    await recordAudit(actor, 'badge.asked', { type: 'badge', id: badge.id });
    await tell(badge, judgeId, 'evidence.badge-asked', `/skills/badges/check/${badge.id}`);
  });
}

/** What the one who was asked saw. False when it does not wait for them any more. */
export function checkBadge(actor: Actor, given: Badge, isTheirs: boolean): Promise<boolean> {
  return atomically(async () => {
    const badge = await lockBadge(given);
    if (!badge || !canCheckBadge(actor, badge)) return false;
    const checks = { ...badge.checks, ...(isTheirs && { recipient: 'person' as const }) };
    await setBadge(badge, { state: isTheirs ? 'ready' : 'refused', checks });
    await recordAudit(actor, isTheirs ? 'badge.confirmed' : 'badge.not-theirs', { type: 'badge', id: badge.id });
    await tell(badge, badge.person_id, 'evidence.badge-checked', `/skills/badges/${badge.id}`);
    return true;
  });
}

const tell = ({ organisation_id }: Badge, person_id: string, kind: string, href: string) =>
  notify({ organisation_id, person_id, kind, params: {}, href });
