import { db } from '../../lib/db';

export const WAY_KINDS = ['picture', 'card', 'mail', 'phone', 'passkey', 'totp'] as const;
export type WayKind = (typeof WAY_KINDS)[number];

export interface Way {
  id: string;
  person_id: string;
  kind: WayKind;
  /** What its owner calls it; empty for most. */
  name: string;
  details: WayDetails;
  failures: number;
  created_at: Date;
  made_by: string | null;
  /** The last day it was used; shown to its person only. */
  used_on: Date | null;
}

export interface WayDetails {
  phone?: string;
  /** How a browser reaches the passkey. */
  transports?: string[];
  /** The passkey is kept by the maker of the device too, so it survives a lost one. */
  synced?: boolean;
  /** Keyed hashes of codes on paper that are not used yet. */
  recovery?: string[];
  /** The card has a number that its person knows. */
  numbered?: boolean;
}

interface WaySecret {
  handle: string | null;
  secret: string;
  counter: string;
}

declare module 'knex/types/tables' {
  interface Tables {
    sign_in_ways: Way & WaySecret;
  }
}

const SHOWN = ['id', 'person_id', 'kind', 'name', 'details', 'failures', 'created_at', 'made_by', 'used_on'] as const;

/** What the person has, the oldest first; readable to them and to the organisation that made the account. */
export function selectWays(personId: string): Promise<Way[]> {
  return db()('sign_in_ways')
    .where({ person_id: personId })
    .orderBy('created_at')
    .select(...SHOWN)
    .then((rows) => rows as Way[]);
}

type NewWay = Pick<Way, 'person_id' | 'kind'> &
  Partial<
    Pick<Way, 'id' | 'name' | 'details' | 'made_by'> & Pick<WaySecret, 'handle' | 'secret'> & { counter: number }
  >;

export async function insertWay(way: NewWay): Promise<string> {
  const row = { ...way, details: JSON.stringify(way.details ?? {}) } as never;
  const [made] = await db()('sign_in_ways').insert(row, ['id']);
  return (made as { id: string }).id;
}

/** Takes ways of one kind away, those of another person never. Returns how many there were. */
export function deleteWaysOf(personId: string, kind: WayKind): Promise<number> {
  return db()('sign_in_ways').where({ person_id: personId, kind }).delete();
}

/** The kind of the way taken away; undefined when it was not the person's. */
export async function deleteWay(personId: string, wayId: string): Promise<WayKind | undefined> {
  const { rows } = await db().raw('delete from sign_in_ways where id = ? and person_id = ? returning kind', [
    wayId,
    personId,
  ]);
  return rows[0]?.kind;
}

export async function setWay(
  wayId: string,
  values: Partial<Pick<Way, 'name'> & { secret: string; details: WayDetails; counter: number; failures: number }>,
): Promise<number> {
  const { details, ...rest } = values;
  return db()('sign_in_ways')
    .where({ id: wayId })
    .update({ ...rest, ...(details && { details: JSON.stringify(details) }) } as never);
}

export async function markUsed(wayId: string): Promise<void> {
  await db().raw('update sign_in_ways set used_on = current_date, failures = 0 where id = ?', [wayId]);
}

/** Counts a try of the card's number before it is looked at. False when five in a row were wrong. */
export async function countTry(wayId: string): Promise<boolean> {
  const { rowCount } = await db().raw('update sign_in_ways set failures = failures + 1 where id = ? and failures < 5', [
    wayId,
  ]);
  return rowCount === 1;
}

/** The way of this kind behind a user name or an e-mail, before anyone is known. */
export async function findWayNamed(
  name: string,
  kind: WayKind,
): Promise<{ person_id: string; way_id: string; secret: string } | undefined> {
  const { rows } = await db().raw('select person_id, way_id, secret from sign_in_way_named(?, ?)', [name, kind]);
  return rows[0];
}

export interface HeldWay {
  person_id: string;
  way_id: string;
  secret: string;
  details: WayDetails;
  counter: string;
  failures: number;
}

/** The card or the passkey itself, before anyone is known. */
export async function findWayHeld(kind: 'card' | 'passkey', handle: string): Promise<HeldWay | undefined> {
  const { rows } = await db().raw('select * from sign_in_way_held(?, ?)', [kind, handle]);
  return rows[0];
}

export type OwnSecret = Pick<Way, 'id' | 'kind' | 'details'> & WaySecret;

/** Secrets of the person in scope. Never shown: they are compared only. */
export async function ownSecrets(): Promise<OwnSecret[]> {
  const { rows } = await db().raw('select * from own_sign_in_secrets()');
  return rows;
}

/** Uses a half minute of the app's codes. False when it, or a later one, was used already: also of two at once. */
export async function useTimeStep(wayId: string, timeStep: number): Promise<boolean> {
  const { rowCount } = await db().raw(
    'update sign_in_ways set counter = ?, used_on = current_date where id = ? and counter < ?',
    [timeStep, wayId, timeStep],
  );
  return rowCount === 1;
}

/** Uses a code on paper, by its hash. False when there is none such left. */
export async function useRecovery(wayId: string, hash: string): Promise<boolean> {
  const { rowCount } = await db().raw(
    `update sign_in_ways set details = jsonb_set(details, '{recovery}', (details -> 'recovery') - ?::text)
     where id = ? and jsonb_exists(details -> 'recovery', ?)`,
    [hash, wayId, hash],
  );
  return rowCount === 1;
}
