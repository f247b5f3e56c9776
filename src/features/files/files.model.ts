import { db } from '../../lib/db';

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

export async function findOwnFile(organisationId: string, id: string): Promise<StoredFile | undefined> {
  return db()('files').where({ organisation_id: organisationId, id }).first();
}

/** A file of the organisation, or one used in a published lesson that the organisation may read. */
export async function findVisibleFile(organisationId: string, id: string): Promise<StoredFile | undefined> {
  const { rows } = await db().raw(
    `select f.* from files f where f.id = ? and (f.organisation_id = ? or exists (
      select from lesson_files lf
      join lessons l on l.id = lf.lesson_id and l.published_at is not null
      join courses c on c.id = l.course_id and c.published_at is not null
      join course_shares s on s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)
      where lf.file_id = f.id))`,
    [id, organisationId, organisationId],
  );
  return rows[0];
}
