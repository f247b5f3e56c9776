import { db } from '../../lib/db';

/** What a digital peer may be asked to do; each is given by name. */
export const PEER_TASKS = ['place', 'remote', 'home', 'group', 'paper'] as const;
export type PeerTask = (typeof PEER_TASKS)[number];

export interface Shift {
  id: string;
  organisation_id: string;
  place_id: string;
  starts_at: Date;
  minutes: number;
  /** How many supporters. */
  needed: number;
  made_by: string | null;
  cancelled_at: Date | null;
}
export interface ShiftPerson {
  shift_id: string;
  organisation_id: string;
  person_id: string;
  /** The line in the ledger of hours. */
  entry_id: string;
  /** Null until the hours were told. */
  told_minutes: number | null;
}
export interface Peer {
  organisation_id: string;
  person_id: string;
  tasks: PeerTask[];
  mentor_id: string | null;
  /** What was agreed with the mentor; both read it. */
  agreed: string;
  /** A day. */
  meet_on: string | null;
  changed_by: string | null;
}
type Whose = { organisation_id: string; id: string };

/** False when the form was sent before. */
export async function insertShift(row: Omit<Shift, 'cancelled_at'>): Promise<boolean> {
  const rows = await db().table('support_shifts').insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}
/** Whether the place has another shift that overlaps. */
export async function hasShiftThen(
  place: { organisation_id: string; id: string },
  { id, starts_at, minutes }: Pick<Shift, 'id' | 'starts_at' | 'minutes'>,
): Promise<boolean> {
  const { rows } = await db().raw(
    `select exists (select from support_shifts s where s.organisation_id = :o and s.place_id = :place and s.id <> :id and s.cancelled_at is null
       and s.starts_at < cast(:from as timestamptz) + make_interval(mins => cast(:minutes as int))
       and s.starts_at + make_interval(mins => s.minutes) > cast(:from as timestamptz)) as is_double`,
    { o: place.organisation_id, place: place.id, id, from: starts_at, minutes },
  );
  return rows[0].is_double;
}
export async function findShift(organisationId: string, id: string): Promise<Shift | undefined> {
  const { rows } = await db().raw('select * from support_shifts where organisation_id = ? and id::text = ?', [
    organisationId,
    id,
  ]);
  return rows[0];
}
/** The shift with its row held until the end of the transaction, and who comes. */
export async function lockShift({ organisation_id, id }: Whose): Promise<(Shift & { people: string[] }) | undefined> {
  const shift = await db().table('support_shifts').where({ organisation_id, id }).forUpdate().first();
  if (!shift) return undefined;
  const people = await db().table('support_shift_people').where({ organisation_id, shift_id: id }).select('person_id');
  return { ...shift, people: people.map(({ person_id }) => person_id) };
}
export async function cancelShiftRow({ organisation_id, id }: Whose): Promise<void> {
  await db().table('support_shifts').where({ organisation_id, id }).update({ cancelled_at: new Date() });
}

export async function insertShiftPerson(row: Pick<ShiftPerson, 'shift_id' | 'organisation_id' | 'person_id'>) {
  await db().table('support_shift_people').insert(row).onConflict(['shift_id', 'person_id']).ignore();
}
/** One's own place in a shift, with its row held. */
export async function lockShiftPerson(
  { organisation_id, id }: Whose,
  person_id: string,
): Promise<ShiftPerson | undefined> {
  return db().table('support_shift_people').where({ organisation_id, shift_id: id, person_id }).forUpdate().first();
}
export async function setTold({ organisation_id, shift_id, person_id }: ShiftPerson, minutes: number): Promise<void> {
  await db()
    .table('support_shift_people')
    .where({ organisation_id, shift_id, person_id })
    .update({ told_minutes: minutes });
}
export async function deleteShiftPerson({ organisation_id, shift_id, person_id }: ShiftPerson): Promise<void> {
  await db().table('support_shift_people').where({ organisation_id, shift_id, person_id }).delete();
}

/**
 * Another shift or agreed visit of the person that overlaps. What one person promises waits in line until the transaction ends,
 * with the same lock as visits, so that neither slips past the other.
 */
export async function findOwnClash(
  organisationId: string,
  personId: string,
  { id, starts_at, minutes }: Pick<Shift, 'id' | 'starts_at' | 'minutes'>,
): Promise<{ starts_at: Date; minutes: number } | undefined> {
  await db().raw("select pg_advisory_xact_lock(hashtextextended('visits ' || ?, 0))", [personId]);
  const { rows } = await db().raw(
    `select starts_at, minutes from (
       select s.starts_at, s.minutes from support_shifts s join support_shift_people p on p.shift_id = s.id
         where s.organisation_id = :o and p.person_id = :me and s.id <> :id and s.cancelled_at is null
       union all select starts_at, minutes from support_visits where organisation_id = :o and supporter_id = :me and state = 'agreed'
     ) a where starts_at < cast(:from as timestamptz) + make_interval(mins => cast(:minutes as int)) and starts_at + make_interval(mins => a.minutes) > cast(:from as timestamptz)
     order by starts_at limit 1`,
    { o: organisationId, me: personId, id, from: starts_at, minutes },
  );
  return rows[0];
}

export async function findPeer(organisationId: string, personId: string): Promise<Peer | undefined> {
  const { rows } = await db().raw(
    'select *, meet_on::text as meet_on from support_peers where organisation_id = ? and person_id = ?',
    [organisationId, personId],
  );
  return rows[0];
}
export async function upsertPeer(row: Peer): Promise<void> {
  await db()
    .table('support_peers')
    .insert({ ...row, changed_at: new Date() })
    .onConflict(['organisation_id', 'person_id'])
    .merge();
}
