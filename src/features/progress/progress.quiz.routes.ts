import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { keepOnDevice } from '../../lib/device';
import { type FieldErrors, type FormResult, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import type { Translate } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { feedbackOn } from '../quizzes/feedback';
import { answerFields, type FilledForm, readAnswer, sentIn } from '../quizzes/question-form';
import { findAnswered, findAsItWas, findQuestion, type Question } from '../quizzes/quizzes.model';
import { answerQuestion } from '../quizzes/quizzes.service';
import { competenceNames } from '../skills/skills.model';
import { variantsOf } from './lesson-pages';
import { type QuizPage, readQuiz, readResult } from './progress.quiz.queries';
import { AnswerHead, questionNumber } from './progress.quiz.schema';
import { beginQuiz, finishQuiz } from './progress.quiz.service';
import { openLesson } from './progress.service';
import { resultOf } from './quiz-pages';
import { isBack, quizRecap } from './recap.service';

/** The pages of a quiz lesson. Answers are kept one by one; only the press of "hand in" closes an attempt. */
export const quizPages = new Routes('/learn');

const LESSON = '/:course/:lesson';

/** Where the person is: the first unanswered question, the overview, the result; an introduction before the first time. */
quizPages.get(`${LESSON}/questions`, signedIn, async (req, res) => {
  const quiz = await read(req, 'none');
  if (!quiz.latest) return res.render('quizzes/intro', { ...quiz, base: baseOf(req) });
  res.redirect(303, nextStep(req, quiz));
});

quizPages.post(`${LESSON}/attempts`, signedIn, async (req, res) => {
  const quiz = await read(req, 'none');
  await beginQuiz(req.actor, quiz.lesson, quiz.quiz);
  res.redirect(303, `${baseOf(req)}/questions`);
});

quizPages.get(`${LESSON}/questions/:number`, signedIn, async (req, res) => {
  const number = found(questionNumber(req.params.number));
  const quiz = await read(req, number);
  const question = found(quiz.questions[number - 1]);
  if (quiz.latest?.submitted_at) return res.redirect(303, `${baseOf(req)}/result`);

  const { news, seen_version } = quiz.titles;
  if (news.length > 0 && seen_version !== quiz.lesson.version)
    await openLesson(req.actor, quiz.lesson, undefined, quiz.lesson.version);
  const newest = quiz.newest.get(question.id);
  // What was chosen of other words is not chosen of these; its own page shows it as it was given.
  const given = newest?.question_version === question.version ? newest : undefined;
  renderQuestion(req, res, await begun(req, quiz), question, { given, sent: sentIn(req.query) });
});

quizPages.post(`${LESSON}/questions/:number`, signedIn, async (req, res) => {
  const number = found(questionNumber(req.params.number));
  const quiz = await begun(req, await read(req, number));
  const shown = quiz.questions[number - 1];
  const head = readForm(AnswerHead, req.body);
  const question = found(await answeredQuestion(quiz, shown, head));
  const attempt = head.ok ? head.value.attempt : undefined;
  if (!quiz.latest || (attempt && attempt !== quiz.latest.id))
    return res.redirect(303, `${baseOf(req)}/result?late=yes`);

  const form = readAnswer(question, quiz.latest.id, req.body);
  if (form.kind !== 'answer' && question !== shown) return res.redirect(303, `${baseOf(req)}/questions`);
  if (form.kind === 'again') return res.redirect(303, `${baseOf(req)}/questions/${number}${form.query}`);
  if (form.kind === 'fault') {
    return renderQuestion(req, res.status(422), quiz, shown as Question, { sent: req.body ?? {} }, form.errors);
  }
  const kept = await answerQuestion(quiz.latest, question, form);
  if (!kept) return res.redirect(303, `${baseOf(req)}/result?late=yes`);

  await openLesson(req.actor, quiz.lesson);
  const place = quiz.questions.find(({ id }) => id === question.id)?.number;
  res.redirect(303, place ? `${baseOf(req)}/questions/${place}/feedback` : `${baseOf(req)}/questions`);
});

quizPages.get(`${LESSON}/questions/:number/feedback`, signedIn, async (req, res) => {
  const number = found(questionNumber(req.params.number));
  const quiz = await read(req, number);
  const question = found(quiz.questions[number - 1]);
  const answer = quiz.newest.get(question.id);
  if (!answer || !quiz.latest) return res.redirect(303, `${baseOf(req)}/questions/${number}`);

  // An answer that came late, or from before an edit, is shown with what was asked then.
  const isChanged = answer.question_version < question.version;
  const asked = (isChanged && (await findAsItWas(question, answer.question_version))) || question;
  res.render('quizzes/feedback', {
    ...quiz,
    base: baseOf(req),
    question: asked,
    isChanged,
    isAsItWas: asked !== question,
    feedback: feedbackOn(asked, answer, quiz.latest.id),
    next: nextStep(req, quiz),
    answerId: randomUUID(),
  });
});

quizPages.get(`${LESSON}/overview`, signedIn, async (req, res) => {
  const quiz = await read(req, 'none');
  if (!quiz.isOpen) return res.redirect(303, `${baseOf(req)}/questions`);
  renderOverview(req, res, quiz);
});

quizPages.post(`${LESSON}/hand-in`, signedIn, async (req, res) => {
  const quiz = await read(req, 'none');
  if (!quiz.latest || !quiz.isOpen) return res.redirect(303, `${baseOf(req)}/questions`);
  if (quiz.newest.size === 0) return renderOverview(req, res.status(422), quiz, { form: 'quizzes.handIn.empty' });

  await finishQuiz(req.actor, quiz.lesson, quiz.latest);
  res.redirect(303, `${baseOf(req)}/help-level`);
});

quizPages.get(`${LESSON}/result`, signedIn, async (req, res) => {
  const quiz = await read(req, 'none');
  if (!quiz.latest?.submitted_at) return res.redirect(303, `${baseOf(req)}/questions`);
  const names = await competenceNames(req.actor.language);
  const { first, recorded } = await readResult(req.actor, quiz);
  res.render('quizzes/result', {
    ...quiz,
    base: baseOf(req),
    result: resultOf(quiz, first, names, recorded),
    late: req.query.late === 'yes',
  });
});

const read = (req: Request, options: number | 'none') =>
  readQuiz(req.actor, req.params as { course: string; lesson: string }, options);

const baseOf = ({ params }: Request) => `/learn/${params.course}/${params.lesson}`;

/** The quiz with an attempt: coming to a question for the first time begins one, and no later attempt begins by itself. */
async function begun(req: Request, quiz: QuizPage): Promise<QuizPage> {
  if (quiz.latest) return { ...quiz, latest: quiz.isOpen ? quiz.latest : undefined };
  return { ...quiz, latest: await beginQuiz(req.actor, quiz.lesson, quiz.quiz) };
}

/** The question that the form was made for: the author may have moved or retired it since. */
async function answeredQuestion(quiz: QuizPage, shown: Question | undefined, head: FormResult<AnswerHead>) {
  const { question: id, version } = head.ok ? head.value : {};
  if (id && version && version < (shown?.id === id ? shown.version : 0)) return findAnswered(quiz.quiz.id, id, version);
  return id === undefined || id === shown?.id ? shown : findQuestion(quiz.quiz.id, id);
}

function nextStep(req: Request, { unanswered, isOpen }: QuizPage): string {
  if (!isOpen) return `${baseOf(req)}/result`;
  const [first] = unanswered;
  return first ? `${baseOf(req)}/questions/${first.number}` : `${baseOf(req)}/overview`;
}

function renderQuestion(
  req: Request,
  res: Response,
  quiz: QuizPage,
  question: Question,
  filled: FilledForm,
  errors: FieldErrors = {},
) {
  const fields = answerFields(question, quiz.latest?.id ?? '', filled);
  const variants = variantsOf(question);
  keepOnDevice(req, res, question.number === 1 ? quiz.titles.lesson : undefined);
  res.render('quizzes/question', {
    ...quiz,
    recap: recapOfQuiz(quiz, res.locals.t),
    base: baseOf(req),
    question,
    fields,
    variants,
    answerId: randomUUID(),
    errors,
  });
}

function renderOverview(req: Request, res: Response, quiz: QuizPage, errors: FieldErrors = {}) {
  keepOnDevice(req, res);
  res.render('quizzes/overview', { ...quiz, base: baseOf(req), errors });
}

/** For one who comes back to a quiz in the middle. */
function recapOfQuiz({ newest, questions, titles }: QuizPage, t: Translate): string[] {
  const last = [...newest.values()].reduce<Date | undefined>(
    (latest, { answered_at }) => (latest && latest > answered_at ? latest : answered_at),
    undefined,
  );
  return isBack(last) ? quizRecap({ title: titles.lesson, answered: newest.size, questions: questions.length }, t) : [];
}
