import { db } from '../../../lib/db';
import type { AgreedCourse } from '../figures/training';

/** Who is in a team today. */
export interface MemberRow {
  person_id: string;
  name: string;
  target_profile: string | null;
  simple_mode: boolean;
}

export interface HelpRow {
  id: string;
  person_id: string;
  name: string;
  message: string;
  asked_at: Date;
  lesson_title: string | null;
  lesson_slug: string | null;
  course_slug: string | null;
}

/** SQL: the members of a team today; bindings: organisationId, teamId. */
export const MEMBERS = `
  select tm.person_id, p.name, ms.target_profile, p.simple_mode
  from team_members tm
  join memberships ms on ms.organisation_id = tm.organisation_id and ms.person_id = tm.person_id
    and (ms.ended_on is null or ms.ended_on > current_date)
  join people p on p.id = tm.person_id
  where tm.organisation_id = :organisationId and tm.team_id = :teamId
    and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)`;

/** A title in the reader's language, else in Finnish, else in any. */
const titleOf = (table: string, key: string, id: string) => `
  (select title from ${table} where ${key} = ${id} order by language = :language desc, language = 'fi' desc limit 1)`;

/**
 * SQL: the last day on which a completion `e` of agreed training `a`, or what `r` recognised, is valid; null when it does not
 * end, or there is none.
 */
export const VALID_UNTIL = `((coalesce(e.counts_from, e.renewed_at, e.completed_at, r.recognised_at) at time zone 'Europe/Helsinki')::date
  + make_interval(months => a.valid_months))::date`;

/** SQL: since when the course of agreed training `a` counts as learnt before, as `r`; binding: organisationId. */
const RECOGNISED = `left join lateral (select max(k.marked_at) as recognised_at from path_step_marks k
    join path_steps s on s.organisation_id = k.organisation_id and s.id = k.step_id and s.course_id = a.course_id
  where k.organisation_id = :organisationId and k.person_id = a.person_id and k.how = 'recognised') r on true`;

/** SQL: every completion of the course `course` by the person `person` as json, the newest first. */
export const HISTORY = (organisation: string, person: string, course: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_object('on', (h.completed_at at time zone 'Europe/Helsinki')::date,
      'is_renewal', h.is_renewal, 'valid_until', h.valid_until) order by h.completed_at desc), '[]')
    from course_completions h where h.organisation_id = ${organisation} and h.person_id = ${person} and h.course_id = ${course})`;

/** The members of a team today, by name. */
export function selectMembers(organisationId: string, teamId: string) {
  return db().raw<{ rows: MemberRow[] }>(`${MEMBERS} order by p.name, p.id`, { organisationId, teamId });
}

/**
 * The courses agreed with the members of a team, through a path assigned to the team or to the person, one row for each
 * person and course; the nearest due date where there are many.
 */
export function selectAgreedCourses(organisationId: string, teamId: string, language: string) {
  return db().raw<{ rows: AgreedCourse[] }>(
    `with members as (${MEMBERS}),
     assigned as (
       select m.person_id, a.path_id, a.due_on, a.assigned_at from members m
       join path_assignments a on a.organisation_id = :organisationId and a.person_id = m.person_id
       union all
       select m.person_id, a.path_id, a.due_on, a.assigned_at from members m
       join path_assignments a on a.organisation_id = :organisationId and a.team_id = :teamId
     ),
     agreed as (
       select person_id, course_id, min(due_on) as due_on, min(assigned_at) as agreed_at, min(valid_months) as valid_months,
         max(renewal_days) as renewal_days
       from assigned join path_courses pc using (path_id) join learning_paths lp on lp.id = pc.path_id group by 1, 2
     )
     select m.person_id, m.name, c.id as course_id, c.slug, ${titleOf('course_texts', 'course_id', 'c.id')} as title,
       to_char(a.due_on, 'YYYY-MM-DD') as due_on, coalesce(e.lessons_done, 0) as lessons_done,
       coalesce(e.lessons_total, c.lessons_total) as lessons_total, e.completed_at, e.renewed_at, r.recognised_at, a.agreed_at,
       to_char(${VALID_UNTIL}, 'YYYY-MM-DD') as valid_until,
       to_char(${VALID_UNTIL} - a.renewal_days, 'YYYY-MM-DD') as renew_from,
       (select max(p.completed_at) from lesson_progress p where p.organisation_id = :organisationId
         and p.person_id = a.person_id and p.course_id = a.course_id) as last_done_at,
       ${HISTORY(':organisationId', 'a.person_id', 'a.course_id')} as history
     from members m join agreed a on a.person_id = m.person_id join courses c on c.id = a.course_id
     left join enrolments e on e.organisation_id = :organisationId and e.person_id = a.person_id
       and e.course_id = a.course_id
     ${RECOGNISED}
     order by m.name, m.person_id, a.due_on nulls last, title`,
    { organisationId, teamId, language },
  );
}

/** Requests for help that nobody has answered yet, the one that has waited longest first. */
export function selectOpenHelp(organisationId: string, teamId: string, language: string) {
  return db().raw<{ rows: HelpRow[] }>(
    `select h.id, m.person_id, m.name, h.message, h.asked_at, l.slug as lesson_slug, c.slug as course_slug,
       ${titleOf('lesson_texts', 'lesson_id', 'l.id')} as lesson_title
     from (${MEMBERS}) m join help_requests h on h.organisation_id = :organisationId and h.person_id = m.person_id
     left join lessons l on l.id = h.lesson_id left join courses c on c.id = l.course_id
     where h.answered_at is null and h.to_person_id is null order by h.asked_at, h.id`,
    { organisationId, teamId, language },
  );
}

/** How many people of each team wait for an answer today; a team where nobody does is left out. */
export async function countOpenHelp(organisationId: string, teamIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db().raw<{ rows: { team_id: string; people: number }[] }>(
    `select tm.team_id, count(distinct tm.person_id)::int as people from team_members tm
     join help_requests h on h.organisation_id = tm.organisation_id and h.person_id = tm.person_id
     where tm.organisation_id = ? and tm.team_id = any(?) and h.answered_at is null and h.to_person_id is null
       and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)
     group by tm.team_id`,
    [organisationId, [...teamIds]],
  );
  return new Map(rows.map(({ team_id, people }) => [team_id, people]));
}

/** A request of somebody who is in the team today, answered or not. */
export async function findHelpRequest(organisationId: string, teamId: string, requestId: string) {
  const { rows } = await db().raw<{ rows: { id: string; person_id: string; answered_at: Date | null }[] }>(
    `select h.id, h.person_id, h.answered_at from (${MEMBERS}) m
     join help_requests h on h.organisation_id = :organisationId and h.person_id = m.person_id
     where h.id = :requestId and h.to_person_id is null`,
    { organisationId, teamId, requestId },
  );
  return rows[0];
}

/** One person of the team today. */
export async function findMember(organisationId: string, teamId: string, personId: string) {
  const { rows } = await db().raw<{ rows: MemberRow[] }>(`${MEMBERS} and tm.person_id = :personId`, {
    organisationId,
    teamId,
    personId,
  });
  return rows[0];
}
