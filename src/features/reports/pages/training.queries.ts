import { db } from '../../../lib/db';
import { keptPartToday, keptToday } from '../closing/kept-rows';
import type { TrainingState } from '../figures/training';
import { VALID_UNTIL } from './team.queries';

/** How many people are in a state, by team and course; without a team, in the whole organisation. */
export interface TrainingCount {
  team_id: string | null;
  team: string | null;
  course_id: string | null;
  title: string | null;
  state: TrainingState | null;
  people: number;
}

/** Agreed training that needs somebody: one row for each person and course. */
export interface TrainingRow {
  person_id: string;
  name: string;
  teams: string[];
  title: string;
  state: TrainingState;
  due_on: string | null;
  valid_until: string | null;
}

/**
 * SQL: the agreed training of everybody in an organisation today, one row for each person and course, in the state that
 * `courseState` (training.ts) gives. Bindings: organisationId. A test holds that the two say the same.
 */
const STATES = `
  with teamed as (
    select tm.team_id, tm.person_id from team_members tm
    join memberships ms on ms.organisation_id = tm.organisation_id and ms.person_id = tm.person_id
      and (ms.ended_on is null or ms.ended_on > current_date)
    where tm.organisation_id = :organisationId and tm.joined_on <= current_date
      and (tm.left_on is null or tm.left_on > current_date)
  ),
  assigned as (
    select a.person_id, a.path_id, a.due_on, a.assigned_at from path_assignments a
    join memberships ms on ms.organisation_id = a.organisation_id and ms.person_id = a.person_id
      and (ms.ended_on is null or ms.ended_on > current_date)
    where a.organisation_id = :organisationId
    union all
    select t.person_id, a.path_id, a.due_on, a.assigned_at from path_assignments a join teamed t on t.team_id = a.team_id
    where a.organisation_id = :organisationId
  ),
  agreed as (
    select person_id, course_id, min(due_on) as due_on, min(valid_months) as valid_months, max(renewal_days) as renewal_days
    from assigned join path_courses pc using (path_id) join learning_paths lp on lp.id = pc.path_id group by 1, 2
  ),
  recognised as (
    select k.person_id, s.course_id, max(k.marked_at) as recognised_at from path_step_marks k
    join path_steps s on s.organisation_id = k.organisation_id and s.id = k.step_id
    where k.organisation_id = :organisationId and k.how = 'recognised' and s.course_id is not null group by 1, 2
  ),
  dated as (
    select a.*, e.completed_at, r.recognised_at, coalesce(e.lessons_done, 0) as lessons_done, ${VALID_UNTIL} as valid_until
    from agreed a left join enrolments e on e.organisation_id = :organisationId and e.person_id = a.person_id
      and e.course_id = a.course_id
    left join recognised r on r.person_id = a.person_id and r.course_id = a.course_id
  ),
  states as (
    select *, case
      when (completed_at is not null or recognised_at is not null) and valid_until < current_date then 'expired'
      when (completed_at is not null or recognised_at is not null) and valid_until - renewal_days <= current_date
        then 'expiring'
      when completed_at is not null then 'done'
      when recognised_at is not null then 'recognised'
      when due_on < current_date then 'late'
      when lessons_done > 0 then 'on-the-way'
      else 'not-started' end as state
    from dated
  )`;

const titleOf = (id: string) => `(select title from course_texts where course_id = ${id}
  order by language = :language desc, language = 'fi' desc limit 1)`;

/** Counts by team, course and state; by course and state; and of all people. Who is in two teams counts in both. */
export function countTraining(organisationId: string, language: string) {
  return db().raw<{ rows: TrainingCount[] }>(
    `${STATES},
     counted as (
       select t.team_id, s.course_id, s.state, count(distinct s.person_id)::int as people, grouping(t.team_id) = 1 as is_whole
       from states s left join teamed t on t.person_id = s.person_id
       group by grouping sets ((t.team_id, s.course_id, s.state), (s.course_id, s.state), ())
     )
     select c.team_id, teams.name as team, c.course_id, ${titleOf('c.course_id')} as title, c.state, c.people
     from counted c left join teams on teams.organisation_id = :organisationId and teams.id = c.team_id
     where c.is_whole or c.team_id is not null
     order by team nulls first, title nulls first, c.course_id`,
    { organisationId, language },
  );
}

/** Who should do or renew something, by name; `most` rows, or all of them. */
export function selectTrainingToDo(organisationId: string, language: string, most: number | null) {
  return db().raw<{ rows: TrainingRow[] }>(
    `${STATES}
     select s.person_id, p.name, ${titleOf('s.course_id')} as title, s.state,
       to_char(s.due_on, 'YYYY-MM-DD') as due_on, to_char(s.valid_until, 'YYYY-MM-DD') as valid_until,
       array(select teams.name from teamed t join teams on teams.id = t.team_id where t.person_id = s.person_id
         order by teams.name) as teams
     from states s join people p on p.id = s.person_id
     where s.state in ('expired', 'late', 'expiring')
     order by p.name, s.person_id, title, s.course_id limit :most`,
    { organisationId, language, most } as never,
  );
}

/**
 * The counts of `countTraining`, read once a day in a large organisation: of the whole and of `most` teams and one more, by
 * name, or of all of them. What a page shows is kept apart from the whole, which is tens of thousands of rows.
 */
export function readTraining(organisationId: string, language: string, most: number | null): Promise<TrainingCount[]> {
  const all = () => keptToday(organisationId, `training ${language}`, () => countTraining(organisationId, language));
  if (most === null) return all();
  return keptPartToday(organisationId, `training on screen ${language}`, async () =>
    ofFirstTeams(await all(), most + 1),
  );
}

/** Rows are in the order of teams, those of the whole organisation first. */
function ofFirstTeams(rows: readonly TrainingCount[], most: number): TrainingCount[] {
  const first = new Set([...new Set(rows.map(({ team_id }) => team_id))].filter((id) => id !== null).slice(0, most));
  return rows.filter(({ team_id }) => team_id === null || first.has(team_id));
}

/** As many as a page shows of `selectTrainingToDo`, and one more; read once a day in a large organisation. */
export const readTrainingToDo = (organisationId: string, language: string, most: number) =>
  keptToday(organisationId, `training to do ${language}`, () => selectTrainingToDo(organisationId, language, most + 1));
