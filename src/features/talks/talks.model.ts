import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** What a person may show in a talk beyond their agreed profile: their own view, what peers and experts by experience saw. */
export const SHARES = ['own', 'peers'] as const;
export type Share = (typeof SHARES)[number];

/** A development talk of two people. Row policies show it to them and to nobody else. */
export interface Talk {
  id: string;
  organisation_id: string;
  person_id: string;
  /** Null when their account is gone. */
  supervisor_id: string | null;
  proposed_by: string | null;
  planned_on: Day;
  shared: Share[];
  agreement: string;
  next_on: Day | null;
  version: number;
  text_version: number;
  person_confirmed_at: Date | null;
  supervisor_confirmed_at: Date | null;
  /** When both had confirmed: nothing changes any more. */
  held_at: Date | null;
}

export interface TalkGoal {
  id: string;
  talk_id: string;
  competence_code: string | null;
  level: number | null;
  words: string;
}

export interface Preparation {
  talk_id: string;
  person_id: string;
  well: string;
  learn: string;
  other: string;
  is_shown: boolean;
  is_kept: boolean;
  version: number;
}

type Of = Pick<Talk, 'organisation_id' | 'id'>;

/** False when the two have an open talk already, or this form was sent before. */
export async function insertTalk(
  talk: Pick<Talk, 'id' | 'organisation_id' | 'person_id' | 'supervisor_id' | 'proposed_by' | 'planned_on'>,
): Promise<boolean> {
  const rows = await db().table('talks').insert(talk).onConflict().ignore().returning('id');
  return rows.length > 0;
}

export async function findOpenTalk(organisationId: string, personId: string, supervisorId: string) {
  const row = await db()
    .table('talks')
    .where({ organisation_id: organisationId, person_id: personId, supervisor_id: supervisorId, held_at: null })
    .first('id');
  return row as { id: string } | undefined;
}

/** Changes wait for each other from here to the end of the transaction. Undefined once the talk has been held. */
export async function lockOpenTalk({ organisation_id, id }: Of): Promise<Talk | undefined> {
  return db().table('talks').where({ organisation_id, id, held_at: null }).forUpdate().first();
}

export async function setTalk({ organisation_id, id }: Of, values: Partial<Talk>): Promise<void> {
  await db().table('talks').where({ organisation_id, id }).update(values);
}

export async function deleteTalk({ organisation_id, id }: Of): Promise<void> {
  await db().table('talks').where({ organisation_id, id }).delete();
}

export function selectGoals(organisationId: string, talkIds: readonly string[]) {
  return db()
    .table('talk_goals')
    .where({ organisation_id: organisationId })
    .whereRaw('talk_id = any(?::uuid[])', [[...talkIds]] as never)
    .orderBy(['created_at', 'id'])
    .select<TalkGoal[]>('id', 'talk_id', 'competence_code', 'level', 'words');
}

/** False when this form was sent before. */
export async function insertGoal(organisation_id: string, goal: TalkGoal): Promise<boolean> {
  const rows = await db()
    .table('talk_goals')
    .insert({ organisation_id, ...goal })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

/** False when it was gone already. */
export async function deleteGoal({ organisation_id, id }: Of, goalId: string): Promise<boolean> {
  return (await db().table('talk_goals').where({ organisation_id, talk_id: id, id: goalId }).delete()) > 0;
}

/** The reader's own, and the other's where they show it. */
export function selectPreparations({ organisation_id, id }: Of): Promise<Preparation[]> {
  return db().table('talk_preparations').where({ organisation_id, talk_id: id });
}

type Notes = Pick<Preparation, 'well' | 'learn' | 'other' | 'is_shown' | 'is_kept'>;

/** Keeps one's own notes over the version that was read. False when another window has saved meanwhile. */
export async function putPreparation(
  { organisation_id, id }: Of,
  personId: string,
  version: number,
  notes: Notes,
): Promise<boolean> {
  const own = { organisation_id, talk_id: id, person_id: personId };
  if (version === 0) {
    const made = await db()
      .table('talk_preparations')
      .insert({ ...own, ...notes })
      .onConflict(['talk_id', 'person_id'])
      .ignore()
      .returning('version');
    return made.length > 0;
  }
  const changed = await db()
    .table('talk_preparations')
    .where({ ...own, version })
    .update({ ...notes, version: version + 1, updated_at: new Date() });
  return changed > 0;
}

/** Notes end with the talk; what their writer keeps is theirs alone from then on. In the scope of the writer. */
export async function endPreparation({ organisation_id, id }: Of, personId: string): Promise<void> {
  const own = { organisation_id, talk_id: id, person_id: personId };
  await db()
    .table('talk_preparations')
    .where({ ...own, is_kept: false })
    .delete();
  await db().table('talk_preparations').where(own).update({ is_shown: false });
}

/** The writer's notes are theirs alone again. In the scope of the writer. */
export async function hidePreparation({ organisation_id, id }: Of, personId: string): Promise<void> {
  const own = { organisation_id, talk_id: id, person_id: personId };
  await db()
    .table('talk_preparations')
    .where(own)
    .update({ is_shown: false, version: db().raw('version + 1') as never });
}

export async function deletePreparation({ organisation_id, id }: Of, personId: string): Promise<void> {
  await db().table('talk_preparations').where({ organisation_id, talk_id: id, person_id: personId }).delete();
}
