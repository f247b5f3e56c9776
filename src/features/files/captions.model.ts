import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { StoredFile } from './files.model';
import type { Cue } from './webvtt';

/** What is said in a sound or a video, in one language. Readers of lessons that show the file may read it. */
export interface Captions {
  file_id: string;
  organisation_id: string;
  language: Language;
  cues: Cue[];
  version: number;
  changed_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    captions: Captions;
  }
}

/** All captions of a file, in no order; none of another organisation's. Ask first whether the file may be seen. */
export function selectCaptions({
  id,
  organisation_id,
}: Pick<StoredFile, 'id' | 'organisation_id'>): Promise<Captions[]> {
  return db()('captions')
    .where({ organisation_id, file_id: id })
    .orderBy('language')
    .then((rows) => rows);
}

/** Of several files at once, by the file's id. */
export async function captionsOfFiles(
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, Captions[]>> {
  const rows: Captions[] = ids.length
    ? await db()('captions').where({ organisation_id: organisationId }).whereIn('file_id', ids).orderBy('language')
    : [];
  return Map.groupBy(rows, ({ file_id }) => file_id);
}

/** False when others have changed them since `version`; 0 is "there were none". */
export async function putCaptions(
  captions: Pick<Captions, 'file_id' | 'organisation_id' | 'language' | 'cues' | 'version'>,
): Promise<boolean> {
  const { file_id, organisation_id, language, version } = captions;
  const cues = JSON.stringify(captions.cues) as never;
  const changed = { cues, version: version + 1, changed_at: new Date() };
  if (version > 0)
    return (await db()('captions').where({ file_id, organisation_id, language, version }).update(changed)) > 0;
  const row = { file_id, organisation_id, language, cues };
  const inserted = await db()('captions').insert(row).onConflict(['file_id', 'language']).ignore().returning('version');
  return inserted.length > 0;
}

export async function deleteCaptions({ file_id, organisation_id, language }: Captions): Promise<void> {
  await db()('captions').where({ file_id, organisation_id, language }).delete();
}
