import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

export const SIGNED = ['name', 'first'] as const;

/** What somebody said under a lesson, in their organisation. */
export interface LessonMessage {
  id: string;
  organisation_id: string;
  lesson_id: string;
  person_id: string;
  /** The message that this one answers. */
  reply_to: string | null;
  body: string;
  /** Whether others read the writer's whole name or the first one. */
  signed: (typeof SIGNED)[number];
  written_at: Date;
  changed_at: Date | null;
  removed_at: Date | null;
  removed_by: string | null;
}

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** False when this very message has been said already: a form sent twice says it once. */
export async function insertMessage(
  message: Pick<LessonMessage, 'id' | 'organisation_id' | 'lesson_id' | 'person_id' | 'reply_to' | 'body' | 'signed'>,
): Promise<boolean> {
  const rows = await db().table('lesson_messages').insert(message).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export function findMessage(organisationId: string, id: string): Promise<LessonMessage | undefined> {
  return db().table('lesson_messages').where({ organisation_id: organisationId, id }).first();
}

export async function setBody({ organisation_id, id }: LessonMessage, body: string): Promise<void> {
  await db().table('lesson_messages').where({ organisation_id, id }).update({ body, changed_at: new Date() });
}

/** Takes a message away, or gives it back when `by` is null. Its words stay in the row until it is forgotten. */
export async function setRemoved({ organisation_id, id }: LessonMessage, by: string | null): Promise<void> {
  await db()
    .table('lesson_messages')
    .where({ organisation_id, id })
    .update({ removed_at: by && new Date(), removed_by: by });
}

/** Whether one hears of what is said under a lesson. */
export async function setFollow({ id, organisation_id }: Somebody, lesson_id: string, is_on: boolean): Promise<void> {
  await db()
    .table('lesson_follows')
    .insert({ organisation_id, person_id: id, lesson_id, is_on })
    .onConflict(['organisation_id', 'lesson_id', 'person_id'])
    .merge();
}

/** Who writes hears of answers from then on, unless they said no. */
export async function followByWriting({ id, organisation_id }: Somebody, lesson_id: string): Promise<void> {
  await db()
    .table('lesson_follows')
    .insert({ organisation_id, person_id: id, lesson_id, is_on: true })
    .onConflict(['organisation_id', 'lesson_id', 'person_id'])
    .ignore();
}

/** Members who want to hear of a lesson's discussion, but for the one who writes. */
export async function selectFollowers({ id, organisation_id }: Somebody, lessonId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select f.person_id from lesson_follows f
     join memberships m on m.organisation_id = f.organisation_id and m.person_id = f.person_id
       and (m.ended_on is null or m.ended_on > current_date)
     where f.organisation_id = ? and f.lesson_id = ? and f.is_on and f.person_id <> ?`,
    [organisation_id, lessonId, id],
  );
  return rows.map(({ person_id }: { person_id: string }) => person_id);
}

/** Those who look after discussions of an organisation. */
export async function selectCaretakers(organisationId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select person_id from memberships where organisation_id = ? and roles && '{administrator,reviewer}'
       and (ended_on is null or ended_on > current_date) and suspended_at is null`,
    [organisationId],
  );
  return rows.map(({ person_id }: { person_id: string }) => person_id);
}

/** False when the same person has told of the message already. */
export async function insertFlag({ id, organisation_id }: Somebody, message_id: string): Promise<boolean> {
  const rows = await db()
    .table('message_flags')
    .insert({ organisation_id, message_id, person_id: id })
    .onConflict(['message_id', 'person_id'])
    .ignore()
    .returning('message_id');
  return rows.length > 0;
}

export async function settleFlags({ organisation_id, id }: LessonMessage): Promise<void> {
  await db()
    .table('message_flags')
    .where({ organisation_id, message_id: id, settled_at: null })
    .update({ settled_at: new Date() });
}
