import type { Knex } from 'knex';
import type { Day } from '../../lib/calendar';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { OWN_FIRST, type Picture, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { ASSIGNED, assignedBindings } from './paths.model';

/** A path as one person sees it. */
export interface OwnPath {
  id: string;
  slug: string;
  language: Language;
  title: string;
  summary: string;
  courses: number;
  done: number;
  started: boolean;
  /** Agreed with this person or a team of theirs. */
  is_assigned: boolean;
  /** The nearest day agreed. */
  due_on: Day | null;
}

export interface PathCourse {
  id: string;
  slug: string;
  picture: Picture;
  minutes: number;
  language: Language;
  title: string;
  started_at: Date | null;
  completed_at: Date | null;
}

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** The paths of the organisation as the person sees them; those agreed with them first, the nearest day first. */
export async function readPaths(actor: Actor): Promise<OwnPath[]> {
  return (await selectPaths(actor, null)).rows;
}

/** One path and its courses in order, in one flight; undefined when there is none. */
export async function readPath(
  actor: Actor,
  slug: string,
): Promise<{ path: OwnPath; courses: PathCourse[] } | undefined> {
  const [paths, courses] = await together(selectPaths(actor, slug), selectCourses(actor, slug));
  const path = paths.rows[0];
  return path && { path, courses: courses.rows };
}

function selectPaths(actor: Actor, slug: string | null): Rows<OwnPath> {
  return db().raw(
    `select lp.id, lp.slug, t.language, t.title, t.summary, n.courses, n.done, n.started,
       d.path_id is not null as is_assigned, to_char(d.due_on, 'YYYY-MM-DD') as due_on
     from learning_paths lp
     cross join lateral (select x.language, x.title, x.summary from learning_path_texts x where x.path_id = lp.id
       order by array_position(?::text[], x.language) limit 1) t
     left join (select a.path_id, min(a.due_on) as due_on from path_assignments a where ${ASSIGNED} group by 1) d
       on d.path_id = lp.id
     cross join lateral (select count(*)::int as courses, count(e.completed_at)::int as done,
         count(e.course_id) > 0 as started
       from path_courses pc
       join (${VISIBLE_COURSES} ${OWN_FIRST}) v on v.id = pc.course_id
       left join enrolments e on e.course_id = pc.course_id and e.organisation_id = ? and e.person_id = ?
       where pc.path_id = lp.id) n
     where lp.organisation_id = ? and (?::text is null or lp.slug = ?)
     order by d.path_id is null, n.courses > 0 and n.done = n.courses, d.due_on nulls last, lp.created_at, lp.id`,
    [
      contentLanguages(actor.content_language),
      ...assignedBindings(actor),
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      ...[actor.organisation_id, actor.id],
      ...[actor.organisation_id, slug, slug],
    ] as never,
  );
}

function selectCourses(actor: Actor, slug: string): Rows<PathCourse> {
  return db().raw(
    `select v.id, v.slug, v.picture, v.minutes, t.language, t.title, e.started_at, e.completed_at
     from learning_paths lp
     join path_courses pc on pc.path_id = lp.id
     join (${VISIBLE_COURSES} ${OWN_FIRST}) v on v.id = pc.course_id
     cross join lateral (select x.language, x.title from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) t
     left join enrolments e on e.course_id = v.id and e.organisation_id = ? and e.person_id = ?
     where lp.organisation_id = ? and lp.slug = ?
     order by pc.position`,
    [
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      contentLanguages(actor.content_language),
      ...[actor.organisation_id, actor.id],
      ...[actor.organisation_id, slug],
    ] as never,
  );
}
