import { db } from '../../lib/db';
import type { Tally } from './question-tally';
import type { Rows } from './quizzes.model';

export interface QuestionTally extends Tally {
  question_id: string;
  version: number;
  counted_until: Date;
}

const COLUMNS = [
  'people',
  'points',
  'compared',
  'compared_points',
  'others',
  'points_squared',
  'others_squared',
  'product',
  'labels',
  'counted_until',
] as const;

/** What has been counted of a quiz's present questions. None of another organisation's quiz. */
export function selectTallies(organisationId: string, quizId: string): Rows<QuestionTally> {
  return db().raw(
    `select t.* from question_tallies t join questions q on q.id = t.question_id and q.version = t.version
     where t.organisation_id = ? and q.quiz_id = ? and q.retired_at is null`,
    [organisationId, quizId],
  );
}

/** The groups of a quiz's people that are large enough to be counted now. None of another organisation's quiz. */
export function selectWaiting(quizId: string): Rows<QuestionTally> {
  return db().raw('select * from question_waiting(?)', [quizId]);
}

/** Lets one at a time count the groups of a quiz, until the end of the transaction. */
export async function lockTallies(quizId: string): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 1))', [quizId]);
}

/** Keeps what has been counted, in one statement; what somebody else counted further meanwhile stays as it is. */
export async function saveTallies(organisationId: string, tallies: readonly QuestionTally[]): Promise<void> {
  if (tallies.length === 0) return;
  const rows = tallies.map((tally) => ({
    organisation_id: organisationId,
    question_id: tally.question_id,
    version: tally.version,
    ...Object.fromEntries(COLUMNS.map((column) => [column, tally[column]])),
    labels: JSON.stringify(tally.labels),
  }));
  await db()
    .table('question_tallies')
    .insert(rows)
    .onConflict(['question_id', 'version'])
    .merge([...COLUMNS])
    .whereRaw('question_tallies.counted_until < excluded.counted_until');
}
