import { db } from '../../lib/db';
import type { KeptPicture } from './pictures.model';

/** Pictures that the reader in scope may see, the newest first; the figures stay where they are. */
export async function selectPictures(): Promise<(Omit<KeptPicture, 'figures'> & { keeper: string })[]> {
  const { rows } = await db().raw(
    `select k.id, k.organisation_id, k.space_id, k.visibility, k.title, k.note, k.made_by, k.made_at, o.name as keeper
     from situation_pictures k join organisations o on o.id = k.organisation_id order by k.made_at desc, k.id limit 100`,
  );
  return rows;
}
