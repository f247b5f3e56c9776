import { db } from '../../lib/db';
import type { Block, RequestState, SupportForm } from './kinds';

export interface SupportRequest {
  id: string;
  organisation_id: string;
  area_code: string;
  theme: string;
  form: SupportForm;
  language: string;
  body: string;
  suits: string;
  state: RequestState;
  unmet_reason: string | null;
  supporter_id: string | null;
  offered_at: Date | null;
  accepted_at: Date | null;
  /** Days. */
  requested_on: string;
  ended_on: string | null;
  made_by: string | null;
}
/** How to reach who asked: for who helps only, until the request ends. */
export interface Reach {
  name: string;
  reach: string;
  address: string;
}
export interface SupportVisit {
  id: string;
  organisation_id: string;
  request_id: string;
  supporter_id: string | null;
  second_name: string;
  starts_at: Date;
  minutes: number;
  state: 'agreed' | 'done' | 'cancelled';
  consent_at: Date | null;
  checked: string[];
  follow_up: string | null;
  follow_up_on: string | null;
  followed_at: Date | null;
}
export interface SupportContact {
  id: string;
  organisation_id: string;
  supporter_id: string | null;
  place_id: string | null;
  request_id: string | null;
  visit_id: string | null;
  area_code: string;
  /** A day. */
  held_on: string;
  minutes: number;
  form: SupportForm;
  theme: string;
  help_level: number;
  blocked: Block | null;
  did_self: boolean;
  referred_to: string;
  note: string;
}

const requestColumns = 'r.*, r.requested_on::text as requested_on, r.ended_on::text as ended_on';
const contactColumns = 'c.*, c.held_on::text as held_on';

export async function insertRequest(
  row: Partial<SupportRequest> & Pick<SupportRequest, 'id'> & { receipt_hash?: string },
): Promise<boolean> {
  const rows = await db().table('support_requests').insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}
export async function insertReach(row: Reach & { request_id: string; organisation_id: string }): Promise<void> {
  await db().table('support_request_contacts').insert(row);
}
export async function deleteReach(organisation_id: string, request_id: string): Promise<void> {
  await db().table('support_request_contacts').where({ organisation_id, request_id }).delete();
}
export function findReach(organisation_id: string, request_id: string): Promise<Reach | undefined> {
  return db().table('support_request_contacts').where({ organisation_id, request_id }).first();
}

export async function findRequest(organisationId: string, id: string): Promise<SupportRequest | undefined> {
  const { rows } = await db().raw(
    `select ${requestColumns} from support_requests r where r.organisation_id = ? and r.id::text = ?`,
    [organisationId, id],
  );
  return rows[0];
}
/** The request with its row held until the end of the transaction. */
export async function lockRequest({ organisation_id, id }: SupportRequest): Promise<SupportRequest | undefined> {
  const { rows } = await db().raw(
    `select ${requestColumns} from support_requests r where r.organisation_id = ? and r.id = ? for update`,
    [organisation_id, id],
  );
  return rows[0];
}
export async function findByReceipt(organisationId: string, hash: string): Promise<SupportRequest | undefined> {
  const { rows } = await db().raw(
    `select ${requestColumns} from support_requests r where r.organisation_id = ? and r.receipt_hash = ?`,
    [organisationId, hash],
  );
  return rows[0];
}
export async function updateRequest(
  { organisation_id, id }: SupportRequest,
  changes: Partial<SupportRequest>,
): Promise<void> {
  await db().table('support_requests').where({ organisation_id, id }).update(changes);
}

/** Keeps a visit once; false when the form was sent twice. */
export async function insertVisit(
  row: Omit<SupportVisit, 'state' | 'consent_at' | 'checked' | 'follow_up' | 'follow_up_on' | 'followed_at'>,
) {
  const rows = await db().table('support_visits').insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}
export async function findVisit(organisationId: string, id: string): Promise<SupportVisit | undefined> {
  const { rows } = await db().raw(
    `select v.*, v.follow_up_on::text as follow_up_on from support_visits v where v.organisation_id = ? and v.id::text = ?`,
    [organisationId, id],
  );
  return rows[0];
}
export async function updateVisit(
  { organisation_id, id }: SupportVisit,
  changes: Partial<SupportVisit>,
): Promise<void> {
  await db().table('support_visits').where({ organisation_id, id }).update(changes);
}

/** Another agreed visit of the supporter that overlaps. Visits of one supporter wait for each other until the transaction ends. */
export async function findClash(
  organisationId: string,
  supporterId: string,
  { id, starts_at, minutes }: Pick<SupportVisit, 'id' | 'starts_at' | 'minutes'>,
): Promise<SupportVisit | undefined> {
  await db().raw("select pg_advisory_xact_lock(hashtextextended('visits ' || ?, 0))", [supporterId]);
  const { rows } = await db().raw(
    `select * from support_visits where organisation_id = ? and supporter_id = ? and id <> ? and state = 'agreed'
       and starts_at < ?::timestamptz + make_interval(mins => ?) and starts_at + make_interval(mins => minutes) > ?::timestamptz
     order by starts_at limit 1`,
    [organisationId, supporterId, id, starts_at, minutes, starts_at],
  );
  return rows[0];
}

/** Keeps a contact once; false when it was kept before. */
export async function insertContact(row: SupportContact): Promise<boolean> {
  const rows = await db()
    .table('support_contacts')
    .insert({ ...row, codes_never_handled: true })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}
export async function findContact(organisationId: string, id: string): Promise<SupportContact | undefined> {
  const { rows } = await db().raw(
    `select ${contactColumns} from support_contacts c where c.organisation_id = ? and c.id::text = ?`,
    [organisationId, id],
  );
  return rows[0];
}
/** The contact with its row held until the end of the transaction. */
export async function lockContact({ organisation_id, id }: SupportContact): Promise<SupportContact | undefined> {
  const { rows } = await db().raw(
    `select ${contactColumns} from support_contacts c where c.organisation_id = ? and c.id = ? for update`,
    [organisation_id, id],
  );
  return rows[0];
}
export async function updateContact({ organisation_id, id }: SupportContact, changes: Partial<SupportContact>) {
  await db().table('support_contacts').where({ organisation_id, id }).update(changes);
}
export async function deleteContact({ organisation_id, id }: SupportContact): Promise<void> {
  await db().table('support_contacts').where({ organisation_id, id }).delete();
}
