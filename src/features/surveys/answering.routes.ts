import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { loadKeyed, loadOpen, loadSurvey } from './load';
import { inLanguage } from './pulse';
import { CHANNELS, type Channel, type FoundSurvey, hasToken, selectQuestions } from './surveys.model';
import { answerForm } from './surveys.schema';
import { answerSurvey, countVisitor, tokenOf } from './surveys.service';

/** Answering: on the web with or without an account, on paper, and for somebody else from paper or by phone. */
export const surveyAnswers = new Routes('/surveys');

surveyAnswers.get('/:survey/answer', anyone, async (req, res) => {
  const survey = await loadOpen(req);
  const token = req.visitor && tokenOf(survey, `person ${req.visitor.id}`);
  if (token && survey.is_anonymous && (await hasToken(survey, token)))
    return res.redirect(303, `/surveys/${survey.id}/thanks?again=yes`);
  await renderForm(req, res, survey, 'web');
});

surveyAnswers.post('/:survey/answer', anyone, async (req, res) => take(req, res, await loadOpen(req), 'web'));

surveyAnswers.get('/:survey/keyed', signedIn, async (req, res) => renderForm(req, res, await loadKeyed(req), 'paper'));

surveyAnswers.post('/:survey/keyed', signedIn, async (req, res) => {
  const survey = await loadKeyed(req);
  const channel = CHANNELS.find((one) => one !== 'web' && one === req.body?.channel) ?? 'paper';
  await take(req, res, survey, channel);
});

surveyAnswers.get('/:survey/print', anyone, async (req, res) => {
  const survey = await loadSurvey(req);
  res.render('surveys/print', { survey, questions: inLanguage(await selectQuestions(survey.id), res.locals.lang) });
});

surveyAnswers.get('/:survey/thanks', anyone, async (req, res) => {
  const survey = await loadSurvey(req);
  res.render('surveys/thanks', {
    survey,
    isAgain: req.query.again === 'yes',
    saved: req.query.saved,
    values: { key: randomUUID() },
    errors: {},
  });
});

/** What is sent stands in the page until the last question: nothing is kept before it. */
async function take(req: Request, res: Response, survey: FoundSurvey, channel: Channel) {
  const questions = await selectQuestions(survey.id);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const step = stepOf(body.step);
  const isLast = channel !== 'web' || !survey.one_by_one || step >= questions.length - 1;
  const form = readForm(answerForm(questions), body);
  if (!form.ok) return renderForm(req, res.status(422), survey, channel, form.errors);
  if (body.back === 'yes') return renderForm(req, res, survey, channel, {}, Math.max(step - 1, 0));
  if (!isLast) return renderForm(req, res, survey, channel, {}, step + 1);
  const needsName = !survey.is_anonymous && (req.visitor === undefined || channel !== 'web');
  const name = String(body.name ?? '')
    .trim()
    .slice(0, 160);
  if (needsName && name === '')
    return renderForm(req, res.status(422), survey, channel, { name: 'surveys.answer.nameMissing' });
  if (Object.keys(form.value).length === 0)
    return renderForm(req, res.status(422), survey, channel, { form: 'surveys.answer.empty' });
  authorize(String(body.website ?? '') === '');
  if (!req.visitor) await countVisitor(survey, req.ip ?? '');
  const isNew = await answerSurvey(req.visitor, survey, { key: keyOf(body.key), channel, answers: form.value, name });
  if (channel !== 'web') return res.redirect(303, `/surveys/${survey.id}/keyed?saved=answer`);
  res.redirect(303, `/surveys/${survey.id}/thanks${isNew ? '' : '?again=yes'}`);
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const keyOf = (value: unknown) => (UUID.test(String(value)) ? String(value) : randomUUID());
const stepOf = (value: unknown) => (/^\d{1,3}$/.test(String(value)) ? Number(value) : 0);

async function renderForm(
  req: Request,
  res: Response,
  survey: FoundSurvey,
  channel: Channel,
  errors: FieldErrors = {},
  step = stepOf(req.body?.step),
) {
  const questions = inLanguage(await selectQuestions(survey.id), res.locals.lang);
  const values = { key: keyOf(req.body?.key), channel, ...req.body };
  const at = Math.min(step, Math.max(questions.length - 1, 0));
  const isOneByOne = survey.one_by_one && channel === 'web';
  const asksName = !survey.is_anonymous && (req.visitor === undefined || channel !== 'web');
  res.render('surveys/answer', {
    survey,
    questions,
    values,
    errors,
    channel,
    step: at,
    isOneByOne,
    asksName,
    saved: req.query.saved,
  });
}
