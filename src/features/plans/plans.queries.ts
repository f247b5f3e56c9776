import { db, together } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import type { Plan, PlanLine } from './plans.model';

export interface ShownLine extends PlanLine {
  title: string | null;
  href: string | null;
}

interface Choice {
  id: string;
  name: string;
}

/** A plan's lines with names, and for its writer what may be added and to whom it may be proposed. */
export async function readPlanPage(actor: Actor, plan: Plan) {
  const [lines, courses, paths, supervisors] = await together(
    selectLines(actor, plan),
    selectCourses(actor),
    selectPaths(actor),
    selectSupervisors(actor.organisation_id, plan.person_id),
  );
  return { lines: lines.rows, courses: courses.rows, paths: paths.rows, supervisors: supervisors.rows };
}

function selectLines(actor: Actor, plan: Plan) {
  const languages = contentLanguages(actor.language);
  return db().raw<{ rows: ShownLine[] }>(
    `select l.id, l.kind, l.competence_code, l.level, l.course_id, l.path_id, l.words, to_char(l.by_day, 'YYYY-MM-DD') as by_day,
       coalesce((select x.title from course_texts x where x.course_id = l.course_id
           order by array_position(?::text[], x.language) limit 1),
         (select x.title from learning_path_texts x where x.path_id = l.path_id
           order by array_position(?::text[], x.language) limit 1)) as title,
       coalesce('/learn/' || c.slug, '/paths/' || lp.slug) as href
     from plan_lines l left join courses c on c.id = l.course_id left join learning_paths lp on lp.id = l.path_id
     where l.organisation_id = ? and l.plan_id = ? order by l.position, l.id`,
    [languages, languages, plan.organisation_id, plan.id] as never,
  );
}

function selectCourses(actor: Actor) {
  return db().raw<{ rows: Choice[] }>(
    `select v.id, t.title as name from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     cross join lateral (select x.title from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) t order by t.title, v.id`,
    [
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      contentLanguages(actor.content_language),
    ] as never,
  );
}

function selectPaths(actor: Actor) {
  return db().raw<{ rows: Choice[] }>(
    `select lp.id, t.title as name from learning_paths lp
     cross join lateral (select x.title from learning_path_texts x where x.path_id = lp.id
       order by array_position(?::text[], x.language) limit 1) t where lp.organisation_id = ? order by t.title, lp.id`,
    [contentLanguages(actor.content_language), actor.organisation_id] as never,
  );
}

/** Who supervises a team of the person today. */
function selectSupervisors(organisationId: string, personId: string) {
  return db().raw<{ rows: Choice[] }>(
    `select distinct p.id, p.name from team_members tm
     join team_supervisors ts on ts.organisation_id = tm.organisation_id and ts.team_id = tm.team_id
       and (ts.ends_on is null or ts.ends_on >= current_date) and ts.person_id <> tm.person_id
     join people p on p.id = ts.person_id
     where tm.organisation_id = ? and tm.person_id = ? and tm.joined_on <= current_date
       and (tm.left_on is null or tm.left_on > current_date) order by p.name, p.id`,
    [organisationId, personId],
  );
}
