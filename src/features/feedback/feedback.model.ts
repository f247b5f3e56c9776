import { randomUUID } from 'node:crypto';
import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import type { Actor } from '../organisations/organisations.model';

/** 0 did not help, 1 helped a little, 2 helped. */
export const USEFUL = [2, 1, 0] as const;
/** What a second press tells. */
export const WHAT = ['clear', 'hard', 'long', 'old', 'example', 'device'] as const;
export type What = (typeof WHAT)[number];

/** What a person thought of a lesson; the newest of theirs. Only they read this row. */
export interface LessonFeedback {
  lesson_id: string;
  useful: number;
  what: What[];
  words: string;
  voice_id: string;
  given_at: Date;
}

/** The same without a name, for those who make the lesson. */
export interface LessonVoice {
  id: string;
  organisation_id: string;
  lesson_id: string;
  useful: number;
  what: What[];
  words: string;
  given_on: Day;
  seen_at: Date | null;
}

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;
type Given = Pick<LessonFeedback, 'lesson_id' | 'useful' | 'what' | 'words'>;

export function findFeedback({ id, organisation_id }: Somebody, lessonId: string): Promise<LessonFeedback | undefined> {
  return db().table('lesson_feedback').where({ organisation_id, person_id: id, lesson_id: lessonId }).first();
}

/**
 * Writes a person's own row, and returns the id of the voice that tells the same without a name: a person has one, however
 * often they change their mind. Undefined when they said something later than this.
 */
export async function saveFeedback(
  { id, organisation_id }: Somebody,
  { lesson_id, useful, what, words }: Given,
  given_at: Date,
): Promise<string | undefined> {
  const { rows } = await db().raw(
    `insert into lesson_feedback as f (organisation_id, person_id, lesson_id, useful, what, words, voice_id, given_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (organisation_id, person_id, lesson_id) do update
       set useful = excluded.useful, what = excluded.what, words = excluded.words, given_at = excluded.given_at
       where f.given_at <= excluded.given_at returning voice_id`,
    [organisation_id, id, lesson_id, useful, what, words, randomUUID(), given_at],
  );
  return rows[0]?.voice_id;
}

/** Writes a voice into the organisation of the lesson's makers. */
export function saveVoice(ownerId: string, voice: Omit<LessonVoice, 'organisation_id' | 'seen_at'>): Promise<void> {
  return withScope({ organisationId: ownerId, personId: null }, async () => {
    await db()
      .table('lesson_voices')
      .insert({ ...voice, organisation_id: ownerId })
      .onConflict('id')
      .merge(['useful', 'what', 'words', 'given_on']);
  });
}

export async function deleteFeedback({ id, organisation_id }: Somebody, lessonId: string): Promise<string | undefined> {
  const [row] = await db()
    .table('lesson_feedback')
    .where({ organisation_id, person_id: id, lesson_id: lessonId })
    .delete()
    .returning('voice_id');
  return row?.voice_id;
}

export function deleteVoice(ownerId: string, id: string): Promise<void> {
  return withScope({ organisationId: ownerId, personId: null }, async () => {
    await db().table('lesson_voices').where({ organisation_id: ownerId, id }).delete();
  });
}
