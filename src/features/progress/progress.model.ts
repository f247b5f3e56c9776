import { db } from '../../lib/db';
import type { LessonKind } from '../courses/courses.model';
import { ASSIGNED, assignedBindings } from '../paths/paths.model';
import { SEEN } from './lesson-news';

/** A person in a course: how far, and where they were last. Kept in the transaction that changes it. */
export interface Enrolment {
  organisation_id: string;
  person_id: string;
  course_id: string;
  lessons_done: number;
  /** Published lessons that are meant for this person. */
  lessons_total: number;
  last_lesson_id: string | null;
  started_at: Date;
  last_seen_at: Date;
  completed_at: Date | null;
  /** When the person last went through the complete course again. */
  renewed_at: Date | null;
}

export interface LessonProgress {
  organisation_id: string;
  person_id: string;
  lesson_id: string;
  course_id: string;
  /** Id of the block that was last in view, or of another place on the page; '' for the top. */
  spot: string;
  opened_at: Date;
  completed_at: Date | null;
}

/** Who, where, and for which audiences a lesson counts. */
export interface Place {
  organisationId: string;
  personId: string;
  courseId: string;
  lessonId: string;
  audiences: readonly string[];
}

/** SQL: the course's lessons `l` that count for these audiences; bindings: course, audiences. */
const COUNTED = `l.course_id = ? and l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])`;

/**
 * Marks the lesson as opened and as the one to continue, in one statement. It locks this person's rows of the course, so
 * whatever follows in the transaction waits for its twin in another tab. `seen`: the version that the person sees now.
 */
export async function touchLesson(place: Place, spot: string | undefined, seen?: number): Promise<void> {
  const { organisationId, personId, courseId, lessonId, audiences } = place;
  await db().raw(
    `with opened as (
       insert into lesson_progress (organisation_id, person_id, lesson_id, course_id, spot, seen_version, told_from)
         values (?, ?, ?, ?, ?, ?, ?)
       on conflict (organisation_id, person_id, lesson_id)
         do update set spot = coalesce(nullif(excluded.spot, ''), lesson_progress.spot), ${SEEN} returning lesson_id)
     insert into enrolments (organisation_id, person_id, course_id, lessons_total, last_lesson_id)
       select ?, ?, ?, (select count(*) from lessons l where ${COUNTED}), lesson_id from opened
     on conflict (organisation_id, person_id, course_id) do update set last_lesson_id = excluded.last_lesson_id,
       lessons_total = excluded.lessons_total, last_seen_at = now()`,
    [
      ...[organisationId, personId, lessonId, courseId, spot ?? '', seen ?? null, seen ?? null],
      ...[organisationId, personId, courseId, courseId, [...audiences]],
    ] as never,
  );
}

/** Completed once; a later time stands beside the first, which never changes. */
export async function setCompleted({ organisationId, personId, lessonId }: Place): Promise<void> {
  await db().raw(
    `update lesson_progress set completed_at = coalesce(completed_at, now()),
       again_at = case when completed_at is not null then clock_timestamp() end
     where organisation_id = ? and person_id = ? and lesson_id = ?`,
    [organisationId, personId, lessonId],
  );
}

/** The mark of "done" is taken away. */
export async function setUndone({ organisationId, personId, lessonId }: Place): Promise<void> {
  await db()
    .table('lesson_progress')
    .where({ organisation_id: organisationId, person_id: personId, lesson_id: lessonId })
    .update({ completed_at: null });
}

/** Counts the person's lessons of the course again. A course once complete stays so, also when a lesson is added to it. */
export async function recountEnrolment(place: Place): Promise<Enrolment> {
  const { organisationId, personId, courseId, audiences } = place;
  const { rows } = await db().raw(
    `update enrolments e set lessons_done = n.done, lessons_total = n.total,
       completed_at = coalesce(e.completed_at, case when n.total > 0 and n.done >= n.total then now() end)
     from (select count(*) as total, count(p.completed_at) as done from lessons l
       left join lesson_progress p on p.lesson_id = l.id and p.organisation_id = ? and p.person_id = ?
       where ${COUNTED}) n
     where e.organisation_id = ? and e.person_id = ? and e.course_id = ? returning e.*`,
    [organisationId, personId, courseId, [...audiences], organisationId, personId, courseId],
  );
  return rows[0];
}

/** Where in the lesson the person is. Leaves alone which lesson is the last one: an old tab may be closing. */
export async function setSpot(
  { organisationId, personId, lessonId }: Pick<Place, 'organisationId' | 'personId' | 'lessonId'>,
  spot: string,
): Promise<void> {
  await db()
    .table('lesson_progress')
    .where({ organisation_id: organisationId, person_id: personId, lesson_id: lessonId })
    .update({ spot });
}

export function findEnrolment(
  organisationId: string,
  personId: string,
  courseId: string,
): Promise<Enrolment | undefined> {
  return db()
    .table('enrolments')
    .where({ organisation_id: organisationId, person_id: personId, course_id: courseId })
    .first();
}

/** Where a lesson is read or done; at the spot where the person was, when it is known. */
export function lessonAddress(
  courseSlug: string,
  { slug, kind, spot }: { slug: string; kind: LessonKind; spot: string },
): string {
  const address = `/learn/${courseSlug}/${slug}`;
  if (kind === 'quiz') return `${address}/questions`;
  return spot ? `${address}#${spot}` : address;
}

/** The lesson to go on with: the last one if it is not done, else the first undone after it, else the first undone. */
export function stopToContinue<S extends { id: string; completed_at: unknown }>(
  stops: readonly S[],
  lastId: string | null,
): S | undefined {
  const last = stops.findIndex(({ id }) => id === lastId);
  const after = stops.slice(Math.max(last, 0));
  return [...after, ...stops].find(({ completed_at }) => completed_at === null);
}

/**
 * Within the window of renewal of the agreed paths the new time begins where the old one ends; before or after it, today.
 * The first completion stays as it was. False when the person has not completed the course.
 */
export async function setRenewed(organisationId: string, personId: string, courseId: string): Promise<boolean> {
  const who = { organisation_id: organisationId, id: personId };
  const { rows } = await db().raw(
    `with agreed as (select min(pc.valid_months) as months, max(lp.renewal_days) as days
       from path_assignments a join learning_paths lp on lp.id = a.path_id
       join path_courses pc on pc.path_id = a.path_id and pc.course_id = ? where ${ASSIGNED})
     update enrolments e set renewed_at = now(), counts_from = case
       when now() between x.ends - make_interval(days => agreed.days) and x.ends + interval '1 day' then x.ends else now() end
     from agreed, enrolments o
     cross join lateral (select coalesce(o.counts_from, o.renewed_at, o.completed_at)
       + make_interval(months => (select months from agreed)) as ends) x
     where o.organisation_id = ? and o.person_id = ? and o.course_id = ? and o.completed_at is not null
       and e.organisation_id = o.organisation_id and e.person_id = o.person_id and e.course_id = o.course_id
     returning e.course_id`,
    [courseId, ...assignedBindings(who), organisationId, personId, courseId] as never,
  );
  return rows.length > 0;
}
