import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** A completion of agreed training that ends soon. */
export interface Ending {
  person_id: string;
  course_id: string;
  /** In the person's own language where there is one. */
  title: string;
  valid_until: Day;
  /** The person's teams of today. */
  teams: { id: string; name: string; supervisors: string[] }[];
}

const TODAY = '(tm.left_on is null or tm.left_on > current_date) and tm.joined_on <= current_date';

/**
 * Completions of agreed training of an organisation that should be renewed now: their last day is within the path's days of
 * renewal, and not past. The shortest validity counts where several paths name the course.
 */
export async function selectEnding(organisationId: string): Promise<Ending[]> {
  const { rows } = await db().raw(
    `with agreed as (
       select coalesce(a.person_id, tm.person_id) as person_id, pc.course_id, min(pc.valid_months) as valid_months,
         max(lp.renewal_days) as renewal_days
       from path_assignments a
       join path_courses pc on pc.path_id = a.path_id and pc.valid_months is not null
       join learning_paths lp on lp.id = a.path_id
       left join team_members tm on tm.organisation_id = a.organisation_id and tm.team_id = a.team_id and ${TODAY}
       where a.organisation_id = :organisationId group by 1, 2),
     ending as (
       select a.person_id, a.course_id, a.renewal_days,
         ((coalesce(e.counts_from, e.renewed_at, e.completed_at) at time zone 'Europe/Helsinki')::date
           + make_interval(months => a.valid_months))::date as valid_until
       from agreed a join enrolments e on e.organisation_id = :organisationId and e.person_id = a.person_id
         and e.course_id = a.course_id and e.completed_at is not null)
     select n.person_id, n.course_id, to_char(n.valid_until, 'YYYY-MM-DD') as valid_until,
       (select title from course_texts t where t.course_id = n.course_id
         order by language = p.language desc, language = 'fi' desc limit 1) as title,
       coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'supervisors', array(
           select ts.person_id from team_supervisors ts where ts.organisation_id = tm.organisation_id
             and ts.team_id = tm.team_id and (ts.ends_on is null or ts.ends_on >= current_date))))
         from team_members tm join teams t on t.id = tm.team_id
         where tm.organisation_id = :organisationId and tm.person_id = n.person_id and ${TODAY}), '[]') as teams
     from ending n
     join memberships m on m.organisation_id = :organisationId and m.person_id = n.person_id and m.suspended_at is null
       and (m.ended_on is null or m.ended_on > current_date)
     join people p on p.id = n.person_id
     where current_date between n.valid_until - n.renewal_days and n.valid_until
     order by n.valid_until, n.person_id`,
    { organisationId },
  );
  return rows;
}
