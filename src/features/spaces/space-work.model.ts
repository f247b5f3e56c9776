import { db } from '../../lib/db';

/** Kinds of rows that people of several organisations leave in a space. */
export const WORK_TABLES = [
  'space_tasks',
  'space_topics',
  'space_messages',
  'space_interests',
  'space_contacts',
] as const;
export type WorkTable = (typeof WORK_TABLES)[number];

export interface WorkRow {
  id: string;
  space_id: string;
  /** Whose people made it. */
  organisation_id: string;
  /** The space's keeper. */
  host_organisation_id: string;
  organisation_name: string;
}
export interface SpaceTask extends WorkRow {
  kind: 'task' | 'aim';
  title: string;
  target: string;
  who: string;
  due_on: string | null;
  done_on: string | null;
  result: string;
}
export interface SpaceTopic extends WorkRow {
  title: string;
  summary: string;
  link: string;
  made_at: Date;
  messages: { id: string; shown_name: string; body: string; written_at: Date; person_id: string | null }[];
}
export interface SpaceInterest extends WorkRow {
  side: 'looks' | 'offers';
  theme: string;
  body: string;
  /** Interests of others that this one's organisation wants to go on with. */
  accepts: string[];
}
export interface SpaceContact extends WorkRow {
  name: string;
  about: string;
  address: string;
  ends_on: string | null;
}

/** Keeps a row once; false when the form was sent twice. */
export async function insertWork(table: WorkTable, row: Record<string, unknown> & { id: string }): Promise<boolean> {
  const rows = await db().table(table).insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

/** A row of the space that the reader in scope may see. */
export async function findWork<T extends WorkRow>(
  table: WorkTable,
  spaceId: string,
  id: string,
): Promise<T | undefined> {
  return db().table(table).where({ space_id: spaceId }).whereRaw('id::text = ?', [id]).first();
}

/** Changes what row policies let the organisation in scope change. Returns whether it was there. */
export async function updateWork(table: WorkTable, id: string, changes: Record<string, unknown>): Promise<boolean> {
  return (await db().table(table).where({ id }).update(changes)) > 0;
}

export async function deleteWork(table: WorkTable, id: string): Promise<boolean> {
  return (await db().table(table).where({ id }).delete()) > 0;
}
