import { atomically } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Question } from '../quizzes/question';
import { readAnswer } from '../quizzes/question-form';
import { type AskedPlace, deleteLessonAnswer, saveLessonAnswer } from './lesson-answers.model';

/** Reads the form of a question in a lesson and keeps its answer, when it is one. What was read is returned. */
export async function takeLessonAnswer(
  actor: Actor,
  place: AskedPlace,
  question: Question,
  body: unknown,
  given_at = new Date(),
) {
  const read = readAnswer(question, actor.id, body);
  if (read.kind === 'answer') {
    const { chosen, response } = read;
    await atomically(() => saveLessonAnswer(actor, place, { question, chosen, response, given_at }));
  }
  return read;
}

/** Takes the person's own answer away. */
export const forgetLessonAnswer = (actor: Actor, place: AskedPlace): Promise<void> =>
  atomically(() => deleteLessonAnswer(actor, place));
