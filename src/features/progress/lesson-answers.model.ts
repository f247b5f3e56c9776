import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { Kept } from '../quizzes/answers';
import type { Question } from '../quizzes/question';

/** A person's own answer to a question in the middle of a lesson. No evidence of skill, and counted nowhere. */
export interface LessonAnswer extends Kept {
  /** As it was asked. */
  question: Question;
  given_at: Date;
}

/** Where the question stands. */
export interface AskedPlace {
  lesson_id: string;
  block_id: string;
}

const own = ({ organisation_id, id }: Pick<Actor, 'organisation_id' | 'id'>, place: AskedPlace) => ({
  organisation_id,
  person_id: id,
  ...place,
});

export function findLessonAnswer(actor: Actor, place: AskedPlace): Promise<LessonAnswer | undefined> {
  return db().table('lesson_answers').where(own(actor, place)).first('question', 'chosen', 'response', 'given_at');
}

/** Writes the answer over the one before it, unless that was given later than this. */
export async function saveLessonAnswer(
  actor: Actor,
  place: AskedPlace,
  { question, chosen, response, given_at }: LessonAnswer,
): Promise<void> {
  const row = {
    question: JSON.stringify(question),
    chosen: [...chosen],
    response: response === undefined ? null : JSON.stringify(response),
    given_at,
  };
  await db()
    .table('lesson_answers')
    .insert({ ...own(actor, place), ...row })
    .onConflict(['organisation_id', 'person_id', 'lesson_id', 'block_id'])
    .merge(row)
    .where('lesson_answers.given_at', '<=', given_at);
}

export async function deleteLessonAnswer(actor: Actor, place: AskedPlace): Promise<void> {
  await db().table('lesson_answers').where(own(actor, place)).delete();
}

/** SQL: ids of the blocks of the lesson `l` whose question the person answered. Bindings: organisation, person. */
export const ANSWERED_BLOCKS = `array(select a.block_id from lesson_answers a
  where a.organisation_id = ? and a.person_id = ? and a.lesson_id = l.id)`;
