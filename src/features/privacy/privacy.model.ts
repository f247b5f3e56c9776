import { db } from '../../lib/db';
import { RETENTION, RETENTION_KINDS, type RetentionKind } from './kinds';

/** Somebody asked to be forgotten; it happens when it is due, and can be taken back until then. */
export interface Erasure {
  id: string;
  asked_at: Date;
  due_at: Date;
}

interface Whose {
  organisation_id: string;
  id: string;
}

export async function findWaitingErasure({ organisation_id, id }: Whose): Promise<Erasure | undefined> {
  return db()('erasures').where({ organisation_id, person_id: id, done_at: null }).first('id', 'asked_at', 'due_at');
}

/** Nothing when one waits already. */
export async function insertErasure({ organisation_id, id }: Whose, dueAt: Date): Promise<void> {
  await db()('erasures')
    .insert({ organisation_id, person_id: id, reason: 'asked', due_at: dueAt })
    .onConflict()
    .ignore();
}

/** How many were taken back. */
export function deleteWaitingErasure({ organisation_id, id }: Whose): Promise<number> {
  return db()('erasures').where({ organisation_id, person_id: id, done_at: null }).delete();
}

export type Months = Record<RetentionKind, number>;

/** How long the organisation keeps each kind, in months. */
export async function selectRetention(organisationId: string): Promise<Months> {
  const rows: { kind: RetentionKind; months: number }[] = await db()('retention')
    .where({ organisation_id: organisationId })
    .select('kind', 'months');
  return { ...RETENTION, ...Object.fromEntries(rows.map(({ kind, months }) => [kind, months])) };
}

export async function saveRetention(organisationId: string, months: Months): Promise<void> {
  await db()('retention')
    .insert(RETENTION_KINDS.map((kind) => ({ organisation_id: organisationId, kind, months: months[kind] })))
    .onConflict(['organisation_id', 'kind'])
    .merge();
}

/** Erasures that are due in the whole installation; ids only. */
export async function selectDueErasures(): Promise<{ id: string; organisation_id: string }[]> {
  const { rows } = await db().raw('select id, organisation_id from oppiva_due_erasures()');
  return rows;
}

/** Forgets one person in the organisation in scope, when it is due; returns where their files are kept. */
export async function erase(erasureId: string): Promise<string[]> {
  await db().raw('select oppiva_forget_name(?)', [erasureId]);
  const { rows } = await db().raw('select key from oppiva_erase(?) as key', [erasureId]);
  return rows.map(({ key }: { key: string }) => key);
}

/** Takes away what the organisation in scope keeps no longer; returns how many rows. */
export async function forgetOld(kind: RetentionKind, months: number): Promise<number> {
  const { rows } = await db().raw('select oppiva_forget_old(?, ?)::int as gone', [kind, months]);
  return rows[0].gone;
}
