import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';
import type { Picture } from './picture';

/** A picture of a day that somebody kept. */
export interface KeptPicture {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  title: string;
  note: string;
  figures: Picture;
  made_by: string | null;
  made_at: Date;
}

/** A picture that the reader in scope may see, with the names of its keeper and of who made it. */
export async function findPicture(id: string): Promise<(KeptPicture & { keeper: string }) | undefined> {
  const { rows } = await db().raw(
    'select k.*, o.name as keeper from situation_pictures k join organisations o on o.id = k.organisation_id where k.id::text = ?',
    [id],
  );
  return rows[0];
}

/** Keeps a picture once; false when its form was sent twice. */
export async function insertPicture(picture: Omit<KeptPicture, 'made_at'>): Promise<boolean> {
  const rows = await db()
    .table('situation_pictures')
    .insert({ ...picture, figures: JSON.stringify(picture.figures) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

export async function updatePicture(
  { organisation_id, id }: KeptPicture,
  changes: Pick<KeptPicture, 'visibility' | 'space_id'>,
): Promise<void> {
  await db().table('situation_pictures').where({ organisation_id, id }).update(changes);
}

export async function deletePicture({ organisation_id, id }: KeptPicture): Promise<void> {
  await db().table('situation_pictures').where({ organisation_id, id }).delete();
}

/** What an hour of each form costs an organisation, in cents. */
export async function selectCosts(organisationId: string): Promise<Record<string, number>> {
  const rows = await db().table('support_costs').where({ organisation_id: organisationId });
  return Object.fromEntries(rows.map(({ form, cents_per_hour }) => [form, cents_per_hour]));
}

export async function replaceCosts(organisation_id: string, costs: Record<string, number>): Promise<void> {
  await db().table('support_costs').where({ organisation_id }).delete();
  const rows = Object.entries(costs).map(([form, cents_per_hour]) => ({ organisation_id, form, cents_per_hour }));
  if (rows.length > 0) await db().table('support_costs').insert(rows);
}
