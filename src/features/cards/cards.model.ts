import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';
import type { Theme } from '../loop/themes';
import type { CardKindName } from './kinds';

export interface Card {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  kind: CardKindName;
  language: string;
  title: string;
  /** Field -> text; see kinds. */
  body: Record<string, string>;
  theme: Theme;
  population_group: string | null;
  area_code: string | null;
  status: string;
  /** YYYY-MM-DD. */
  happens_on: string | null;
  owner_id: string | null;
  made_by: string | null;
  receipt_hash: string | null;
  /** One sentence of what was learned. */
  learned: string;
  merged_into: string | null;
  created_at: Date;
  answered_at: Date | null;
  closed_at: Date | null;
}
export interface CardResponse {
  id: string;
  card_id: string;
  organisation_id: string;
  host_organisation_id: string;
  person_id: string | null;
  shown_name: string;
  body: string;
  made_at: Date;
}

const CARD = 'c.*, c.happens_on::text as happens_on';

/** A card that the reader in scope may see. */
export async function findCard(id: string): Promise<(Card & { keeper: string }) | undefined> {
  const { rows } = await db().raw(
    `select ${CARD}, n.name as keeper from cards c join organisations n on n.id = c.organisation_id where c.id::text = ?`,
    [id],
  );
  return rows[0];
}

/** The card that a sender's code belongs to, among those of the organisation in scope. */
export async function findByReceipt(organisationId: string, receiptHash: string): Promise<Card | undefined> {
  const { rows } = await db().raw(`select ${CARD} from cards c where organisation_id = ? and receipt_hash = ?`, [
    organisationId,
    receiptHash,
  ]);
  return rows[0];
}

type NewCard = Pick<Card, 'id' | 'organisation_id' | 'kind' | 'title' | 'theme' | 'status'> & Partial<Card>;

/** Keeps a card once; false when its form was sent twice. */
export async function insertCard(card: NewCard): Promise<boolean> {
  const rows = await db()
    .table('cards')
    .insert({ ...card, ...(card.body && { body: JSON.stringify(card.body) }) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

export async function updateCard(id: string, changes: Partial<Card>): Promise<void> {
  await db()
    .table('cards')
    .where({ id })
    .update({ ...changes, ...(changes.body && { body: JSON.stringify(changes.body) }) });
}

export async function insertStep(step: Record<string, unknown> & { id: string }): Promise<boolean> {
  const rows = await db().table('card_steps').insert(step).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function insertResponse(response: Omit<CardResponse, 'made_at'>): Promise<boolean> {
  const rows = await db().table('card_responses').insert(response).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

/** Says or takes back that an organisation uses what the card tells. Returns whether it does now. */
export async function toggleUse(card: Card, organisationId: string): Promise<boolean> {
  const where = { card_id: card.id, organisation_id: organisationId };
  if ((await db().table('card_uses').where(where).delete()) > 0) return false;
  await db()
    .table('card_uses')
    .insert({ ...where, host_organisation_id: card.organisation_id });
  return true;
}

/** Organisations that take challenges from anybody. By name. */
export function selectHosts(): Promise<{ id: string; slug: string; name: string }[]> {
  return db()
    .table('organisations')
    .orderBy('name')
    .select('id', 'slug', 'name')
    .then((rows) => rows);
}
