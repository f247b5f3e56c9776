import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** A path agreed with a person that is not done and whose day is near. */
export interface DuePath {
  person_id: string;
  path_id: string;
  slug: string;
  title: string;
  due_on: Day;
  /** The person's teams of today. */
  teams: { id: string; name: string; supervisors: string[] }[];
}

const HERE = '(tm.left_on is null or tm.left_on > cast(:today as date)) and tm.joined_on <= cast(:today as date)';

/** Agreed paths of an organisation whose day is within so many days from today, and of which some course is not done. */
export async function selectDuePaths(organisationId: string, today: Day, days: number): Promise<DuePath[]> {
  const { rows } = await db().raw(
    `with agreed as (
       select coalesce(a.person_id, tm.person_id) as person_id, a.path_id, min(a.due_on) as due_on
       from path_assignments a
       left join team_members tm on tm.organisation_id = a.organisation_id and tm.team_id = a.team_id and ${HERE}
       where a.organisation_id = :organisationId and a.due_on between cast(:today as date) and cast(:today as date) + cast(:days as int)
       group by 1, 2)
     select n.person_id, n.path_id, lp.slug, to_char(n.due_on, 'YYYY-MM-DD') as due_on,
       (select title from learning_path_texts t where t.path_id = n.path_id
         order by language = p.language desc, language = 'fi' desc, language limit 1) as title,
       coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'supervisors', array(
           select ts.person_id from team_supervisors ts where ts.organisation_id = tm.organisation_id
             and ts.team_id = tm.team_id and (ts.ends_on is null or ts.ends_on >= cast(:today as date)))))
         from team_members tm join teams t on t.id = tm.team_id
         where tm.organisation_id = :organisationId and tm.person_id = n.person_id and ${HERE}), '[]') as teams
     from agreed n
     join learning_paths lp on lp.id = n.path_id
     join memberships m on m.organisation_id = :organisationId and m.person_id = n.person_id and m.suspended_at is null
       and (m.ended_on is null or m.ended_on > cast(:today as date))
     join people p on p.id = n.person_id
     where exists (select from path_courses pc left join enrolments e on e.organisation_id = :organisationId
       and e.person_id = n.person_id and e.course_id = pc.course_id
       where pc.path_id = n.path_id and e.completed_at is null and not exists (select from path_step_marks k
         join path_steps s on s.organisation_id = k.organisation_id and s.id = k.step_id and s.course_id = pc.course_id
         where k.organisation_id = :organisationId and k.person_id = n.person_id and k.how in ('recognised', 'attended')))
     order by n.due_on, n.person_id, n.path_id`,
    { organisationId, today, days },
  );
  return rows;
}

export interface Unfinished {
  person_id: string;
  slug: string;
  title: string;
  seen_on: Day;
}

/** Courses under way of those people of the organisation in scope who asked to be reminded, and who have been away so long. */
export async function selectUnfinished(today: Day): Promise<Unfinished[]> {
  const { rows } = await db().raw(
    `select u.person_id, c.slug, to_char(u.seen_on, 'YYYY-MM-DD') as seen_on,
       (select title from course_texts t where t.course_id = u.course_id
         order by language = p.language desc, language = 'fi' desc, language limit 1) as title
     from courses_left_unfinished(?) u join courses c on c.id = u.course_id and c.published_at is not null
     join people p on p.id = u.person_id order by u.person_id`,
    [today],
  );
  return rows;
}
