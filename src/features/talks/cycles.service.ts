import { randomUUID } from 'node:crypto';
import { dayOf, readDay } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import {
  countExperiments,
  type Decision,
  insertCycle,
  insertExperiments,
  type PlannedStep,
  putSteps,
  type StepName,
  setExperiment,
  setStep,
  setTheme,
  type TeamCycle,
} from './cycles.model';
import type { Cycle } from './cycles.queries';

/** More than a team can try in a year. */
const MOST_EXPERIMENTS = 30;

/** Plans a year. False when the team has one for that year: a form sent twice plans it once. */
export function createCycle(
  actor: Actor,
  { team_id, year, theme, steps }: Pick<TeamCycle, 'team_id' | 'year' | 'theme'> & { steps: PlannedStep[] },
): Promise<boolean> {
  return atomically(async () => {
    const cycle = { id: randomUUID(), organisation_id: actor.organisation_id, team_id, year, theme };
    if (!(await insertCycle(cycle))) return false;
    await putSteps(cycle, steps);
    return true;
  });
}

export function changeCycle(cycle: Cycle, { theme, steps }: { theme: string; steps: PlannedStep[] }): Promise<void> {
  return atomically(async () => {
    await setTheme(cycle, theme);
    await putSteps(cycle, steps);
  });
}

/** Marks a step done with one sentence of what was learned; again changes the sentence and keeps the day. */
export async function finishStep(cycle: Cycle, name: StepName, learned: string): Promise<void> {
  const known = cycle.steps.find(({ step }) => step === name);
  await setStep(cycle, name, { learned, done_on: known?.done_on ?? dayOf(new Date()) });
}

/** A step that was marked by mistake is open again; the sentence goes with it. */
export function reopenStep(cycle: Cycle, name: StepName): Promise<void> {
  return setStep(cycle, name, { learned: '', done_on: null });
}

/** Adds something to try. False when there are as many as a year holds. */
export function addExperiment(cycle: Cycle, { key, idea }: { key: string; idea: string }): Promise<boolean> {
  return atomically(async () => {
    if ((await countExperiments(cycle)) >= MOST_EXPERIMENTS) return false;
    await insertExperiments(cycle, [{ id: key, idea }]);
    return true;
  });
}

/** What the team decided of something it tried: keep it, change it or drop it. Dropping is a result too. */
export async function decideExperiment(
  cycle: Cycle,
  experimentId: string,
  { decision, learned }: { decision: Decision; learned: string },
): Promise<void> {
  await setExperiment(cycle, experimentId, { decision, learned, decided_on: dayOf(new Date()) });
}

/**
 * The year after, on the same days, with what is still open: experiments without a decision, and those to be changed.
 * The theme is left open, as it is chosen anew from what was learned. False when that year is planned already.
 */
export function continueCycle(actor: Actor, cycle: Cycle): Promise<boolean> {
  return atomically(async () => {
    const next = { ...cycle, id: randomUUID(), year: cycle.year + 1, theme: '' };
    const { id, organisation_id, team_id, year, theme } = next;
    if (!(await insertCycle({ id, organisation_id: actor.organisation_id, team_id, year, theme }))) return false;
    await putSteps(
      { id, organisation_id },
      cycle.steps.map(({ step, due_on, remind_days }) => ({ step, due_on: yearLater(due_on), remind_days })),
    );
    const open = cycle.experiments.filter(({ decision }) => decision === null || decision === 'change');
    await insertExperiments(
      { id, organisation_id },
      open.map(({ idea }) => ({ id: randomUUID(), idea })),
    );
    return true;
  });
}

/** The same day a year later; the day of leap years is the last of its month. */
export function yearLater(day: string): string {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return readDay(next) ?? `${next.slice(0, 8)}28`;
}
