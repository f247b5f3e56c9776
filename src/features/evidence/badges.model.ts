import { db } from '../../lib/db';
import { type Asked, askedBindings, mayStillBeAsked } from './asked-today';
import type { BadgeLevel } from './badge-levels';

export type BadgeState = 'unknown' | 'asked' | 'refused' | 'ready' | 'taken';

/** A badge that a person brought, as the facts that were verified. */
export interface Badge {
  id: string;
  organisation_id: string;
  person_id: string;
  state: BadgeState;
  badge_key: string;
  format: string;
  achievement_id: string;
  name: string;
  issuer_id: string | null;
  issuer_name: string;
  issued_at: Date;
  expires_at: Date | null;
  checks: { signature: string; status: string; recipient: 'email' | 'unknown' | 'person'; checked_at: string };
  /** What the badge itself says it is about. */
  alignments: BadgeLevel[];
  judge_id: string | null;
  brought_at: Date;
  taken_at: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    badges: Badge;
  }
}

/** The id of the new row, or of the same badge brought before. */
export async function insertBadge(
  row: Omit<Badge, 'id' | 'brought_at' | 'taken_at' | 'judge_id'>,
): Promise<{ id: string; isNew: boolean }> {
  const { organisation_id, person_id, badge_key } = row;
  const values = {
    ...row,
    checks: JSON.stringify(row.checks) as never,
    alignments: JSON.stringify(row.alignments) as never,
  };
  const [made] = await db()
    .table('badges')
    .insert(values)
    .onConflict(['organisation_id', 'person_id', 'badge_key'])
    .ignore()
    .returning('id');
  if (made) return { id: made.id, isNew: true };
  const known = await db()('badges').where({ organisation_id, person_id, badge_key }).first('id');
  return { id: known?.id as string, isNew: false };
}

export function findBadge(organisationId: string, id: string): Promise<Badge | undefined> {
  return db()('badges').where({ organisation_id: organisationId, id }).first();
}

export function lockBadge({ organisation_id, id }: Pick<Badge, 'organisation_id' | 'id'>): Promise<Badge | undefined> {
  return db()('badges').where({ organisation_id, id }).forUpdate().first();
}

export async function setBadge(
  { organisation_id, id }: Pick<Badge, 'organisation_id' | 'id'>,
  { checks, ...values }: Partial<Pick<Badge, 'state' | 'judge_id' | 'taken_at' | 'checks'>>,
): Promise<void> {
  await db()('badges')
    .where({ organisation_id, id })
    .update({ ...values, ...(checks && { checks: JSON.stringify(checks) as never }) });
}

export async function deleteBadge({ organisation_id, id }: Badge): Promise<void> {
  await db()('badges').where({ organisation_id, id }).delete();
}

/** The person's own, the one brought last first. */
export function ownBadges({ organisation_id, id }: { organisation_id: string; id: string }) {
  return db()('badges').where({ organisation_id, person_id: id }).orderBy('brought_at', 'desc').limit(60);
}

export interface WaitingBadge extends Badge {
  person_name: string;
}

/** Badges of which the actor was asked whose they are, the one that has waited longest first. */
export function badgesToCheck(actor: Asked) {
  return db().raw<{ rows: WaitingBadge[] }>(
    `select b.*, p.name as person_name from badges b join people p on p.id = b.person_id
     where b.organisation_id = ? and b.judge_id = ? and b.state = 'asked' and ${mayStillBeAsked('b')}
     order by b.brought_at limit 60`,
    [actor.organisation_id, actor.id, ...askedBindings(actor)] as never,
  );
}
