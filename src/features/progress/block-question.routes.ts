import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { pointsOf } from '../quizzes/answers';
import { feedbackOn } from '../quizzes/feedback';
import { answerFields, type FilledForm, readAnswer, sentIn } from '../quizzes/question-form';
import { readLesson } from './progress.queries';

/**
 * A question in the middle of a lesson: something to think about while reading. The answer gets its feedback at once; nobody
 * keeps it, so it is no evidence and nobody else sees it.
 */
export const blockQuestions = new Routes('/learn');

const PAGE = '/:course/:lesson/think/:block';

blockQuestions.get(PAGE, signedIn, async (req, res) => {
  renderAsked(res, await askedIn(req), { sent: sentIn(req.query) });
});

blockQuestions.post(PAGE, signedIn, async (req, res) => {
  const asked = await askedIn(req);
  const { question, here } = asked;
  const form = readAnswer(question, req.actor.id, req.body);
  if (form.kind === 'again') return res.redirect(303, `${here}${form.query}`);
  if (form.kind === 'fault') return renderAsked(res.status(422), asked, { sent: req.body ?? {} }, form.errors);
  const { chosen, response } = form;
  const dont_know = chosen.length === 0 && response === undefined;
  const given = { chosen, response, dont_know, points: pointsOf(question, form) };
  res.render('progress/think-feedback', { ...asked, feedback: feedbackOn(question, given, req.actor.id) });
});

type Asked = Awaited<ReturnType<typeof askedIn>>;

async function askedIn(req: Request) {
  const { course, lesson: slug, block: id } = req.params;
  const { lesson } = found(await readLesson(req.actor, String(course), String(slug)));
  const block = found(lesson.blocks?.find((some) => some.id === id && some.question));
  const lessonHref = `/learn/${lesson.course_slug}/${lesson.slug}`;
  return {
    question: found(block.question),
    seal: req.actor.id,
    lessonTitle: lesson.title,
    back: `${lessonHref}#b-${block.id}`,
    here: `${lessonHref}/think/${block.id}`,
  };
}

function renderAsked(res: Response, asked: Asked, filled: FilledForm, errors: FieldErrors = {}) {
  res.render('progress/think', { ...asked, fields: answerFields(asked.question, asked.seal, filled), errors });
}
