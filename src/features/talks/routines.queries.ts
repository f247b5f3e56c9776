import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** Whether the routines of learning are alive: counts only, of a team or (without one) of the whole organisation. */
export interface Routines {
  /** Talks that both confirmed in the period, the people they were held with, and those who were in the team in it. */
  talks: { held: number; people: number; members: number };
  /** Teams that had a yearly cycle of a year that the period touches, of all teams asked about. */
  cycles: { teams: number; of: number };
  /** Steps whose day lies in the period, and those of them that are done. */
  steps: { planned: number; done: number };
  /** Experiments decided in the period. Where none is ever dropped, nothing was really tried (domain, PDCA). */
  experiments: { begun: number; keep: number; change: number; drop: number };
}

/**
 * The counts for a period, both days included. `people` of a small group tells of its members: the one who shows it hides
 * it as any other small number. Two statements.
 */
export async function selectRoutines(
  organisationId: string,
  teamId: string | null,
  from: Day,
  to: Day,
): Promise<Routines> {
  const given = { organisationId, teamId, from, to };
  const [held, cycles] = await Promise.all([
    db().raw('select talks, people, members from talks_held(:teamId, :from, :to)', given as never),
    db().raw(CYCLES, given as never),
  ]);
  const { talks, people, members } = held.rows[0];
  const { teams, of, planned, done, begun, keep, change, drop } = cycles.rows[0];
  return {
    talks: { held: talks, people, members },
    cycles: { teams, of },
    steps: { planned, done },
    experiments: { begun, keep, change, drop },
  };
}

const CYCLES = `
  with ours as (select id from teams where organisation_id = :organisationId and (:teamId::uuid is null or id = :teamId::uuid)),
  cycles as (select c.id, c.team_id, c.year from team_cycles c join ours on ours.id = c.team_id
    where c.organisation_id = :organisationId),
  steps as (select s.done_on from team_cycle_steps s join cycles c on c.id = s.cycle_id
    where s.organisation_id = :organisationId and s.due_on between :from::date and :to::date),
  experiments as (select e.decision, e.decided_on, e.created_at from team_experiments e join cycles c on c.id = e.cycle_id
    where e.organisation_id = :organisationId),
  decided as (select decision from experiments where decided_on between :from::date and :to::date)
  select
    (select count(distinct team_id)::int from cycles
      where year between extract(year from :from::date) and extract(year from :to::date)) as teams,
    (select count(*)::int from ours) as of,
    (select count(*)::int from steps) as planned, (select count(done_on)::int from steps) as done,
    (select count(*)::int from experiments
      where (created_at at time zone 'Europe/Helsinki')::date between :from::date and :to::date) as begun,
    (select count(*)::int from decided where decision = 'keep') as keep,
    (select count(*)::int from decided where decision = 'change') as change,
    (select count(*)::int from decided where decision = 'drop') as drop`;
