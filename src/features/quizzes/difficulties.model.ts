import { db } from '../../lib/db';

/** Keeps how hard a question turned out to be after one more answer: Elo with the question's own step, 1 / (1 + 0.05·answers). */
export async function learnDifficulty(questionId: string, before: number, surprise: number): Promise<void> {
  await db().raw(
    `insert into question_difficulties as known (question_id, difficulty, answers) values (?, ?::float8 - ?::float8, 1)
     on conflict (question_id) do update set
       difficulty = greatest(-${FURTHEST}, least(${FURTHEST}, known.difficulty - ?::float8 / (1 + 0.05 * known.answers))),
       answers = known.answers + 1`,
    [questionId, before, surprise, surprise],
  );
}

/** Logits: nine levels lie between -4.5 and 3.5, and no run of answers makes a question harder or easier than this. */
const FURTHEST = 8;
