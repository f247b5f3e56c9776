import { db } from '../../lib/db';

/** A file on its way in parts. Only its sender meets the row. */
export interface FileUpload {
  id: string;
  organisation_id: string;
  person_id: string;
  name: string;
  /** Of the whole file, as its sender's device says. */
  bytes: string;
  file_id: string | null;
  started_at: Date;
}

export interface UploadPart {
  upload_id: string;
  organisation_id: string;
  number: number;
  bytes: number;
}

declare module 'knex/types/tables' {
  interface Tables {
    file_uploads: FileUpload;
    file_upload_parts: UploadPart;
  }
}

export const partKey = ({ organisation_id, upload_id, number }: Omit<UploadPart, 'bytes'>) =>
  `uploads/${organisation_id}/${upload_id}/${number}`;

/** Beginning twice with the same id begins once. */
export async function insertUpload(
  upload: Pick<FileUpload, 'id' | 'organisation_id' | 'person_id' | 'name'> & { bytes: number },
): Promise<void> {
  await db()('file_uploads')
    .insert({ ...upload, bytes: String(upload.bytes) })
    .onConflict('id')
    .ignore();
}

export function findUpload(
  { organisation_id, id: person_id }: { organisation_id: string; id: string },
  id: string,
): Promise<FileUpload | undefined> {
  return db()('file_uploads')
    .where({ organisation_id, person_id, id })
    .first()
    .then((row) => row);
}

export function selectParts({
  organisation_id,
  id,
}: Pick<FileUpload, 'organisation_id' | 'id'>): Promise<UploadPart[]> {
  return db()('file_upload_parts')
    .where({ organisation_id, upload_id: id })
    .orderBy('number')
    .then((rows) => rows);
}

export async function putPart(part: UploadPart): Promise<void> {
  await db()('file_upload_parts').insert(part).onConflict(['upload_id', 'number']).merge(['bytes']);
}

export async function setUploaded({ organisation_id, id }: FileUpload, fileId: string): Promise<void> {
  await db()('file_uploads').where({ organisation_id, id }).update({ file_id: fileId });
  await db()('file_upload_parts').where({ organisation_id, upload_id: id }).delete();
}

export async function deleteUpload({ organisation_id, id }: FileUpload): Promise<void> {
  await db()('file_uploads').where({ organisation_id, id }).delete();
}

/** How many uploads of a person are not whole yet. */
export async function countUnfinished(person: { organisation_id: string; id: string }): Promise<number> {
  const { organisation_id, id: person_id } = person;
  return (await db()('file_uploads').where({ organisation_id, person_id, file_id: null }).pluck('id')).length;
}

/** Uploads of everyone in the organisation that began before `before`; for the job, which is nobody. */
export function selectOldUploads(organisationId: string, before: Date): Promise<FileUpload[]> {
  return db()('file_uploads')
    .where({ organisation_id: organisationId })
    .where('started_at', '<', before)
    .limit(500)
    .then((rows) => rows);
}
