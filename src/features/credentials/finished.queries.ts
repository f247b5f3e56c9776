import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { InLanguages } from './content';

/** A course or a path that a person has finished, as it is told today. */
export interface Finished {
  kind: 'course' | 'path';
  id: string;
  titles: InLanguages;
  minutes: number;
  lessons: number;
  competences: { code: string; to_level: number }[];
  parts: InLanguages[];
  finished_on: Day;
  /** The last day of it, where agreed training names how long it is valid. */
  valid_until: Day | null;
}

/** SQL: the day of the newest finish of an enrolment `e`, in Finland; and the day from which its validity is counted. */
const FINISHED = "(coalesce(e.renewed_at, e.completed_at) at time zone 'Europe/Helsinki')::date";
const COUNTS_FROM = "(coalesce(e.counts_from, e.renewed_at, e.completed_at) at time zone 'Europe/Helsinki')::date";
const TITLES = (table: string, key: string, id: string) =>
  `(select jsonb_object_agg(language, title) from ${table} t where t.${key} = ${id})`;

/**
 * What the person has finished, the newest first; of one course and the paths with it when it is named. Of a path it
 * tells that its courses are finished; what else the path asks is asked by `finishedOf`. The shortest validity counts where several paths agreed with the person name the course.
 */
export async function selectFinished(
  { id, organisation_id }: { id: string; organisation_id: string },
  courseId: string | null = null,
): Promise<Finished[]> {
  const { rows } = await db().raw(
    `with mine as (
       select e.course_id, ${FINISHED} as finished_on, ${COUNTS_FROM} as counts_on from enrolments e
       where e.organisation_id = :o and e.person_id = :p and e.completed_at is not null),
     agreed as (
       select pc.course_id, min(pc.valid_months) as months from path_courses pc
       join path_assignments a on a.path_id = pc.path_id and a.organisation_id = :o
         and (a.person_id = :p or a.team_id in (select m.team_id from team_members m where m.organisation_id = :o and m.person_id = :p
           and m.joined_on <= current_date and (m.left_on is null or m.left_on > current_date)))
       where pc.valid_months is not null group by 1),
     done as (
       select m.course_id, m.finished_on, (m.counts_on + make_interval(months => g.months))::date as valid_until
       from mine m left join agreed g using (course_id)),
     paths as (
       select lp.id, max(d.finished_on) as finished_on, min(d.valid_until) as valid_until
       from learning_paths lp join path_courses pc on pc.path_id = lp.id left join done d on d.course_id = pc.course_id
       where lp.organisation_id = :o
         and (:c::uuid is null or exists (select from path_courses x where x.path_id = lp.id and x.course_id = :c::uuid))
       group by lp.id having bool_and(d.course_id is not null))
     select 'course' as kind, c.id, ${TITLES('course_texts', 'course_id', 'c.id')} as titles, c.minutes, c.lessons_total as lessons,
       (select coalesce(jsonb_agg(jsonb_build_object('code', k.competence_code, 'to_level', k.to_level) order by k.competence_code), '[]')
         from course_competences k where k.course_id = c.id) as competences,
       '[]'::jsonb as parts, to_char(d.finished_on, 'YYYY-MM-DD') as finished_on, to_char(d.valid_until, 'YYYY-MM-DD') as valid_until
     from done d join courses c on c.id = d.course_id where :c::uuid is null or c.id = :c::uuid
     union all
     select 'path', p.id, ${TITLES('learning_path_texts', 'path_id', 'p.id')}, x.minutes, x.lessons, x.competences, x.parts,
       to_char(p.finished_on, 'YYYY-MM-DD'), to_char(p.valid_until, 'YYYY-MM-DD')
     from paths p, lateral (
       select sum(c.minutes)::int as minutes, sum(c.lessons_total)::int as lessons,
         jsonb_agg(${TITLES('course_texts', 'course_id', 'c.id')} order by pc.position) as parts,
         (select coalesce(jsonb_agg(jsonb_build_object('code', k.code, 'to_level', k.level) order by k.code), '[]') from (
           select k.competence_code as code, max(k.to_level) as level from course_competences k
           join path_courses y on y.course_id = k.course_id and y.path_id = p.id group by 1) k) as competences
       from path_courses pc join courses c on c.id = pc.course_id where pc.path_id = p.id) x
     order by finished_on desc, kind, id`,
    { o: organisation_id, p: id, c: courseId },
  );
  return rows;
}

export const finishedKey = ({ kind, id, finished_on }: Pick<Finished, 'kind' | 'id' | 'finished_on'>) =>
  `${kind} ${id} ${finished_on}`;
