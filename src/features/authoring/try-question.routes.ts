import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { isLanguage } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { pointsOf } from '../quizzes/answers';
import { feedbackOn } from '../quizzes/feedback';
import type { Question } from '../quizzes/question';
import { answerFields, type FilledForm, readAnswer, sentIn } from '../quizzes/question-form';
import { canViewDraft, writers } from './authoring.policy';
import { writtenLanguages } from './drafts.document';
import { type Draft, findDraft } from './drafts.model';
import { asLearned } from './preview-question';

/** A question of a draft as learners will meet it, with its feedback. Nothing that is answered here is kept. */
export const tryQuestion = new Routes('/write');

const PAGE = '/drafts/:id/questions/:question';

tryQuestion.get(PAGE, writers, async (req, res) => {
  const { draft, question } = await triedQuestion(req);
  renderAsked(req, res, draft, question, { sent: sentIn(req.query) });
});

tryQuestion.post(PAGE, writers, async (req, res) => {
  const { draft, question } = await triedQuestion(req);
  const form = readAnswer(question, draft.id, req.body);
  if (form.kind === 'again') {
    return res.redirect(303, `${hereOf(req)}?language=${question.language}&${form.query.slice(1)}`);
  }
  if (form.kind === 'fault') {
    return renderAsked(req, res.status(422), draft, question, { sent: req.body ?? {} }, form.errors);
  }
  const { chosen, response } = form;
  const dont_know = chosen.length === 0 && response === undefined;
  const feedback = feedbackOn(question, { chosen, response, dont_know, points: pointsOf(question, form) }, draft.id);
  res.render('authoring/try-feedback', { draft, question, feedback, here: hereOf(req) });
});

async function triedQuestion(req: Request) {
  const draft = found(await findDraft(req.actor.organisation_id, String(req.params.id)));
  authorize(canViewDraft(req.actor, draft));
  const { content } = draft;
  const written = found(content.questions.find(({ id }) => id === req.params.question));
  const languages = writtenLanguages(content);
  const asked = req.query.language;
  const language = isLanguage(asked) && languages.includes(asked) ? asked : content.original;
  return { draft, question: asLearned(content, written, language) };
}

const hereOf = (req: Request) => `/write/drafts/${req.params.id}/questions/${req.params.question}`;

function renderAsked(
  req: Request,
  res: Response,
  draft: Draft,
  question: Question,
  filled: FilledForm,
  errors: FieldErrors = {},
) {
  const fields = answerFields(question, draft.id, filled);
  const languages = writtenLanguages(draft.content);
  res.render('authoring/try-question', { draft, question, fields, languages, here: hereOf(req), errors });
}
