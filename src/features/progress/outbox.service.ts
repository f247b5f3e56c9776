import { parse } from 'node:querystring';
import { atomically } from '../../lib/db';
import { AppError } from '../../lib/errors';
import { readForm } from '../../lib/forms';
import { takePress } from '../feedback/feedback.service';
import { isSelfDeclared } from '../h5p/h5p.service';
import { throwTyped } from '../keeping/typed.model';
import type { Actor } from '../organisations/organisations.model';
import { readAnswer } from '../quizzes/question-form';
import { findAnswered } from '../quizzes/quizzes.model';
import { answerQuestion } from '../quizzes/quizzes.service';
import { type Outcome, type ReceivedForm, settle, takeKey } from './outbox.model';
import { AnswerPlace } from './outbox.schema';
import { readLesson } from './progress.queries';
import { readAttempts, readLessonTitles, readQuiz } from './progress.quiz.queries';
import { HelpLevelForm } from './progress.quiz.schema';
import { finishQuiz, keepHelpLevel } from './progress.quiz.service';
import { completeLesson, openLesson } from './progress.service';

/** A form from a device, and its place in the order of that device. */
export interface WaitedForm extends ReceivedForm {
  device: string;
  sequence: number;
}

/**
 * Does what a form asks that waited on a device for the network. Sent twice, also at the same moment, it is done once, and both
 * are told the same. What cannot be done is kept as it came, so that a device may let go of whatever has an outcome.
 */
export function receiveForm(actor: Actor, form: WaitedForm): Promise<Outcome> {
  return atomically(async () => {
    const earlier = await takeKey(actor, form);
    if (earlier) return earlier;
    const outcome = await perform(actor, form);
    await settle(actor, form.key, outcome);
    if (parse(form.body).typed_kept === 'yes') await throwTyped(actor, form.action);
    return outcome;
  });
}

type Taker = (actor: Actor, body: Body, form: WaitedForm) => Promise<Outcome>;
const takers = new Map<string, Taker>();

/** Forms of another feature that may wait on a device: by their address (which `outbox.schema` and public/js/outbox.js let in). */
export const receiveAt = (action: string, taker: Taker): unknown => takers.set(action, taker);

/** Never below a page that is not there: an author may have taken it away meanwhile. */
async function perform(actor: Actor, form: WaitedForm): Promise<Outcome> {
  try {
    return await atomically(() => take(actor, form));
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return 'gone';
    throw error;
  }
}

function take(actor: Actor, form: WaitedForm): Promise<Outcome> {
  const taker = takers.get(form.action);
  if (taker) return taker(actor, { ...parse(form.body) }, form);
  const [, , course = '', lesson = '', what, which] = form.action.split('/').map(decoded);
  const body = { ...parse(form.body) };
  const place = { course, lesson };
  if (what === 'questions') return takeAnswer(actor, place, body, form);
  if (what === 'hand-in') return takeHandIn(actor, place, body);
  if (what === 'help-level') return takeHelpLevel(actor, place, body);
  if (what === 'feedback') return takeFeedback(actor, place, which, body, form);
  return takeDone(actor, place);
}

type Place = { course: string; lesson: string };
type Body = Record<string, unknown>;

async function takeAnswer(actor: Actor, place: Place, body: Body, form: WaitedForm): Promise<Outcome> {
  const head = readForm(AnswerPlace, body);
  if (!head.ok) return 'unreadable';
  const { question: id, attempt: attemptId, version } = head.value;
  const { lesson, attempts } = await readAttempts(actor, place);
  const attempt = attempts.find((one) => one.id === attemptId);
  const question = attempt && (await findAnswered(attempt.quiz_id, id, version));
  if (!question) return 'gone';

  const read = readAnswer(question, attempt.id, body);
  if (read.kind === 'again') return 'again';
  if (read.kind === 'fault') return question.isChanged ? 'gone' : 'unreadable';
  const { ageSeconds, device, sequence } = form;
  const isKept = await answerQuestion(attempt, question, { ...read, when: { ageSeconds, device, sequence } });
  if (!isKept) return 'late';
  await openLesson(actor, lesson);
  return question.isChanged ? 'changed' : 'kept';
}

/** What was finished stays finished; an attempt that was not the person's, or is not named, is none. */
async function takeHandIn(actor: Actor, place: Place, body: Body): Promise<Outcome> {
  const quiz = await readQuiz(actor, place, 'none');
  const attempt = quiz.attempts.find(({ id }) => id === body.attempt);
  if (!attempt) return 'gone';
  if (attempt.submitted_at) return 'kept';
  if (quiz.newest.size === 0) return 'unreadable';
  await finishQuiz(actor, quiz.lesson, attempt);
  return 'kept';
}

async function takeHelpLevel(actor: Actor, place: Place, body: Body): Promise<Outcome> {
  const read = readForm(HelpLevelForm, body);
  if (!read.ok) return 'unreadable';
  const { lesson } = await readLessonTitles(actor, place);
  await keepHelpLevel(actor, lesson, read.value.help_level, read.value.answer_id);
  return 'kept';
}

/** Presses of a device come in their order; one from before what was said since, elsewhere, changes nothing. */
async function takeFeedback(
  actor: Actor,
  place: Place,
  which: string | undefined,
  body: Body,
  { ageSeconds }: WaitedForm,
): Promise<Outcome> {
  const { lesson } = await readLessonTitles(actor, place);
  const at = new Date(Date.now() - ageSeconds * 1000);
  const isKept = await takePress(actor, { id: lesson.id, owner_id: lesson.organisation_id }, which, body, at);
  return isKept ? 'kept' : 'unreadable';
}

async function takeDone(actor: Actor, { course, lesson: slug }: Place): Promise<Outcome> {
  const page = await readLesson(actor, course, slug);
  if (!page) return 'gone';
  const { lesson } = page;
  if (lesson.kind === 'quiz') return 'unreadable';
  if (lesson.h5p_content_id && !(await isSelfDeclared(actor, lesson.h5p_content_id))) return 'unreadable';
  await completeLesson(actor, lesson);
  return 'kept';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
