import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { atomically } from '../../lib/db';
import { storage } from '../../lib/storage';
import type { Upload } from '../../lib/upload';
import { readPicture } from '../files/files.service';
import { kindOf } from './submission-file';
import {
  deleteSubmissionFile,
  insertSubmissionFile,
  type Submission,
  selectFiles,
  submissionFileKey,
} from './submissions.model';
import { MOST_FILES } from './submissions.schema';

/**
 * Keeps the files beside what was told. Pictures are written anew without place or camera data. Returns a message key
 * when one cannot be kept; those before it are kept.
 */
export async function addFiles(submission: Submission, files: readonly Upload[]): Promise<string | undefined> {
  for (const file of files) {
    const known = await selectFiles(submission.organisation_id, submission.id);
    if (known.length >= MOST_FILES) return 'evidence.files.many';
    const kept = await readSentFile(file);
    if (!kept) return 'evidence.files.kind';
    if (known.some(({ name, bytes }) => name === kept.name && bytes === kept.data.length)) continue;
    await keep(submission, kept);
  }
  return undefined;
}

/** Takes away those of the submission's files that are named; others' ids name nothing here. */
export async function removeFiles(submission: Submission, ids: readonly string[]): Promise<void> {
  const files = await selectFiles(submission.organisation_id, submission.id);
  for (const file of files.filter(({ id }) => ids.includes(id))) {
    await deleteSubmissionFile(file);
    await storage().remove(submissionFileKey(submission.person_id, file));
  }
}

async function keep(submission: Submission, { name, mime, data }: Kept): Promise<void> {
  const row = { id: randomUUID(), organisation_id: submission.organisation_id, submission_id: submission.id };
  const key = submissionFileKey(submission.person_id, row);
  await storage().write(key, data, mime);
  await atomically(() => insertSubmissionFile({ ...row, name, mime, bytes: data.length }));
}

export interface Kept {
  name: string;
  mime: string;
  data: Buffer;
}

/** What a sent file holds, told by its content; pictures are written anew. Undefined for a kind that is not kept. */
export async function readSentFile({ path, originalname }: Upload): Promise<Kept | undefined> {
  // Names come in the form's bytes; what is not a letter, a number or a plain sign is left out.
  const name = Buffer.from(originalname, 'latin1')
    .toString('utf8')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._()-]/gu, '')
    .slice(-100);
  const picture = await readPicture(path);
  if (picture) return { name: `${name.replace(/\.\w+$/, '') || 'kuva'}.webp`, mime: 'image/webp', data: picture.data };
  const data = await fs.readFile(path);
  const mime = kindOf(data, name);
  return mime === undefined ? undefined : { name, mime, data };
}
