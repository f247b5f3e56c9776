import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** The four steps of a team's year, in their order: check -> plan -> try -> review. */
export const STEPS = ['check', 'plan', 'try', 'review'] as const;
export type StepName = (typeof STEPS)[number];
export const DECISIONS = ['keep', 'change', 'drop'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface TeamCycle {
  id: string;
  organisation_id: string;
  team_id: string;
  year: number;
  /** What the team wants to learn this year. */
  theme: string;
}

export interface CycleStep {
  step: StepName;
  due_on: Day;
  remind_days: number;
  done_on: Day | null;
  learned: string;
}

export interface Experiment {
  id: string;
  idea: string;
  decision: Decision | null;
  learned: string;
  decided_on: Day | null;
}

export type PlannedStep = Pick<CycleStep, 'step' | 'due_on' | 'remind_days'>;
type Of = Pick<TeamCycle, 'organisation_id' | 'id'>;

/** False when the team has a cycle of that year. */
export async function insertCycle(cycle: TeamCycle): Promise<boolean> {
  const rows = await db().table('team_cycles').insert(cycle).onConflict().ignore().returning('id');
  return rows.length > 0;
}

export async function setTheme({ organisation_id, id }: Of, theme: string): Promise<void> {
  await db().table('team_cycles').where({ organisation_id, id }).update({ theme });
}

/** Plans the steps, or moves them; what was done and learned stays. */
export async function putSteps({ organisation_id, id }: Of, steps: readonly PlannedStep[]): Promise<void> {
  await db()
    .table('team_cycle_steps')
    .insert(steps.map((step) => ({ organisation_id, cycle_id: id, ...step })))
    .onConflict(['cycle_id', 'step'])
    .merge(['due_on', 'remind_days']);
}

export async function setStep({ organisation_id, id }: Of, step: StepName, values: Partial<CycleStep>): Promise<void> {
  await db().table('team_cycle_steps').where({ organisation_id, cycle_id: id, step }).update(values);
}

/** False when this form was sent before. */
export async function insertExperiments({ organisation_id, id }: Of, rows: Pick<Experiment, 'id' | 'idea'>[]) {
  if (rows.length === 0) return;
  await db()
    .table('team_experiments')
    .insert(rows.map((row) => ({ organisation_id, cycle_id: id, ...row })))
    .onConflict('id')
    .ignore();
}

export async function setExperiment({ organisation_id, id }: Of, experimentId: string, values: Partial<Experiment>) {
  await db().table('team_experiments').where({ organisation_id, cycle_id: id, id: experimentId }).update(values);
}

export const countExperiments = async ({ organisation_id, id }: Of): Promise<number> =>
  Number((await db().table('team_experiments').where({ organisation_id, cycle_id: id }).count('* as n').first())?.n);
