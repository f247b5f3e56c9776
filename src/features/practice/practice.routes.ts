import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { placementAddress } from '../paths/placements.service';
import { feedbackOn } from '../quizzes/feedback';
import { answerFields, readAnswer, sentIn } from '../quizzes/question-form';
import type { Sent } from '../quizzes/question-types/type';
import { difficultyOfLevel } from '../skills/item-response';
import { practiceChoices, practiceResult, readQuestion, readSession, type SessionPage } from './practice.page';
import { PracticeForm, QuestionHead } from './practice.schema';
import { answerPractice, beginPractice, stopPractice } from './practice.service';

/** Practice that finds the right questions. Sessions are the person's own: nobody else ever sees one. */
export const practice = new Routes('/skills/practice');

practice.get('/', signedIn, async (req, res) => {
  res.render('practice/choose', { ...(await practiceChoices(req.actor)), errors: {} });
});

practice.post('/', signedIn, async (req, res) => {
  const choices = await practiceChoices(req.actor);
  const form = readForm(PracticeForm, req.body);
  const skill = form.ok ? choices.skills.find(({ code }) => code === form.value.code) : undefined;
  const errors = { code: 'practice.code.missing' };
  if (!skill) return res.status(422).render('practice/choose', { ...choices, errors });
  const session = await beginPractice(req.actor, skill.code);
  res.redirect(303, `/skills/practice/${session.id}`);
});

practice.get('/:session', signedIn, async (req, res) => {
  const page = await readSession(req.actor, String(req.params.session));
  if (!page.session.ended_at) return renderQuestion(req, res, page, sentIn(req.query));
  const placement = await placementAddress(req.actor.organisation_id, page.session.placement_step_id);
  res.render('practice/result', { ...page, placement, result: await practiceResult(req.actor, page) });
});

practice.post('/:session', signedIn, async (req, res) => {
  const page = await readSession(req.actor, String(req.params.session));
  const here = `/skills/practice/${page.session.id}`;
  const head = readForm(QuestionHead, req.body);
  // Sent again, late, or from an old page: what was answered stays, and the person goes on where they are.
  if (!head.ok || page.session.question_id !== head.value.question) return res.redirect(303, here);

  const question = await readQuestion(req.actor, page.session.question_id);
  const form = readAnswer(question, page.session.id, req.body);
  if (form.kind === 'again') return res.redirect(303, `${here}${form.query}`);
  if (form.kind === 'fault') return renderQuestion(req, res.status(422), page, req.body ?? {}, form.errors);
  const difficulty = question.difficulty ?? difficultyOfLevel(question.level ?? 1);
  await answerPractice(req.actor, page.session.id, { ...question, difficulty }, form);
  res.redirect(303, `${here}/answers/${question.id}`);
});

practice.get('/:session/answers/:question', signedIn, async (req, res) => {
  const page = await readSession(req.actor, String(req.params.session));
  const answer = found(page.answers.find(({ question_id }) => question_id === req.params.question));
  const question = await readQuestion(req.actor, answer.question_id);
  const feedback = feedbackOn(question, answer, page.session.id);
  res.render('practice/feedback', { ...page, question, feedback, number: page.answers.indexOf(answer) + 1 });
});

practice.post('/:session/end', signedIn, async (req, res) => {
  const { session } = await readSession(req.actor, String(req.params.session));
  await stopPractice(req.actor, session.id);
  res.redirect(303, `/skills/practice/${session.id}`);
});

async function renderQuestion(req: Request, res: Response, page: SessionPage, sent?: Sent, errors: FieldErrors = {}) {
  const question = await readQuestion(req.actor, page.session.question_id);
  const fields = answerFields(question, page.session.id, { sent });
  res.render('practice/question', { ...page, question, fields, number: page.answers.length + 1, errors });
}
