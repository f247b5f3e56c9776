import { db } from '../../lib/db';
import type { ReadingTally } from './reading-tally';

export interface LessonTally extends ReadingTally {
  lesson_id: string;
  counted_until: Date;
}

/** What has been counted of a course's lessons. None of another organisation's course. */
export function selectTallies(organisationId: string, courseId: string) {
  return db().raw<{ rows: LessonTally[] }>(
    `select t.* from reading_tallies t join lessons l on l.id = t.lesson_id and l.organisation_id = t.organisation_id
     where t.organisation_id = ? and l.course_id = ?`,
    [organisationId, courseId],
  );
}

/** The groups of readers that are large enough to be counted now, by the spots where they are. None of another's course. */
export function selectWaiting(courseId: string) {
  return db().raw<{ rows: LessonTally[] }>('select * from reading_waiting(?)', [courseId]);
}

/** Lets one at a time count the readers of a course, until the end of the transaction. */
export async function lockTallies(courseId: string): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 2))', [courseId]);
}

/** Keeps what has been counted; what somebody else counted further meanwhile stays as it is. */
export async function saveTallies(organisation_id: string, tallies: readonly LessonTally[]): Promise<void> {
  if (tallies.length === 0) return;
  const rows = tallies.map(({ lesson_id, people, finished, stops, counted_until }) => ({
    ...{ organisation_id, lesson_id, people, finished, counted_until },
    stops: JSON.stringify(stops),
  }));
  await db()
    .table('reading_tallies')
    .insert(rows)
    .onConflict('lesson_id')
    .merge(['people', 'finished', 'stops', 'counted_until'])
    .whereRaw('reading_tallies.counted_until < excluded.counted_until');
}
