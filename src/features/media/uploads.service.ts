import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { atomically } from '../../lib/db';
import { AppError, tooLarge } from '../../lib/errors';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { storage } from '../../lib/storage';
import { removeOldUploads, uploadFolder } from '../../lib/upload';
import { bytesKept, FILE_KINDS, findFile, type StoredFile } from '../files/files.model';
import { type FileFault, MOST_MEGABYTES, mostBytes } from '../files/files.service';
import { type Actor, selectOrganisations } from '../organisations/organisations.model';
import { addFile } from './media.service';
import {
  countUnfinished,
  deleteUpload,
  type FileUpload,
  findUpload,
  insertUpload,
  partKey,
  putPart,
  selectOldUploads,
  selectParts,
  setUploaded,
} from './uploads.model';

export const CLEAR_UPLOADS_JOB = 'media.clear-uploads';
export const CLEAR_ORGANISATION_UPLOADS_JOB = 'media.clear-organisation-uploads';

const MEGABYTE = 1024 * 1024;
/** What is sent at a time: small enough for a phone on a bus. */
export const PART_BYTES = MEGABYTE;
const MOST_BYTES = Math.max(...Object.values(MOST_MEGABYTES)) * MEGABYTE;
const MOST_AT_ONCE = 10;
const DAY = 24 * 3600 * 1000;

/** Begins to take a file in parts; the same id again goes on where it was. Tells why not, when it cannot be taken. */
export async function beginUpload(
  actor: Actor,
  { id, name, bytes }: { id: string; name: string; bytes: number },
): Promise<FileFault | undefined> {
  if (bytes > MOST_BYTES) return 'large';
  if (bytes < 1) return 'empty';
  if ((await bytesKept(actor.organisation_id)) + bytes > mostBytes()) return 'quota';
  if ((await countUnfinished(actor)) >= MOST_AT_ONCE) throw new AppError(429);
  const { organisation_id, id: person_id } = actor;
  await insertUpload({ id, organisation_id, person_id, name: name.slice(0, 300), bytes });
  return undefined;
}

/** Keeps one part, the same one again in its place. Throws 413 for more than a part, 422 for one outside of the file. */
export async function takePart(upload: FileUpload, number: number, bytes: AsyncIterable<Buffer>): Promise<void> {
  const wanted = Math.min(PART_BYTES, Number(upload.bytes) - number * PART_BYTES);
  if (!Number.isInteger(number) || number < 0 || wanted <= 0) throw new AppError(422);
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > PART_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  // A part that broke off is no part: the device still has it and sends it again.
  if (length !== wanted) throw new AppError(422);
  const part = { organisation_id: upload.organisation_id, upload_id: upload.id, number };
  await storage().write(partKey(part), Buffer.concat(pieces), 'application/octet-stream');
  await putPart({ ...part, bytes: length });
}

export type Finishing = { ok: true; file: StoredFile } | { ok: false; fault: FileFault | 'parts' };

/** Makes a file of all parts, once, however often it is asked. What cannot be kept is gone with its parts. */
export async function finishUpload(actor: Actor, upload: FileUpload): Promise<Finishing> {
  const done = upload.file_id && (await findFile(actor.organisation_id, upload.file_id));
  if (done) return { ok: true, file: done };
  const parts = await selectParts(upload);
  if (parts.reduce((sum, { bytes }) => sum + bytes, 0) !== Number(upload.bytes)) return { ok: false, fault: 'parts' };
  const folder = await uploadFolder();
  try {
    const whole = path.join(folder, 'whole');
    await pipeline(Readable.from(bytesOf(upload, parts.length)), fs.createWriteStream(whole));
    const kept = await addFile(actor, { path: whole, originalname: upload.name }, FILE_KINDS);
    await removeParts(upload, parts);
    if (!kept.ok) {
      await deleteUpload(upload);
      return kept;
    }
    await atomically(() => setUploaded(upload, kept.file.id));
    return { ok: true, file: kept.file };
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true });
  }
}

async function* bytesOf({ organisation_id, id }: FileUpload, count: number): AsyncGenerator<Buffer> {
  for (let number = 0; number < count; number += 1) {
    const part = await storage().read(partKey({ organisation_id, upload_id: id, number }));
    if (!part) throw new AppError(422);
    yield* part;
  }
}

async function removeParts({ organisation_id, id }: FileUpload, parts: readonly { number: number }[]): Promise<void> {
  for (const { number } of parts) await storage().remove(partKey({ organisation_id, upload_id: id, number }));
}

export async function stopUpload(upload: FileUpload): Promise<void> {
  // By its length, not by its rows: a part may have been written whose row was not.
  const count = Math.ceil(Number(upload.bytes) / PART_BYTES);
  await removeParts(
    upload,
    Array.from({ length: upload.file_id ? 0 : count }, (_, number) => ({ number })),
  );
  await deleteUpload(upload);
}

export { findUpload, selectParts };

/** A job: what a stopped server left of files on their way, and each organisation's uploads that never became whole. */
export async function clearUploads(): Promise<void> {
  const before = new Date(Date.now() - DAY);
  await removeOldUploads(before);
  await storage().sweep(before);
  for (const { id } of await selectOrganisations())
    await enqueue(CLEAR_ORGANISATION_UPLOADS_JOB, { organisation_id: id }, { key: `uploads ${id}` });
}

/** A job: what began more than a day ago is gone, with its parts; files that became whole stay. */
export function clearOrganisationUploads(
  { organisation_id }: { organisation_id: string },
  now = new Date(),
): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    for (const upload of await selectOldUploads(organisation_id, new Date(now.getTime() - DAY)))
      await stopUpload(upload);
  });
}
