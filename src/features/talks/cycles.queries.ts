import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { CycleStep, Experiment, StepName, TeamCycle } from './cycles.model';

export interface CycleTeam {
  id: string;
  name: string;
  /** Whether the reader is in the team today. */
  is_member: boolean;
}

const TODAY = '(tm.left_on is null or tm.left_on > current_date) and tm.joined_on <= current_date';

export async function findCycleTeam(actor: Actor, teamId: string): Promise<CycleTeam | undefined> {
  const { rows } = await db().raw(
    `select t.id, t.name, exists (select from team_members tm where tm.organisation_id = t.organisation_id
       and tm.team_id = t.id and tm.person_id = ? and ${TODAY}) as is_member
     from teams t where t.organisation_id = ? and t.id = ?`,
    [actor.id, actor.organisation_id, teamId],
  );
  return rows[0];
}

/** The teams that the reader is in or supervises today, by name. */
export function selectOwnTeams({ organisation_id, id, supervised_teams }: Actor) {
  return db().raw<{ rows: { id: string; name: string }[] }>(
    `select t.id, t.name from teams t where t.organisation_id = ? and (t.id = any(?) or exists (
       select from team_members tm where tm.organisation_id = t.organisation_id and tm.team_id = t.id and tm.person_id = ?
         and ${TODAY})) order by t.name`,
    [organisation_id, supervised_teams, id] as never,
  );
}

export interface Cycle extends TeamCycle {
  steps: CycleStep[];
  experiments: Experiment[];
}

/** The cycles of a team by year, the newest first, with steps and experiments. At most twenty. */
export async function selectCycles(organisationId: string, teamId: string): Promise<Cycle[]> {
  const { rows } = await db().raw(
    `select c.id, c.organisation_id, c.team_id, c.year, c.theme,
       coalesce((select json_agg(json_build_object('step', s.step, 'due_on', s.due_on, 'remind_days', s.remind_days,
         'done_on', s.done_on, 'learned', s.learned) order by array_position('{check,plan,try,review}', s.step))
         from team_cycle_steps s where s.organisation_id = c.organisation_id and s.cycle_id = c.id), '[]') as steps,
       coalesce((select json_agg(json_build_object('id', e.id, 'idea', e.idea, 'decision', e.decision, 'learned', e.learned,
         'decided_on', e.decided_on) order by e.created_at, e.id)
         from team_experiments e where e.organisation_id = c.organisation_id and e.cycle_id = c.id), '[]') as experiments
     from team_cycles c where c.organisation_id = ? and c.team_id = ? order by c.year desc limit 20`,
    [organisationId, teamId],
  );
  return rows;
}

export interface Reminder {
  cycle_id: string;
  team_id: string;
  team_name: string;
  step: StepName;
  due_on: Day;
  person_id: string;
}

/** Whom to remind today of what in an organisation: the team of check and try, the supervisors of plan and review. */
export async function selectReminders(organisationId: string): Promise<Reminder[]> {
  const { rows } = await db().raw(
    `select c.id as cycle_id, c.team_id, t.name as team_name, s.step, to_char(s.due_on, 'YYYY-MM-DD') as due_on, r.person_id
     from team_cycle_steps s
     join team_cycles c on c.organisation_id = s.organisation_id and c.id = s.cycle_id
     join teams t on t.organisation_id = c.organisation_id and t.id = c.team_id
     join lateral (
       select tm.person_id from team_members tm
       where s.step in ('check', 'try') and tm.organisation_id = c.organisation_id and tm.team_id = c.team_id and ${TODAY}
       union
       select ts.person_id from team_supervisors ts
       where s.step in ('plan', 'review') and ts.organisation_id = c.organisation_id and ts.team_id = c.team_id
         and (ts.ends_on is null or ts.ends_on >= current_date)) r on true
     where s.organisation_id = ? and s.done_on is null
       and current_date between s.due_on - s.remind_days and s.due_on`,
    [organisationId],
  );
  return rows;
}
