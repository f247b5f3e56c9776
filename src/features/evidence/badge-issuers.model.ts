import { db } from '../../lib/db';
import type { PublicJwk } from './badge-keys';
import type { BadgeLevel } from './badge-levels';

/** One whom an organisation trusts as a giver of badges. */
export interface BadgeIssuer {
  id: string;
  organisation_id: string;
  name: string;
  address: string;
  keys: PublicJwk[];
  /** Which of our ready lists of badges is theirs. */
  ready: string | null;
  added_by: string | null;
  added_at: Date;
  removed_at: Date | null;
}

export interface BadgeMapping {
  organisation_id: string;
  issuer_id: string;
  /** The id of the achievement, or its name in small letters. */
  badge: string;
  competence_code: string;
  level: number;
  mapped_by: string | null;
  mapped_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    badge_issuers: BadgeIssuer;
    badge_mappings: BadgeMapping;
  }
}

/** Those trusted now, by name. */
export function selectIssuers(organisationId: string): Promise<BadgeIssuer[]> {
  return db()('badge_issuers').where({ organisation_id: organisationId, removed_at: null }).orderBy('name');
}

export function findIssuer(organisationId: string, id: string): Promise<BadgeIssuer | undefined> {
  return db()('badge_issuers').where({ organisation_id: organisationId, id, removed_at: null }).first();
}

/** Undefined when that address is trusted already. */
export async function insertIssuer(
  row: Pick<BadgeIssuer, 'organisation_id' | 'name' | 'address' | 'keys' | 'ready' | 'added_by'>,
): Promise<string | undefined> {
  const { rows } = await db().raw(
    `insert into badge_issuers (organisation_id, name, address, keys, ready, added_by) values (?, ?, ?, ?, ?, ?)
     on conflict (organisation_id, address) where removed_at is null do nothing returning id`,
    [row.organisation_id, row.name, row.address, JSON.stringify(row.keys), row.ready, row.added_by] as never,
  );
  return rows[0]?.id;
}

export async function setIssuer(
  { organisation_id, id }: BadgeIssuer,
  { keys, ...values }: Partial<Pick<BadgeIssuer, 'name' | 'keys' | 'removed_at'>>,
): Promise<void> {
  await db()('badge_issuers')
    .where({ organisation_id, id })
    .update({ ...values, ...(keys && { keys: JSON.stringify(keys) as never }) });
}

export function selectMappings(organisationId: string, issuerId: string): Promise<BadgeMapping[]> {
  return db()('badge_mappings')
    .where({ organisation_id: organisationId, issuer_id: issuerId })
    .orderBy(['badge', 'competence_code']);
}

export async function upsertMapping(row: Omit<BadgeMapping, 'mapped_at'>): Promise<void> {
  await db()('badge_mappings')
    .insert(row)
    .onConflict(['issuer_id', 'badge', 'competence_code'])
    .merge(['level', 'mapped_by']);
}

export async function deleteMapping({
  organisation_id,
  issuer_id,
  badge,
  competence_code,
}: Pick<BadgeMapping, 'organisation_id' | 'issuer_id' | 'badge' | 'competence_code'>): Promise<void> {
  await db()('badge_mappings').where({ organisation_id, issuer_id, badge, competence_code }).delete();
}

/** How a badge is called in a mapping: by what it is called by its giver. */
const namesOf = ({ achievement_id, name }: { achievement_id: string; name: string }): string[] =>
  [achievement_id, name.trim().toLowerCase()].filter(Boolean);

/** What the administrators say that a badge means. */
export async function mappedLevels(
  organisationId: string,
  issuerId: string | null,
  badge: { achievement_id: string; name: string },
): Promise<BadgeLevel[]> {
  if (issuerId === null) return [];
  return db()('badge_mappings')
    .where({ organisation_id: organisationId, issuer_id: issuerId })
    .whereIn('badge', namesOf(badge))
    .orderBy('level')
    .select('competence_code', 'level');
}
