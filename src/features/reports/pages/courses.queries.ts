import { db } from '../../../lib/db';
import type { LessonKind } from '../../courses/courses.model';
import type { Actor } from '../../organisations/organisations.model';
import { keptRows } from '../closing/kept-rows';
import type { Period } from '../period';

/** How the people of an organisation are on a course at the end of a month. */
export interface CourseCounts {
  course_id: string;
  slug: string;
  title: string;
  lessons_total: number;
  started: number;
  finished: number;
  /** Completed a lesson, or began, in the last four weeks. */
  going: number;
  /** Neither. */
  stopped: number;
  /** For whom it counts as learnt before, and who have not finished it: beside the others, whether they began or not. */
  recognised: number;
  has_clients: boolean;
}

/** A lesson of a course, and how many stopped before completing it. */
export interface LessonStop {
  id: string;
  slug: string;
  title: string;
  kind: LessonKind;
  minutes: number;
  has_easy: boolean;
  stopped: number;
}

/** Who has completed nothing for this long has stopped: it tells of courses, not of people. */
const STOPPED_AFTER_DAYS = 28;

const titleOf = (table: string, key: string, id: string) => `
  (select title from ${table} where ${key} = ${id} order by language = :language desc, language = 'fi' desc limit 1)`;

/** SQL: each person on each course as it was at :asOf. Bindings: organisationId, asOf, days, courseId (null for all). */
const ON_COURSES = `
  on_courses as materialized (
    select e.course_id, e.person_id, ms.relation, e.completed_at < :asOf as is_finished,
      greatest(e.started_at, (select max(p.completed_at) from lesson_progress p where p.organisation_id = e.organisation_id
        and p.person_id = e.person_id and p.course_id = e.course_id and p.completed_at < :asOf))
        >= :asOf::timestamptz - make_interval(days => :days) as is_going
    from enrolments e
    join memberships ms on ms.organisation_id = e.organisation_id and ms.person_id = e.person_id
      and (ms.ended_on is null or ms.ended_on > (:asOf at time zone 'Europe/Helsinki')::date)
    where e.organisation_id = :organisationId and e.started_at < :asOf
      and (:courseId::uuid is null or e.course_id = :courseId)
  )`;

/** Courses that somebody of the organisation has begun, by title; with an id that one, begun or not. */
function selectCourseCounts(organisationId: string, language: string, asOf: Date, courseId: string | null) {
  return db().raw<{ rows: CourseCounts[] }>(
    `with ${ON_COURSES},
     counted as (
       select course_id, count(*)::int as started, (count(*) filter (where is_finished))::int as finished,
         (count(*) filter (where is_finished is not true and is_going))::int as going,
         (count(*) filter (where is_finished is not true and not is_going))::int as stopped,
         bool_or(relation = 'client') as has_clients
       from on_courses group by 1
     ),
     recognised as (
       select s.course_id, count(distinct k.person_id)::int as people, bool_or(ms.relation = 'client') as has_clients
       from path_step_marks k
       join path_steps s on s.organisation_id = k.organisation_id and s.id = k.step_id and s.course_id is not null
       join memberships ms on ms.organisation_id = k.organisation_id and ms.person_id = k.person_id
         and (ms.ended_on is null or ms.ended_on > (:asOf at time zone 'Europe/Helsinki')::date)
       where k.organisation_id = :organisationId and k.how = 'recognised' and k.marked_at < :asOf
         and not exists (select from enrolments e where e.organisation_id = k.organisation_id and e.person_id = k.person_id
           and e.course_id = s.course_id and e.completed_at < :asOf) group by 1
     )
     select c.id as course_id, c.slug, c.lessons_total, ${titleOf('course_texts', 'course_id', 'c.id')} as title,
       coalesce(k.started, 0) as started, coalesce(k.finished, 0) as finished, coalesce(k.going, 0) as going,
       coalesce(k.stopped, 0) as stopped, coalesce(r.people, 0) as recognised,
       coalesce(k.has_clients, false) or coalesce(r.has_clients, false) as has_clients
     from courses c left join counted k on k.course_id = c.id left join recognised r on r.course_id = c.id
     where c.id = :courseId or (:courseId::uuid is null and (k.started > 0 or r.people > 0)) order by title, c.id`,
    { organisationId, language, asOf, days: STOPPED_AFTER_DAYS, courseId },
  );
}

/** The lessons of a course in order, with how many of those who stopped have it as their next one. */
function selectLessonStops(organisationId: string, language: string, asOf: Date, courseId: string) {
  return db().raw<{ rows: LessonStop[] }>(
    `with ${ON_COURSES},
     stops as (
       select (select l.id from lessons l where l.course_id = s.course_id and l.published_at is not null
         and (l.audience = '{}' or case s.relation when 'employee' then 'staff' when 'client' then 'client'
           else 'peer_supporter' end = any(l.audience))
         and not exists (select from lesson_progress p where p.organisation_id = :organisationId
           and p.person_id = s.person_id and p.lesson_id = l.id and p.completed_at < :asOf)
         order by l.position, l.id limit 1) as lesson_id
       from on_courses s where s.is_finished is not true and not s.is_going
     )
     select l.id, l.slug, l.kind, l.minutes, ${titleOf('lesson_texts', 'lesson_id', 'l.id')} as title,
       exists (select from lesson_texts t where t.lesson_id = l.id and t.language = 'fi-x-selko') as has_easy,
       (select count(*) from stops s where s.lesson_id = l.id)::int as stopped
     from lessons l where l.course_id = :courseId and l.published_at is not null order by l.position, l.id`,
    { organisationId, language, asOf, days: STOPPED_AFTER_DAYS, courseId },
  );
}

/** All courses that people of the organisation have begun, at the end of a period. */
export function readCourses({ organisation_id: organisationId, language }: Actor, { to, toEnds }: Period) {
  return keptRows({ organisationId, month: to, name: `courses ${language} and recognised` }, () =>
    selectCourseCounts(organisationId, language, toEnds, null),
  );
}

/** One course and where people stop in it, at the end of a period. */
export async function readCourseStops(
  { organisation_id: organisationId, language }: Actor,
  courseId: string,
  { to, toEnds }: Period,
) {
  const kept = (what: string) => ({ organisationId, month: to, name: `${what} ${courseId} ${language}` });
  const [counts] = await keptRows(kept('course and recognised'), () =>
    selectCourseCounts(organisationId, language, toEnds, courseId),
  );
  const stops = await keptRows(kept('stops'), () => selectLessonStops(organisationId, language, toEnds, courseId));
  return { counts, stops };
}
