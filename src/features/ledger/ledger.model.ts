import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

export const WORK_KINDS = ['place', 'visit', 'phone', 'group', 'writing', 'testing', 'other'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** A piece of work as its person told it, and as it was checked. */
export interface WorkEntry {
  id: string;
  organisation_id: string;
  person_id: string;
  done_on: Day;
  minutes: number;
  kind: WorkKind;
  topic: string;
  note: string;
  told_at: Date;
  checked_at: Date | null;
  checked_by: string | null;
  checked_minutes: number | null;
  checked_kind: WorkKind | null;
  check_note: string;
}

export interface WorkRequest {
  id: string;
  organisation_id: string;
  person_id: string;
  from_on: Day;
  to_on: Day;
  skills: string[];
  asked_at: Date;
  signed_at: Date | null;
  signed_by: string | null;
  withdrawn_at: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    work_entries: WorkEntry;
    work_requests: WorkRequest;
  }
}

type Whose = { id: string; organisation_id: string };
const DAYS = (...columns: string[]) => [
  db().raw('*') as never,
  ...columns.map((column) => db().raw("to_char(??, 'YYYY-MM-DD') as ??", [column, column]) as never),
];

/** False when the form was sent before. */
export async function insertEntry(
  row: Pick<WorkEntry, 'id' | 'organisation_id' | 'person_id' | 'done_on' | 'minutes' | 'kind' | 'topic' | 'note'>,
): Promise<boolean> {
  const made = await db()('work_entries').insert(row).onConflict('id').ignore().returning('id');
  return made.length > 0;
}

export function findEntry(organisationId: string, id: string): Promise<WorkEntry | undefined> {
  return db()('work_entries').where({ organisation_id: organisationId, id }).first(DAYS('done_on'));
}

export function lockEntry({ id, organisation_id }: Whose): Promise<WorkEntry | undefined> {
  return db()('work_entries').where({ organisation_id, id }).forUpdate().first(DAYS('done_on'));
}

export async function setEntry({ id, organisation_id }: Whose, values: Partial<WorkEntry>): Promise<void> {
  await db()('work_entries').where({ organisation_id, id }).update(values);
}

export async function deleteEntry({ id, organisation_id }: Whose): Promise<void> {
  await db()('work_entries').where({ organisation_id, id }).delete();
}

export async function insertRequest(
  row: Pick<WorkRequest, 'id' | 'organisation_id' | 'person_id' | 'from_on' | 'to_on' | 'skills'>,
): Promise<boolean> {
  const made = await db()('work_requests').insert(row).onConflict('id').ignore().returning('id');
  return made.length > 0;
}

export function findRequest(organisationId: string, id: string): Promise<WorkRequest | undefined> {
  return db()('work_requests').where({ organisation_id: organisationId, id }).first(DAYS('from_on', 'to_on'));
}

export function lockRequest({ id, organisation_id }: Whose): Promise<WorkRequest | undefined> {
  return db()('work_requests').where({ organisation_id, id }).forUpdate().first(DAYS('from_on', 'to_on'));
}

export async function setRequest({ id, organisation_id }: Whose, values: Partial<WorkRequest>): Promise<void> {
  await db()('work_requests').where({ organisation_id, id }).update(values);
}

/** What was done so many months ago, of the organisation in scope. Returns how many rows went. */
export async function deleteOldEntries(organisationId: string, months: number): Promise<number> {
  return db()('work_entries')
    .where({ organisation_id: organisationId })
    .whereRaw('done_on < current_date - make_interval(months => ?)', [months])
    .delete();
}
