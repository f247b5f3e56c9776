import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { CredentialContent } from './content';

export const KINDS = ['course', 'path', 'badge', 'work'] as const;
export type CredentialKind = (typeof KINDS)[number];

/** Something that an organisation gave to a person: offered first; theirs to accept, decline and delete. */
export interface IssuedCredential {
  id: string;
  organisation_id: string;
  person_id: string;
  kind: CredentialKind;
  /** What it was given for: the same thing is given once. */
  key: string;
  state: 'offered' | 'accepted' | 'declined';
  achievement_id: string | null;
  course_id: string | null;
  path_id: string | null;
  given_by: string | null;
  reason: string;
  content: CredentialContent;
  shown_name: string;
  code: string | null;
  is_public: boolean;
  offered_at: Date;
  issued_at: Date | null;
  /** The last day. */
  valid_until: Day | null;
  document: string | null;
  status_list: number | null;
  status_index: number | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoke_reason: string;
}

declare module 'knex/types/tables' {
  interface Tables {
    issued_credentials: IssuedCredential;
  }
}

export const LIST_SIZE = 131_072;
/** Places taken before the next list is begun: a free one is then found at once. */
const MOST_IN_LIST = LIST_SIZE / 2;

const DATED = () => [db().raw('*') as never, db().raw("to_char(valid_until, 'YYYY-MM-DD') as valid_until") as never];

export type NewCredential = Pick<
  IssuedCredential,
  'organisation_id' | 'person_id' | 'kind' | 'key' | 'content' | 'valid_until'
> &
  Partial<Pick<IssuedCredential, 'achievement_id' | 'course_id' | 'path_id' | 'given_by' | 'reason'>>;

/** Its id; undefined when the person was given this before. */
export async function insertCredential(row: NewCredential): Promise<string | undefined> {
  const made = await db()('issued_credentials')
    .insert({ ...row, content: JSON.stringify(row.content) as never })
    .onConflict(['organisation_id', 'person_id', 'key'])
    .ignore()
    .returning('id');
  return made[0]?.id;
}

export function findCredential(organisationId: string, id: string): Promise<IssuedCredential | undefined> {
  return db()('issued_credentials').where({ organisation_id: organisationId, id }).first(DATED());
}

export function findByKey(
  { id, organisation_id }: { id: string; organisation_id: string },
  key: string,
): Promise<IssuedCredential | undefined> {
  return db()('issued_credentials').where({ organisation_id, person_id: id, key }).first(DATED());
}

export function lockCredential({ id, organisation_id }: Pick<IssuedCredential, 'id' | 'organisation_id'>) {
  return db()('issued_credentials').where({ organisation_id, id }).forUpdate().first(DATED()) as Promise<
    IssuedCredential | undefined
  >;
}

export async function setCredential(
  { id, organisation_id }: Pick<IssuedCredential, 'id' | 'organisation_id'>,
  values: Partial<Omit<IssuedCredential, 'content'>> & { content?: unknown },
): Promise<void> {
  const content = values.content === undefined ? {} : { content: JSON.stringify(values.content) };
  await db()('issued_credentials')
    .where({ organisation_id, id })
    .update({ ...values, ...content } as never);
}

/** A person's own that they have not declined, the newest first. */
export const ownCredentials = ({ id, organisation_id }: { id: string; organisation_id: string }) =>
  db()('issued_credentials')
    .where({ organisation_id, person_id: id })
    .whereNot({ state: 'declined' })
    .orderBy('offered_at', 'desc')
    .orderBy('id')
    .limit(200)
    .select(DATED());

/** What the person declined or deleted may be offered for the same finish again, when they ask for it themselves. */
export async function openDeclined(
  { id, organisation_id }: { id: string; organisation_id: string },
  key: string,
): Promise<void> {
  await db()('issued_credentials')
    .where({ organisation_id, person_id: id, state: 'declined' })
    .whereRaw("(key = ? or key like 'badge % ' || ?)", [key, key])
    .update({ key: db().raw("key || ' ' || id") as never });
}

/** Where a code leads: only what its person accepted and shows. Nobody needs to be in scope. */
export async function findByCode(code: string): Promise<{ id: string; organisation_id: string } | undefined> {
  const { rows } = await db().raw('select id, organisation_id from open_credential(?)', [code]);
  return rows[0];
}

/** A free place in the organisation's newest status list. Places follow no order, so that none tells who got theirs when. */
export async function takeStatusPlace(organisationId: string): Promise<{ list: number; index: number }> {
  const [count] = await db()('issued_credentials')
    .where({ organisation_id: organisationId })
    .whereNotNull('status_index')
    .count('* as n');
  const list = 1 + Math.floor(Number((count as { n?: string } | undefined)?.n ?? 0) / MOST_IN_LIST);
  await db()('status_lists').insert({ organisation_id: organisationId, number: list }).onConflict().ignore();
  const { rows } = await db().raw(
    `select n.index from generate_series(1, 40) tries, lateral (select floor(random() * ?)::int + 0 * tries as index) n
     where not exists (select from issued_credentials c where c.organisation_id = ? and c.status_list = ? and c.status_index = n.index)
       and not exists (select from revoked_bits r where r.organisation_id = ? and r.list = ? and r.index = n.index) limit 1`,
    [LIST_SIZE, organisationId, list, organisationId, list],
  );
  return { list, index: rows[0].index };
}
