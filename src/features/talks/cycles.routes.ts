import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf, noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { drawCycle } from './cycle-page';
import { STEPS, type StepName } from './cycles.model';
import { canPlanCycle, canSeeCycle, canWorkOnCycle } from './cycles.policy';
import { type Cycle, type CycleTeam, findCycleTeam, selectCycles } from './cycles.queries';
import { CycleForm, cycleDaysForm, DecisionForm, ExperimentForm, StepForm } from './cycles.schema';
import {
  addExperiment,
  changeCycle,
  continueCycle,
  createCycle,
  decideExperiment,
  finishStep,
  reopenStep,
} from './cycles.service';

/** A team's year of learning: check, plan, try, review. */
export const cycles = new Routes('/team');

cycles.get('/:team/cycle', signedIn, async (req, res) => renderCycle(req, res, await loadTeam(req)));

cycles.post('/:team/cycle', signedIn, async (req, res) => {
  const team = await loadTeam(req);
  authorize(canPlanCycle(req.actor, team));
  const form = readForm(CycleForm, req.body);
  if (!form.ok) return renderCycle(req, res.status(422), team, form.values, form.errors);
  await createCycle(req.actor, { team_id: team.id, ...form.value });
  res.redirect(303, `/team/${team.id}/cycle?year=${form.value.year}`);
});

cycles.post('/:team/cycle/:year', signedIn, async (req, res) => {
  const { team, cycle } = await load(req);
  authorize(canPlanCycle(req.actor, team));
  const form = readForm(cycleDaysForm(cycle.year), req.body);
  if (!form.ok) return renderCycle(req, res.status(422), team, form.values, form.errors);
  await changeCycle(cycle, form.value);
  res.redirect(303, `${addressOf(cycle)}&saved=days`);
});

cycles.post('/:team/cycle/:year/next', signedIn, async (req, res) => {
  const { team, cycle } = await load(req);
  authorize(canPlanCycle(req.actor, team));
  await continueCycle(req.actor, cycle);
  res.redirect(303, `/team/${team.id}/cycle?year=${cycle.year + 1}`);
});

cycles.post('/:team/cycle/:year/steps/:step', signedIn, async (req, res) => {
  const { team, cycle, step } = await loadStep(req);
  authorize(canWorkOnCycle(req.actor, team));
  const form = readForm(StepForm, req.body);
  if (!form.ok) return renderCycle(req, res.status(422), team, { ...form.values, step }, form.errors);
  await finishStep(cycle, step, form.value.learned);
  res.redirect(303, `${addressOf(cycle)}&saved=step`);
});

cycles.post('/:team/cycle/:year/steps/:step/removal', signedIn, async (req, res) => {
  const { team, cycle, step } = await loadStep(req);
  authorize(canWorkOnCycle(req.actor, team));
  await reopenStep(cycle, step);
  res.redirect(303, addressOf(cycle));
});

cycles.post('/:team/cycle/:year/experiments', signedIn, async (req, res) => {
  const { team, cycle } = await load(req);
  authorize(canWorkOnCycle(req.actor, team));
  const form = readForm(ExperimentForm, req.body);
  if (!form.ok) return renderCycle(req, res.status(422), team, form.values, form.errors);
  if (!(await addExperiment(cycle, form.value)))
    return renderCycle(req, res.status(422), team, form.value, { idea: 'cycles.idea.many' });
  res.redirect(303, `${addressOf(cycle)}&saved=experiment#experiments`);
});

cycles.post('/:team/cycle/:year/experiments/:experiment', signedIn, async (req, res) => {
  const { team, cycle } = await load(req);
  authorize(canWorkOnCycle(req.actor, team));
  const experiment = found(cycle.experiments.find(({ id }) => id === req.params.experiment));
  const form = readForm(DecisionForm, req.body);
  const typed = form.ok ? {} : { ...form.values, experiment: experiment.id };
  if (!form.ok) return renderCycle(req, res.status(422), team, typed, form.errors);
  await decideExperiment(cycle, experiment.id, form.value);
  res.redirect(303, `${addressOf(cycle)}&saved=decision#experiments`);
});

const addressOf = ({ team_id, year }: Cycle) => `/team/${team_id}/cycle?year=${year}`;

async function loadTeam(req: Request): Promise<CycleTeam> {
  const team = found(await findCycleTeam(req.actor, String(req.params.team)));
  return found(canSeeCycle(req.actor, team) ? team : undefined);
}

async function load(req: Request) {
  const team = await loadTeam(req);
  const all = await selectCycles(req.actor.organisation_id, team.id);
  return { team, cycle: found(all.find(({ year }) => String(year) === req.params.year)) };
}

async function loadStep(req: Request) {
  return { ...(await load(req)), step: found(STEPS.find((step) => step === req.params.step)) as StepName };
}

async function renderCycle(
  req: Request,
  res: Response,
  team: CycleTeam,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const all = await selectCycles(req.actor.organisation_id, team.id);
  const wanted = req.params.year ?? req.query.year;
  const cycle = all.find(({ year }) => String(year) === wanted) ?? (wanted === undefined ? all[0] : undefined);
  res.render('talks/cycle', {
    team,
    cycle,
    ...drawCycle(cycle, dayOf(new Date())),
    years: all.map(({ year }) => year),
    canPlan: canPlanCycle(req.actor, team),
    canWork: canWorkOnCycle(req.actor, team),
    values: { key: randomUUID(), ...values },
    errors,
    saved: req.query.saved,
    noonOf,
    today: dayOf(new Date()),
  });
}
