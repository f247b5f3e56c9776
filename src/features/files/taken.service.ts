import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { db } from '../../lib/db';
import { storage } from '../../lib/storage';
import { findSameFile, insertFile, type StoredFile, storageKey } from './files.model';

/**
 * Gives an organisation files of another one (`from`), in the caller's transaction: a row of its own for each, with the same bytes in
 * the storage, which stay there while any row names them. A file that it has already is that one. Returns the new ids by the
 * old ones; what is gone is left out. Whether they may be taken is asked by the caller.
 */
export async function takeFiles(
  organisationId: string,
  from: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  if (ids.length === 0) return taken;
  // Held, so that nobody takes the bytes away meanwhile.
  const { rows } = await db().raw<{ rows: StoredFile[] }>(
    'select * from files where organisation_id = ? and id = any(?::uuid[]) and deleted_at is null order by id for share',
    [from, ids] as never,
  );
  for (const file of rows) taken.set(file.id, await takeFile(organisationId, file));
  return taken;
}

async function takeFile(organisationId: string, file: StoredFile): Promise<string> {
  if (file.organisation_id === organisationId) return file.id;
  const same = await findSameFile(organisationId, file.sha256);
  if (same && !same.deleted_at && same.kind === file.kind) return same.id;
  const { id: _, created_at, version, former, ...facts } = file;
  const folder = file.folder || (await ownFolder(organisationId, file));
  const own = await insertFile({ ...facts, organisation_id: organisationId, folder });
  await db().raw(
    `insert into captions (file_id, organisation_id, language, cues)
     select ?, ?, language, cues from captions where file_id = ?`,
    [own.id, organisationId, file.id],
  );
  return own.id;
}

/** Pictures from before there were folders lie under their organisation's name: of those the bytes are copied. */
async function ownFolder(organisationId: string, file: StoredFile): Promise<string> {
  const folder = `media/${organisationId}/${randomUUID()}`;
  const bytes = await storage().read(storageKey(file));
  if (bytes) await storage().write(`${folder}/full.${file.ending}`, await buffer(bytes), file.mime);
  return folder;
}
