import { randomUUID } from 'node:crypto';
import { db } from '../../lib/db';
import { contentKey, type H5pContent, insertContent } from './contents.model';

/**
 * Gives an organisation interactive tasks of another one (`from`), in the caller's transaction: a row of its own for each, which names
 * the bytes where they lie. Returns the new ids by the old ones. Whether they may be taken is asked by the caller.
 */
export async function takeContents(
  organisationId: string,
  from: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  if (ids.length === 0) return taken;
  const { rows } = await db().raw<{ rows: H5pContent[] }>(
    'select * from h5p_contents where organisation_id = ? and id = any(?::uuid[]) order by id',
    [from, ids] as never,
  );
  for (const content of rows) {
    const { id: before, version, created_at, files, ...rest } = content;
    const id = randomUUID();
    const kept = files.map((file) => ({ ...file, kept_as: file.kept_as ?? contentKey(before, version, file.sha256) }));
    await insertContent({ ...rest, id, organisation_id: organisationId, uploaded_by: null, files: kept });
    taken.set(before, id);
  }
  return taken;
}
