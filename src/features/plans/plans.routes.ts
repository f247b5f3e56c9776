import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf, noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { signedIn } from '../organisations/organisations.policy';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { findPlan, type Plan, selectPlans } from './plans.model';
import { canAnswerPlan, canReadPlan, canWritePlan } from './plans.policy';
import { readPlanPage } from './plans.queries';
import { LineForm, ProposeForm, ReturnForm, WordsForm } from './plans.schema';
import {
  addLine,
  agreePlan,
  beginPlan,
  dropPlan,
  proposePlan,
  removeLine,
  returnPlan,
  takeBackPlan,
  writePlan,
} from './plans.service';

/** One's own plan: drafted alone, proposed, talked about, and agreed by two. */
export const plans = new Routes('/plans');

plans.get('/', signedIn, async (req, res) => {
  const all = (await selectPlans(req.actor)).filter((plan) => canReadPlan(req.actor, plan));
  const own = all.filter(({ person_id }) => person_id === req.actor.id);
  const others = all.filter(
    ({ person_id, state }) => person_id !== req.actor.id && ['proposed', 'agreed'].includes(state),
  );
  res.render('plans/list', { own, others, newId: randomUUID(), saved: req.query.saved, noonOf });
});

plans.post('/', signedIn, async (req, res) => {
  const id = String(req.body?.id ?? '');
  await beginPlan(req.actor, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : randomUUID());
  const open = (await selectPlans(req.actor)).find(
    ({ person_id, state }) => person_id === req.actor.id && ['draft', 'proposed', 'returned'].includes(state),
  );
  res.redirect(303, open ? `/plans/${open.id}` : '/plans');
});

plans.get('/:plan', signedIn, async (req, res) => renderPlan(req, res, await load(req)));

plans.post('/:plan', signedIn, async (req, res) => {
  const plan = await loadOwn(req);
  const form = readForm(WordsForm, req.body);
  if (!form.ok) return renderPlan(req, res.status(422), plan, form.values, form.errors);
  const fault = await writePlan(req.actor, plan, form.value);
  if (fault) return renderPlan(req, res.status(409), await load(req), req.body, { words: fault });
  res.redirect(303, `/plans/${plan.id}?saved=words`);
});

plans.post('/:plan/lines', signedIn, async (req, res) => {
  const plan = await loadOwn(req);
  const form = readForm(LineForm, req.body);
  if (!form.ok) return renderPlan(req, res.status(422), plan, form.values, form.errors);
  const { courses, paths } = await readPlanPage(req.actor, plan);
  const { course_id, path_id, competence_code, kind } = form.value;
  const words = await frameworkWords(wordsLanguage(req.actor));
  const isKnown =
    (kind !== 'course' || courses.some(({ id }) => id === course_id)) &&
    (kind !== 'path' || paths.some(({ id }) => id === path_id)) &&
    (!competence_code || words.competences.has(competence_code));
  if (!isKnown) return renderPlan(req, res.status(422), plan, req.body, { what: 'plans.line.missing' });
  const fault = await addLine(req.actor, plan, form.value);
  if (fault) return renderPlan(req, res.status(409), await load(req), req.body, { what: fault });
  res.redirect(303, `/plans/${plan.id}?saved=line#lines`);
});

plans.post('/:plan/lines/:line/remove', signedIn, async (req, res) => {
  const plan = await loadOwn(req);
  await removeLine(req.actor, plan, String(req.params.line));
  res.redirect(303, `/plans/${plan.id}?saved=line#lines`);
});

plans.post('/:plan/drop', signedIn, async (req, res) => {
  await dropPlan(req.actor, await loadOwn(req));
  res.redirect(303, '/plans?saved=dropped');
});

plans.post('/:plan/propose', signedIn, async (req, res) => {
  const plan = await loadOwn(req);
  const form = readForm(ProposeForm, req.body);
  if (!form.ok) return renderPlan(req, res.status(422), plan, form.values, form.errors);
  const { supervisors, lines } = await readPlanPage(req.actor, plan);
  const errors: FieldErrors = {};
  if (!supervisors.some(({ id }) => id === form.value.supervisor)) errors.supervisor = 'plans.supervisor.missing';
  if (lines.length === 0 && plan.words === '') errors.supervisor = 'plans.nothing';
  if (Object.keys(errors).length > 0) return renderPlan(req, res.status(422), plan, req.body, errors);
  await proposePlan(req.actor, plan, form.value.supervisor);
  res.redirect(303, `/plans/${plan.id}?saved=proposed`);
});

plans.post('/:plan/take-back', signedIn, async (req, res) => {
  const plan = await loadOwn(req);
  await takeBackPlan(req.actor, plan);
  res.redirect(303, `/plans/${plan.id}?saved=takenBack`);
});

plans.post('/:plan/return', signedIn, async (req, res) => {
  const plan = await loadTheirs(req);
  const form = readForm(ReturnForm, req.body);
  if (!form.ok) return renderPlan(req, res.status(422), plan, form.values, form.errors);
  await returnPlan(req.actor, plan, form.value.returned_words);
  res.redirect(303, '/plans?saved=returned');
});

plans.post('/:plan/agree', signedIn, async (req, res) => {
  const plan = await loadTheirs(req);
  await agreePlan(req.actor, plan);
  res.redirect(303, `/plans/${plan.id}?saved=agreed`);
});

/** A plan that is not the reader's to see is not there. */
async function load(req: Request): Promise<Plan> {
  const plan = found(await findPlan(req.actor.organisation_id, String(req.params.plan)));
  return found(canReadPlan(req.actor, plan) ? plan : undefined);
}

async function loadOwn(req: Request): Promise<Plan> {
  const plan = await load(req);
  authorize(plan.person_id === req.actor.id);
  return plan;
}

async function loadTheirs(req: Request): Promise<Plan> {
  const plan = await load(req);
  authorize(plan.person_id !== req.actor.id);
  return plan;
}

async function renderPlan(
  req: Request,
  res: Response,
  plan: Plan,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const words = await frameworkWords(wordsLanguage(req.actor));
  const isOwn = plan.person_id === req.actor.id;
  if (!isOwn) await recordLooks(req.actor, 'plan', [plan.person_id]);
  res.render('plans/plan', {
    ...(await readPlanPage(req.actor, plan)),
    ...{ plan, words, isOwn, values, errors, noonOf, newId: randomUUID(), today: dayOf(new Date()) },
    canWrite: canWritePlan(req.actor, plan),
    canAnswer: canAnswerPlan(req.actor, plan),
    competences: [...words.competences.values()].map(({ code, plain_name }) => ({ value: code, text: plain_name })),
    saved: req.query.saved,
  });
}
