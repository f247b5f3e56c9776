import type { Day } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { COMPLETE_LANGUAGES, type Language } from '../../lib/i18n';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import { findActor } from '../organisations/organisations.model';
import { competenceNames } from '../skills/skills.model';
import { type Achievement, selectAchievements } from './achievements.model';
import type { CredentialContent, FrozenSkill, InLanguages } from './content';
import { insertCredential, type NewCredential, openDeclined } from './credentials.model';
import { type Finished, finishedKey } from './finished.queries';
import { finishedOf } from './finished.service';
import { findIssuer } from './issuer-keys.model';

export const FINISHED_JOB = 'credentials.finished';

export interface FinishedPayload {
  organisation_id: string;
  person_id: string;
  /** Null when something else of a path was finished: then only paths are looked at. */
  course_id: string | null;
}

type Somebody = { id: string; organisation_id: string };

/**
 * The job after a course or another step of a path was finished: offers its certificate, those of paths that became whole, and
 * their badges. Twice does no harm.
 */
export function offerFinished({ organisation_id, person_id, course_id }: FinishedPayload): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: person_id }, () =>
    atomically(async () => {
      const person = await findActor(organisation_id, person_id);
      if (!person) return;
      for (const finished of await finishedOf(person, course_id))
        if (course_id !== null || finished.kind === 'path') await offerFor(person, finished);
    }),
  );
}

/** The person asks for it themselves: what they declined before comes again. */
export function askFor(person: Somebody, finished: Finished): Promise<void> {
  return atomically(async () => {
    await openDeclined(person, finishedKey(finished));
    await offerFor(person, finished);
  });
}

/** The certificate of something finished, and the badges attached to it. */
export async function offerFor(person: Somebody, finished: Finished): Promise<void> {
  const issuer = await issuerName(person.organisation_id);
  const { id, kind, finished_on, valid_until } = finished;
  const content: CredentialContent = {
    titles: finished.titles,
    issuer,
    skills: await frozenSkills(finished.competences.map(({ code, to_level }) => ({ code, level: to_level }))),
    finished_on,
    minutes: finished.minutes,
    lessons: finished.lessons,
    ...(finished.parts.length > 0 && { parts: finished.parts }),
  };
  await offer(person, {
    kind,
    key: finishedKey(finished),
    content,
    valid_until,
    [kind === 'course' ? 'course_id' : 'path_id']: id,
  });
  const attached = (await selectAchievements(person.organisation_id)).filter(
    ({ course_id, path_id }) => (kind === 'course' ? course_id : path_id) === id,
  );
  for (const achievement of attached)
    await offer(person, {
      kind: 'badge',
      key: `badge ${achievement.id} ${finishedKey(finished)}`,
      achievement_id: achievement.id,
      [kind === 'course' ? 'course_id' : 'path_id']: id,
      content: await badgeContent(achievement, issuer, finished_on),
      valid_until: achievement.valid_months ? addMonths(finished_on, achievement.valid_months) : valid_until,
    });
}

/** A row for the person to accept, and a word to them; nothing when they were given the same before. */
export async function offer(
  person: Somebody,
  given: Omit<NewCredential, 'organisation_id' | 'person_id'>,
): Promise<string | undefined> {
  const { id: person_id, organisation_id } = person;
  const id = await insertCredential({ ...given, organisation_id, person_id });
  if (!id) return undefined;
  await recordAudit(person, 'credentials.offered', { type: 'credential', id }, { kind: given.kind });
  await notify({
    organisation_id,
    person_id,
    kind: given.kind === 'badge' ? 'credentials.badge' : 'credentials.certificate',
    params: {},
    href: `/credentials/${id}`,
    key: `credential ${id}`,
  });
  return id;
}

/** What a badge says, frozen. */
export async function badgeContent(
  achievement: Achievement,
  issuer: string,
  finished_on: Day,
): Promise<CredentialContent> {
  const texts = (field: 'name' | 'criteria' | 'words') =>
    Object.fromEntries(Object.entries(achievement.texts).map(([language, text]) => [language, text[field]]));
  return {
    titles: texts('name'),
    criteria: texts('criteria'),
    picture_words: texts('words'),
    template: achievement.template,
    issuer,
    finished_on,
    skills: await frozenSkills(achievement.competences),
  };
}

export async function frozenSkills(skills: readonly { code: string; level: number | null }[]): Promise<FrozenSkill[]> {
  // One after the other: the connection of a transaction takes one statement at a time.
  const names: [Language, Awaited<ReturnType<typeof competenceNames>>][] = [];
  for (const language of COMPLETE_LANGUAGES) names.push([language, await competenceNames(language)]);
  return skills.map(({ code, level }) => ({
    code,
    level,
    names: Object.fromEntries(
      names.flatMap(([language, of]) => {
        const name = of.get(code)?.plain_name;
        return name ? [[language, name]] : [];
      }),
    ) as InLanguages,
  }));
}

export async function issuerName(organisationId: string): Promise<string> {
  const issuer = await findIssuer(organisationId);
  if (!issuer) throw new RangeError('no such organisation');
  return issuer.name;
}

/** The same day after so many months; the last of the month where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
