import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { writers } from '../authoring/authoring.policy';
import { authors } from '../organisations/organisations.policy';
import { selectKnown } from './bank.model';
import { KeepForm } from './bank.schema';
import { keepInBank } from './bank.service';
import { findOwnQuiz, selectWritten } from './quizzes.model';
import { fingerprint, withAnswer } from './written';

/** Questions of a published quiz of the organisation, to be kept in the bank. */
export const bankQuizzes = new Routes('/write/bank/quizzes');

bankQuizzes.get('/:lesson', writers, async (req, res) => renderQuiz(req, res));

bankQuizzes.post('/:lesson/keep', authors, async (req, res) => {
  const quiz = await quizOf(req);
  const form = readForm(KeepForm, req.body);
  if (!form.ok) return renderQuiz(req, res.status(422), form.errors);
  const chosen = (await selectWritten(quiz.quiz_id)).filter(({ id }) => form.value.question.includes(id));
  const source = { kind: 'quiz' as const, id: quiz.id, title: quiz.title };
  const { kept, known } = await keepInBank(
    req.actor,
    chosen.map(({ question }) => ({ question, source })),
  );
  res.redirect(303, `/write/bank/quizzes/${quiz.id}?kept=${kept}&known=${known}`);
});

async function quizOf(req: Request) {
  const id = found(z.uuid().safeParse(req.params.lesson).data);
  return found(await findOwnQuiz(req.actor.organisation_id, id, req.actor.content_language));
}

async function renderQuiz(req: Request, res: Response, errors: FieldErrors = {}) {
  const quiz = await quizOf(req);
  const written = await selectWritten(quiz.quiz_id);
  const known = await selectKnown(
    req.actor.organisation_id,
    written.map(({ question }) => question),
  );
  const questions = written.map(({ id, question }, index) => ({
    ...{ id, number: index + 1, competence: question.competence, level: question.level },
    kept: known.get(fingerprint(question)),
    shown: withAnswer(id, question, req.actor.content_language),
  }));
  res.render('bank/quiz', { quiz, questions, errors, query: req.query, mayWrite: authors.allows(req) });
}
