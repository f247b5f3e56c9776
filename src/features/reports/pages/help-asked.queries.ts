import { type Day, endOfDay } from '../../../lib/calendar';
import { db } from '../../../lib/db';

/** How many people of a team asked for help with a course in a quarter that is over. */
export interface HelpAsked {
  quarter: Day;
  topic: string;
  title: string | null;
  team_id: string | null;
  people: number;
  has_clients: boolean;
}

/**
 * People who asked for help, by quarter, course and the team that they have been in the longest: each person once for a
 * course in a quarter. `topic` is empty where the request was about no course.
 */
export function selectHelpAsked(organisationId: string, language: string, from: Day, to: Day) {
  return db().raw<{ rows: HelpAsked[] }>(
    `with asked as (
       select distinct (date_trunc('quarter', h.asked_at at time zone 'Europe/Helsinki') + interval '3 months - 1 day')::date
           as quarter, coalesce(l.course_id::text, '') as topic, h.person_id
       from help_requests h left join lessons l on l.id = h.lesson_id
       where h.organisation_id = :organisationId and h.asked_at >= :after and h.asked_at < :before
     )
     select to_char(a.quarter, 'YYYY-MM-DD') as quarter, a.topic, home.team_id, count(*)::int as people,
       bool_or(coalesce(ms.relation = 'client', false)) as has_clients,
       (select title from course_texts c where c.course_id::text = a.topic
        order by c.language = :language desc, c.language = 'fi' desc limit 1) as title
     from asked a
     left join memberships ms on ms.organisation_id = :organisationId and ms.person_id = a.person_id
     left join lateral (
       select tm.team_id from team_members tm
       where tm.organisation_id = :organisationId and tm.person_id = a.person_id and tm.joined_on <= a.quarter
         and (tm.left_on is null or tm.left_on > a.quarter)
       order by tm.joined_on, tm.team_id limit 1
     ) home on true
     group by a.quarter, a.topic, home.team_id order by a.quarter, a.topic, home.team_id`,
    { organisationId, language, after: endOfDay(from), before: endOfDay(to) },
  );
}
