import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { type Kept, pointsOf } from '../quizzes/answers';
import { feedbackOn } from '../quizzes/feedback';
import type { Question } from '../quizzes/question';
import { answerFields, type FilledForm, sentIn } from '../quizzes/question-form';
import { findLessonAnswer, type LessonAnswer } from './lesson-answers.model';
import { forgetLessonAnswer, takeLessonAnswer } from './lesson-answers.service';
import { readLesson } from './progress.queries';
import { partsOf, placeOfBlock } from './simple-lesson';

/**
 * A question in the middle of a lesson: something to think about while reading. The answer gets its feedback at once and is
 * kept for the person alone: it is no evidence, and nobody else sees it.
 */
export const blockQuestions = new Routes('/learn');

const PAGE = '/:course/:lesson/think/:block';

/** Who has answered meets the answer; `again` asks once more, with the answer in the form. */
blockQuestions.get(PAGE, signedIn, async (req, res) => {
  const asked = await askedIn(req, res);
  const given = await findLessonAnswer(req.actor, asked.place);
  const sent = sentIn(req.query);
  if (!given || sent || req.query.again !== undefined)
    return renderAsked(res, asked, { given: asNow(asked, given), sent });
  // What the person answered is told with the question that they answered, in the language that it was asked in.
  const question = given.question;
  res.render('progress/think-feedback', {
    ...asked,
    question,
    isChanged: !isSame(question, asked.question),
    feedback: feedbackOn(question, told(question, given), req.actor.id),
  });
});

blockQuestions.post(PAGE, signedIn, async (req, res) => {
  const asked = await askedIn(req, res);
  const read = await takeLessonAnswer(req.actor, asked.place, asked.question, req.body);
  if (read.kind === 'fault') return renderAsked(res.status(422), asked, { sent: req.body ?? {} }, read.errors);
  res.redirect(303, read.kind === 'again' ? `${asked.here}${read.query}` : asked.here);
});

blockQuestions.post(`${PAGE}/removal`, signedIn, async (req, res) => {
  const { place, back } = await askedIn(req, res);
  await forgetLessonAnswer(req.actor, place);
  res.redirect(303, back);
});

const told = (question: Question, { chosen, response }: Kept) => ({
  ...{ chosen, response: response ?? undefined },
  dont_know: chosen.length === 0 && (response ?? undefined) === undefined,
  points: pointsOf(question, { chosen, response: response ?? undefined }),
});

/** In the same language as it is asked now: a translation is no change. */
const isSame = (one: Question, other: Question) =>
  one.id === other.id && (one.language !== other.language || isDeepStrictEqual(one, other));

/** An answer to another question does not fill this one's form. */
const asNow = ({ question }: Asked, given: LessonAnswer | undefined) =>
  given?.question.id === question.id && given.question.type === question.type ? given : undefined;

type Asked = Awaited<ReturnType<typeof askedIn>>;

async function askedIn(req: Request, res: Response) {
  const { course, lesson: slug, block: id } = req.params;
  const { lesson } = found(await readLesson(req.actor, String(course), String(slug)));
  const block = found(lesson.blocks?.find((some) => some.id === id && some.question));
  const lessonHref = `/learn/${lesson.course_slug}/${lesson.slug}`;
  const back = res.locals.simple ? `${lessonHref}?at=${placeOfBlock(block)}` : `${lessonHref}#${placeOfBlock(block)}`;
  const parts = res.locals.simple ? partsOf(lesson) : [];
  const after = parts[parts.findIndex(({ at }) => at === placeOfBlock(block)) + 1];
  return {
    question: found(block.question),
    place: { lesson_id: lesson.id, block_id: block.id },
    seal: req.actor.id,
    lessonTitle: lesson.title,
    back,
    wayBack: back,
    goOn: after ? `${lessonHref}?at=${after.at}` : back,
    here: `${lessonHref}/think/${block.id}`,
  };
}

function renderAsked(res: Response, asked: Asked, filled: FilledForm, errors: FieldErrors = {}) {
  res.render('progress/think', { ...asked, fields: answerFields(asked.question, asked.seal, filled), errors });
}
