import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

/** A picture of a lesson. Its bytes are in the storage under `storageKey`. */
export interface StoredFile {
  id: string;
  organisation_id: string;
  sha256: string;
  mime: string;
  bytes: number;
  width: number;
  height: number;
  created_at: Date;
}

export type NewFile = Omit<StoredFile, 'id' | 'created_at'>;

declare module 'knex/types/tables' {
  interface Tables {
    files: StoredFile;
  }
}

export const storageKey = (file: Pick<StoredFile, 'organisation_id' | 'sha256'>) =>
  `pictures/${file.organisation_id}/${file.sha256}.webp`;

/** The same bytes are kept once in an organisation: the row that is there comes back. */
export async function insertFile(file: NewFile): Promise<StoredFile> {
  const [row] = await db()('files')
    .insert(file)
    .onConflict(['organisation_id', 'sha256'])
    .merge(['mime'])
    .returning('*');
  if (!row) throw new Error('the file was not stored');
  return row;
}

/** A picture that the actor may see: in a published lesson that their organisation may read, or, for those who write, any of its own. */
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
        select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)))))`,
    [id, mayWrite, organisation_id, organisation_id, organisation_id],
  );
  return rows[0];
}

const ADDRESS = /\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** The organisation's own pictures that these texts show. The id of another's picture in a text makes it nobody's to see. */
export async function selectFilesShown(organisationId: string, texts: readonly string[]): Promise<string[]> {
  const ids = texts.flatMap((text) => [...text.matchAll(ADDRESS)].map(([, id]) => id));
  if (ids.length === 0) return [];
  const { rows } = await db().raw('select id from files where organisation_id = ? and id = any(?::uuid[])', [
    organisationId,
    ids,
  ] as never);
  return rows.map((row: { id: string }) => row.id);
}
