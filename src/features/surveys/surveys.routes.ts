import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { originOf } from '../../lib/origin';
import { qrPath } from '../../lib/qr';
import { anyone, Routes } from '../../lib/routes';
import { selectChain } from '../loop/loop.service';
import { signedIn } from '../organisations/organisations.policy';
import { selectMySpaces } from '../spaces/spaces.model';
import { loadKept, loadSurvey } from './load';
import { inLanguage } from './pulse';
import { QUESTION_KINDS, SURVEY_KINDS, selectQuestions, selectSurveys } from './surveys.model';
import {
  canKeepSurvey,
  canKeyAnswers,
  canMakeSurvey,
  hasResults,
  isClosed,
  isOpen,
  surveyMakers,
} from './surveys.policy';
import { QuestionForm, SurveyForm } from './surveys.schema';
import { addQuestion, closeSurvey, createSurvey, openSurvey, removeQuestion } from './surveys.service';

/** Surveys: made, opened and closed by their keepers; answered by those they are for. */
export const surveys = new Routes('/surveys');

surveys.get('/', anyone, async (req, res) => {
  const seen = (await selectSurveys()).filter((one) => one.opened_on !== null || canKeepSurvey(req.visitor, one));
  const spaces = req.visitor ? (await selectMySpaces(req.visitor)).map(({ id }) => id) : [];
  const isMine = (space: string | null) => space !== null && spaces.includes(space);
  const mine = seen.filter(
    (one) => one.visibility !== 'members' || canKeepSurvey(req.visitor, one) || isMine(one.space_id),
  );
  res.render('surveys/list', { surveys: mine, canMake: canMakeSurvey(req.visitor), isOpen, isClosed, noonOf });
});

surveys.get('/new', surveyMakers, (req, res) => renderNew(req, res, { kind: 'own', language: res.locals.lang }));

surveys.post('/new', surveyMakers, async (req, res) => {
  const form = readForm(SurveyForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
  const spaces = await selectMySpaces(req.actor);
  const space_id = spaces.find(({ id }) => id === form.value.space_id)?.id ?? null;
  res.redirect(303, `/surveys/${await createSurvey(req.actor, { ...form.value, space_id })}`);
});

surveys.get('/:survey', anyone, (req, res) => renderSurvey(req, res));

surveys.post('/:survey/questions', signedIn, async (req, res) => {
  const survey = await loadKept(req);
  const form = readForm(QuestionForm, req.body);
  if (!form.ok) return renderSurvey(req, res.status(422), form.values, form.errors);
  if (survey.opened_on !== null) return renderSurvey(req, res.status(422), form.value, { form: 'surveys.open.stays' });
  await addQuestion(survey, form.value);
  res.redirect(303, `/surveys/${survey.id}#questions`);
});

surveys.post('/:survey/questions/:question/remove', signedIn, async (req, res) => {
  const survey = await loadKept(req);
  if (survey.opened_on !== null) return renderSurvey(req, res.status(422), {}, { form: 'surveys.open.stays' });
  const question = (await selectQuestions(survey.id)).find(({ id }) => id === req.params.question);
  await removeQuestion(survey, found(question).id);
  res.redirect(303, `/surveys/${survey.id}#questions`);
});

surveys.post('/:survey/open', signedIn, async (req, res) => {
  const survey = await loadKept(req);
  const outcome = survey.opened_on === null ? await openSurvey(req.actor, survey) : 'ok';
  if (outcome !== 'ok') return renderSurvey(req, res.status(422), {}, { form: `surveys.open.${outcome}` });
  res.redirect(303, `/surveys/${survey.id}`);
});

surveys.post('/:survey/close', signedIn, async (req, res) => {
  const survey = await loadKept(req);
  if (isOpen(survey)) await closeSurvey(req.actor, survey);
  res.redirect(303, `/surveys/${survey.id}`);
});

async function renderNew(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const spaces = await selectMySpaces(req.actor);
  res.render('surveys/new', { values: { key: randomUUID(), ...values }, errors, spaces, kinds: SURVEY_KINDS });
}

async function renderSurvey(
  req: Request,
  res: Response,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const survey = await loadSurvey(req);
  const questions = inLanguage(await selectQuestions(survey.id), res.locals.lang);
  const chain = await selectChain('survey', survey.id);
  const state = { isOpen: isOpen(survey), isClosed: isClosed(survey), hasResults: hasResults(survey) };
  const link = `${originOf(req)}/surveys/${survey.id}/answer`;
  const page = {
    survey,
    questions,
    chain,
    ...state,
    mayKeep: canKeepSurvey(req.visitor, survey),
    mayKey: canKeyAnswers(req.visitor, survey),
    link,
    qr: qrPath(link),
  };
  const kinds = QUESTION_KINDS;
  res.render('surveys/survey', { ...page, values: { ...values, key: randomUUID() }, errors, kinds, noonOf });
}
