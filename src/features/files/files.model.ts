import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { FileKind, Former, StoredFile } from './stored-file';

export { type Copy, FILE_KINDS, type FileKind, type StoredFile } from './stored-file';

/** What is known of bytes that were read and written anew. */
export type FileFacts = Pick<StoredFile, 'sha256' | 'mime' | 'bytes' | 'width' | 'height'> &
  Partial<Pick<StoredFile, 'kind' | 'ending' | 'folder' | 'sizes' | 'duration_ms' | 'contrast'>>;
export type NewFile = FileFacts & { organisation_id: string } & Partial<StoredFile>;

declare module 'knex/types/tables' {
  interface Tables {
    files: StoredFile;
  }
}

/** Where a copy lies; the whole file when none is named. */
export function storageKey(
  { organisation_id, sha256, folder, ending }: Pick<StoredFile, 'organisation_id' | 'sha256' | 'folder' | 'ending'>,
  copy = `full.${ending}`,
): string {
  return folder ? `${folder}/${copy}` : `pictures/${organisation_id}/${sha256}.webp`;
}

const asColumns = ({ sizes, alts, former, ...rest }: Partial<StoredFile>) => ({
  ...rest,
  ...(sizes && { sizes: JSON.stringify(sizes) as never }),
  ...(alts && { alts: JSON.stringify(alts) as never }),
  ...(former !== undefined && { former: (former && JSON.stringify(former)) as never }),
});

/** What is kept of a file when other bytes come in its place. */
export function formerOf(file: StoredFile, now = new Date()): Former {
  const { kind, ending, folder, sha256, mime, bytes, width, height, sizes, duration_ms, contrast } = file;
  const facts = { kind, ending, folder, sha256, mime, bytes, width, height, sizes, duration_ms, contrast };
  return { ...facts, replaced_at: now.toISOString() };
}

export async function insertFile(file: NewFile): Promise<StoredFile> {
  const [row] = await db()('files')
    .insert(asColumns(file) as NewFile)
    .returning('*');
  if (!row) throw new Error('the file was not stored');
  return row;
}

export async function updateFile(
  { organisation_id, id }: Pick<StoredFile, 'organisation_id' | 'id'>,
  values: Partial<StoredFile>,
): Promise<void> {
  await db()('files').where({ organisation_id, id }).update(asColumns(values));
}

/** The organisation's file, deleted or not. */
export function findFile(organisationId: string, id: string): Promise<StoredFile | undefined> {
  return db()('files')
    .where({ organisation_id: organisationId, id })
    .first()
    .then((row) => row);
}

/** The same, kept from others until the transaction ends. */
export function lockFile(organisationId: string, id: string): Promise<StoredFile | undefined> {
  return db()('files')
    .where({ organisation_id: organisationId, id })
    .forUpdate()
    .first()
    .then((row) => row);
}

/** The organisation's own files of these ids, by id; others' and deleted ones are left out. */
export async function selectFiles(organisationId: string, ids: readonly string[]): Promise<Map<string, StoredFile>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db().raw(
    'select * from files where organisation_id = ? and id = any(?::uuid[]) and deleted_at is null',
    [organisationId, ids] as never,
  );
  return new Map(rows.map((row: StoredFile) => [row.id, row]));
}

/** The organisation's newest files of these kinds, for a list to choose from. */
export function selectNewestFiles(
  organisationId: string,
  kinds: readonly FileKind[],
  most: number,
): Promise<StoredFile[]> {
  return db()('files')
    .where({ organisation_id: organisationId, deleted_at: null })
    .whereIn('kind', kinds)
    .orderBy([{ column: 'created_at', order: 'desc' }, 'id'])
    .limit(most);
}

/** A file whose bytes are the same; the oldest. */
export function findSameFile(organisationId: string, sha256: string): Promise<StoredFile | undefined> {
  return db()('files')
    .where({ organisation_id: organisationId, sha256 })
    .orderBy(['created_at', 'id'])
    .first()
    .then((row) => row);
}

/** Whether a row names the same bytes in the storage: a course that was copied by another organisation shows them too. */
export async function isKeptElsewhere({ folder }: Pick<StoredFile, 'folder'>): Promise<boolean> {
  if (!folder) return false;
  return (
    (await db()('files').where({ folder }).orWhereRaw("former ->> 'folder' = ?", [folder]).first('id')) !== undefined
  );
}

export async function deleteFile({ organisation_id, id }: StoredFile): Promise<void> {
  await db()('files').where({ organisation_id, id }).delete();
}

/** A file that the actor may see: of a published lesson that their organisation may read, or, for those who write, any of its own. */
export async function findVisibleFile(
  { organisation_id }: Pick<Actor, 'organisation_id'>,
  mayWrite: boolean,
  id: string,
): Promise<StoredFile | undefined> {
  const { rows } = await db().raw(
    `select f.* from files f where f.id = ? and ((? and f.organisation_id = ?) or exists (
      select from lesson_files lf
      join lessons l on l.id = lf.lesson_id and l.published_at is not null and l.organisation_id = f.organisation_id
      join courses c on c.id = l.course_id and c.published_at is not null
      where lf.file_id = f.id and (c.organisation_id = ? or exists (
        select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?))
        or c.id in (select b.course_id from enrolments b
          where b.organisation_id = (select oppiva_organisation()) and b.person_id = (select oppiva_person())))))`,
    [id, mayWrite, organisation_id, organisation_id, organisation_id],
  );
  return rows[0];
}

const ADDRESS = /\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** The ids of files that these texts show, whoever they belong to. */
export const fileIdsIn = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(ADDRESS)].flatMap(([, id]) => id ?? []))),
];

/** The organisation's own files that these texts show. The id of another's file in a text makes it nobody's to see. */
export async function selectFilesShown(organisationId: string, texts: readonly string[]): Promise<string[]> {
  return [...(await selectFiles(organisationId, fileIdsIn(texts))).keys()];
}

/** How many bytes an organisation's files take together, those in the bin, on their way and kept to be taken back too. */
export async function bytesKept(organisationId: string): Promise<number> {
  const { rows } = await db().raw(
    `select coalesce((select sum(bytes::bigint + coalesce((former ->> 'bytes')::bigint, 0)) from files where organisation_id = ?), 0)
      + coalesce((select sum(bytes::bigint) from file_upload_parts where organisation_id = ?), 0) as bytes`,
    [organisationId, organisationId],
  );
  return Number(rows[0].bytes);
}
