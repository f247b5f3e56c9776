import { db } from '../../lib/db';
import type { Organisation } from '../organisations/organisations.model';

/** A key pair that an organisation signs with. Old public keys stay: what they signed can be checked. */
export interface IssuerKey {
  id: string;
  organisation_id: string;
  number: number;
  public_multibase: string;
  sealed: string;
  created_by: string | null;
  created_at: Date;
  /** Since when nothing that it signed is believed. */
  revoked_at: Date | null;
}

export type Issuer = Pick<Organisation, 'id' | 'slug' | 'name'>;

declare module 'knex/types/tables' {
  interface Tables {
    issuer_keys: IssuerKey;
  }
}

/** Those who make keys of an organisation wait for each other. */
export async function lockKeys(organisationId: string): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`issuer keys ${organisationId}`]);
}

export const selectKeys = (organisationId: string) =>
  db()('issuer_keys').where({ organisation_id: organisationId }).orderBy('number', 'desc');

export async function insertKey(
  key: Pick<IssuerKey, 'organisation_id' | 'number' | 'public_multibase' | 'sealed' | 'created_by'>,
): Promise<IssuerKey> {
  const [made] = await db()('issuer_keys').insert(key).returning('*');
  return made as IssuerKey;
}

/** False when it was revoked before, or is not theirs. */
export async function revokeKey(organisationId: string, number: number): Promise<boolean> {
  const changed = await db()('issuer_keys')
    .where({ organisation_id: organisationId, number, revoked_at: null })
    .update({ revoked_at: new Date() });
  return changed > 0;
}

export const findIssuerBySlug = (slug: string): Promise<Issuer | undefined> =>
  db()('organisations').where({ slug }).first('id', 'slug', 'name');

export const findIssuer = (organisationId: string): Promise<Issuer | undefined> =>
  db()('organisations').where({ id: organisationId }).first('id', 'slug', 'name');
