import { atomically, db } from '../../lib/db';
import { found } from '../../lib/guards';
import type { Language } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import { selectPartners } from '../organisations/networks.model';
import type { Actor } from '../organisations/organisations.model';
import { findOwnCourse, lockCourse, type OwnCourse, putReach, type Reach } from './sharing.model';

/** Tells one organisation's writers and administrators what became of a share. */
export const TELL_JOB = 'sharing.tell';

interface Told {
  organisation_id: string;
  course_id: string;
  kind: 'sharing.given' | 'sharing.withdrawn' | `sharing.own-${Reach}`;
  /** Who did it needs no telling. */
  by: string;
  /** One telling for each change. */
  at: string;
}

/**
 * Shares a course as far as is chosen, or takes it back. False when a partner was named that is none: nothing is changed then.
 * Who has begun a course goes on with it, see VISIBLE_COURSES. Both organisations are told.
 */
export function shareCourse(
  actor: Actor,
  courseId: string,
  reach: Reach,
  partners: readonly string[],
): Promise<boolean> {
  return atomically(async () => {
    await lockCourse(actor.organisation_id, courseId);
    const before = found(await findOwnCourse(actor.organisation_id, courseId, actor.language));
    const named = reach === 'partners' ? [...new Set(partners)] : [];
    const { rows } = await selectPartners(actor.organisation_id);
    const known = new Set([...rows, ...before.partners].map(({ id }) => id));
    if (!named.every((id) => known.has(id))) return false;
    const had = before.partners.map(({ id }) => id);
    if (before.reach === reach && same(had, named)) return true;
    await putReach(before, reach, named);
    await recordAudit(
      actor,
      'course.shared',
      { type: 'course', id: courseId },
      { from: before.reach, to: reach, named },
    );
    await tellAll(actor, before, reach, { had, named });
    return true;
  });
}

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id) => other.includes(id));

const isForAll = (reach: Reach) => reach === 'all' || reach === 'public';

/** Named partners hear of what they get and lose; that all get or lose something is told at home only, and seen in lists. */
async function tellAll(
  actor: Actor,
  course: OwnCourse,
  reach: Reach,
  { had, named }: { had: string[]; named: string[] },
): Promise<void> {
  const told = { course_id: course.id, by: actor.id, at: new Date().toISOString() };
  const given = isForAll(course.reach) ? [] : named.filter((id) => !had.includes(id));
  const withdrawn = isForAll(reach) ? [] : had.filter((id) => !named.includes(id));
  for (const organisation_id of given) await enqueue(TELL_JOB, { ...told, organisation_id, kind: 'sharing.given' });
  for (const organisation_id of withdrawn)
    await enqueue(TELL_JOB, { ...told, organisation_id, kind: 'sharing.withdrawn' });
  await enqueue(TELL_JOB, { ...told, organisation_id: course.organisation_id, kind: `sharing.own-${reach}` });
}

interface Listener {
  person_id: string;
  language: Language;
}

/** The job. Tells those who may use or give the course on: its writers and administrators, each in the course's own words. */
export function tellShare({ organisation_id, course_id, kind, by, at }: Told): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, () =>
    atomically(async () => {
      const { rows: listeners } = await db().raw<{ rows: Listener[] }>(
        `select m.person_id, p.language from memberships m join people p on p.id = m.person_id
         where m.organisation_id = ? and m.roles && '{author,administrator}' and m.suspended_at is null
           and (m.ended_on is null or m.ended_on > current_date) and m.person_id::text <> ?
         order by ('administrator' = any(m.roles)) desc, m.person_id limit 50`,
        [organisation_id, by],
      );
      const course = await nameOf(course_id);
      if (!course) return;
      const isOwn = course.organisation_id === organisation_id;
      const href = isOwn ? `/write/courses/${course_id}/sharing` : '/write/shared';
      for (const { person_id, language } of listeners) {
        const title = course.titles[language] ?? course.titles.fi ?? Object.values(course.titles)[0] ?? '–';
        const params = { title, name: course.organisation_name };
        await notify({ organisation_id, person_id, kind, params, href, key: `${kind} ${course_id} ${at}` });
      }
    }),
  );
}

async function nameOf(courseId: string) {
  const { rows } = await db().raw<{
    rows: { organisation_id: string; organisation_name: string; titles: Partial<Record<Language, string>> }[];
  }>(
    `select c.organisation_id, o.name as organisation_name, coalesce((select jsonb_object_agg(t.language, t.title)
       from course_texts t where t.course_id = c.id), '{}') as titles
     from courses c join organisations o on o.id = c.organisation_id where c.id = ?`,
    [courseId],
  );
  return rows[0];
}
