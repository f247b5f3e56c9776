import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import type { MessageKey } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { RELATIONS, ROLES } from '../organisations/organisations.model';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { findPath, type LearningPath, selectPathContent } from './paths.model';
import { pathEditors } from './paths.policy';
import { findStep, type PathStepRow } from './steps.model';
import { readBuilding } from './steps.queries';
import { ConditionForm, StepForm, StepRulesForm } from './steps.schema';
import { addCondition, addStep, changeStep, moveStep, removeCondition, removeStep, restoreStep } from './steps.service';

/** Building a path: its steps in order, which of them are needed, and when each opens. */
export const pathSteps = new Routes('/paths/manage');

pathSteps.get('/:path/steps', pathEditors, async (req, res) => renderSteps(req, res, await load(req)));

pathSteps.post('/:path/steps', pathEditors, async (req, res) => {
  const path = await load(req);
  const form = readForm(StepForm, req.body);
  if (!form.ok) return renderSteps(req, res.status(422), path, form.values, form.errors);
  const { step, texts } = form.value;
  const { courses, lessons } = await readBuilding(req.actor, path);
  const isOurs =
    (!step.course_id || courses.some(({ value }) => value === step.course_id)) &&
    (!step.lesson_id || lessons.some(({ value }) => value === step.lesson_id));
  const fault = isOurs ? await addStep(req.actor, path, step, texts) : 'paths.step.missing';
  if (fault) return renderSteps(req, res.status(422), path, req.body, { [fieldOf(step.kind)]: fault });
  res.redirect(303, `/paths/manage/${path.slug}/steps?saved=added#step-${step.id}`);
});

pathSteps.get('/:path/steps/:step', pathEditors, async (req, res) => {
  const path = await load(req);
  renderStep(req, res, path, await loadStep(req, path));
});

pathSteps.post('/:path/steps/:step', pathEditors, async (req, res) => {
  const path = await load(req);
  const step = await loadStep(req, path);
  const form = readForm(StepRulesForm, req.body);
  if (!form.ok) return renderStep(req, res.status(422), path, step, form.values, form.errors);
  const fault = await changeStep(req.actor, path, step, form.value);
  if (fault) return renderStep(req, res.status(422), path, step, req.body, { needed: fault });
  res.redirect(303, `/paths/manage/${path.slug}/steps?saved=changed#step-${step.id}`);
});

pathSteps.post('/:path/steps/:step/conditions', pathEditors, async (req, res) => {
  const path = await load(req);
  const step = await loadStep(req, path);
  const form = readForm(ConditionForm, req.body);
  const kind = CONDITION_FORMS.includes(String(req.body?.kind)) ? String(req.body.kind) : 'finished';
  const refuse = (key: MessageKey, field = `condition_${kind}`) =>
    renderStep(req, res.status(422), path, step, req.body, { [field]: key });
  if (!form.ok) return refuse(Object.values(form.errors)[0] ?? 'errors.invalid');
  const { steps, teams } = await readBuilding(req.actor, path);
  const { other_step_id, team_id } = { other_step_id: null, team_id: null, ...form.value };
  if (other_step_id && !steps.some(({ id }) => id === other_step_id)) return refuse('paths.otherStep.missing');
  if (team_id && !teams.some(({ id }) => id === team_id)) return refuse('paths.who.missing');
  const fault = await addCondition(req.actor, path, step, form.value);
  if (fault) return refuse(fault);
  res.redirect(303, `/paths/manage/${path.slug}/steps/${step.id}?saved=condition#conditions`);
});

pathSteps.post('/:path/steps/:step/conditions/:condition/remove', pathEditors, async (req, res) => {
  const path = await load(req);
  const step = await loadStep(req, path);
  await removeCondition(req.actor, path, step, String(req.params.condition));
  res.redirect(303, `/paths/manage/${path.slug}/steps/${step.id}?saved=changed#conditions`);
});

const PRESSES = {
  up: { act: moveStep, saved: 'moved' },
  down: { act: moveStep, saved: 'moved' },
  remove: { act: removeStep, saved: 'removed' },
  restore: { act: restoreStep, saved: 'restored' },
} as const;

for (const press of ['up', 'down', 'remove', 'restore'] as const)
  pathSteps.post(`/:path/steps/:step/${press}`, pathEditors, async (req, res) => {
    const path = await load(req);
    const step = await loadStep(req, path);
    const fault = await PRESSES[press].act(req.actor, path, step, press as 'up' | 'down');
    if (fault) return renderSteps(req, res.status(422), path, {}, { [`step-${step.id}`]: fault });
    const undo = press === 'remove' ? `&step=${step.id}` : '';
    res.redirect(303, `/paths/manage/${path.slug}/steps?saved=${PRESSES[press].saved}${undo}#step-${step.id}`);
  });

const isId = (text: unknown) => /^[0-9a-f-]{36}$/.test(String(text));
const CONDITION_FORMS = ['finished', 'result', 'went_well', 'went_less', 'level', 'whom', 'date'];

const load = async (req: Request): Promise<LearningPath> =>
  found(await findPath(req.actor.organisation_id, String(req.params.path)));

const loadStep = async (req: Request, path: LearningPath): Promise<PathStepRow> =>
  found(await findStep(req.actor.organisation_id, path.id, String(req.params.step)));

/** By which field the sentence stands when a step of this kind is refused. */
const fieldOf = (kind: string) => ({ course: 'course_id', lesson: 'lesson_id' })[kind] ?? 'kind';

async function pageOf(req: Request, path: LearningPath) {
  const words = await frameworkWords(wordsLanguage(req.actor));
  const { texts } = await selectPathContent(path.id);
  const title = texts[req.actor.language]?.title ?? Object.values(texts)[0]?.title ?? '';
  const competences = [...words.competences.values()].map(({ code, plain_name }) => ({
    value: code,
    text: plain_name,
  }));
  return { path, title, words, competences, newId: randomUUID(), ...(await readBuilding(req.actor, path)) };
}

async function renderSteps(
  req: Request,
  res: Response,
  path: LearningPath,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const { saved, step: undo } = req.query;
  res.render('paths/steps', {
    ...(await pageOf(req, path)),
    values,
    errors,
    saved,
    undo: isId(undo) ? undo : undefined,
    noonOf,
  });
}

async function renderStep(
  req: Request,
  res: Response,
  path: LearningPath,
  { id }: PathStepRow,
  values?: Record<string, unknown>,
  errors: FieldErrors = {},
) {
  const page = await pageOf(req, path);
  const step = found(page.steps.find((one) => one.id === id));
  const written = Object.entries(step.texts).flatMap(([language, { title, about }]) => [
    [`step_title_${language}`, title],
    [`step_about_${language}`, about],
  ]);
  const stored = {
    place: step.group_key ?? (step.is_required ? 'required' : 'optional'),
    needed: page.groups.get(step.group_key ?? 0) ?? '',
    valid_months: step.valid_months ?? '',
    placement_counts: step.placement_counts ? 'yes' : '',
    ...Object.fromEntries(written),
  };
  const people = { roles: ROLES, relations: RELATIONS, profiles: [...page.words.profiles.entries()] };
  res.render('paths/step', {
    ...page,
    people,
    step,
    values: { ...stored, ...values },
    errors,
    saved: req.query.saved,
    noonOf,
  });
}
