import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Request, Response } from 'express';
import multer from 'multer';
import { AppError, tooLarge } from './errors';

const MEGABYTE = 1024 * 1024;
/** All fields of a form stand in memory at once. */
const LONGEST_FIELD = MEGABYTE / 4;

export interface UploadLimits {
  megabytes: number;
  files?: number;
  fields?: number;
  /** Whether `work` is to go on with what was typed when a file is too large; its field's name is told. */
  keepsForm?: boolean;
}

export interface Upload {
  path: string;
  size: number;
  originalname: string;
}

const FOLDER = 'oppiva-upload-';

/** A folder for a file on its way; who asks for it takes it away. */
export const uploadFolder = (): Promise<string> => fs.mkdtemp(path.join(os.tmpdir(), FOLDER));

/** Takes away the folders of uploads that nobody came to take away: the server was stopped in the middle of them. */
export async function removeOldUploads(before: Date): Promise<void> {
  for (const name of await fs.readdir(os.tmpdir())) {
    if (!name.startsWith(FOLDER)) continue;
    const folder = path.join(os.tmpdir(), name);
    const known = await fs.stat(folder).catch(() => undefined);
    // Another's, on a machine that several share, is left alone: it may not be ours to take.
    if (known && known.mtime < before) await fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/**
 * Reads a form with files: fields come to req.body, files to a temporary folder that is gone when `work` ends.
 * Call it after `authorize`, so that nobody fills the disk for nothing. Throws 413 for a file over the limit,
 * unless the form is to be kept. Put file fields last: what stands after a file too large is not read.
 */
export async function withUploads<T>(
  req: Request,
  res: Response,
  limits: UploadLimits,
  work: (files: Record<string, Upload>, tooLargeField?: string) => Promise<T>,
): Promise<T> {
  const folder = await uploadFolder();
  try {
    const read = multer({
      storage: multer.diskStorage({ destination: folder }),
      limits: {
        fileSize: limits.megabytes * MEGABYTE,
        files: limits.files ?? 1,
        fields: limits.fields ?? 2000,
        fieldSize: LONGEST_FIELD,
      },
    }).any();
    const tooLargeField = await readForm(promisify(read)(req, res), limits);
    req.body = plainFields(req.body);
    const files = (req.files ?? []) as Express.Multer.File[];
    const sent = Object.fromEntries(files.filter(({ size }) => size > 0).map((file) => [file.fieldname, file]));
    return await work(sent, tooLargeField);
  } catch (error) {
    if (error instanceof multer.MulterError && /^LIMIT_(FILE_SIZE|FIELD_VALUE)$/.test(error.code)) throw tooLarge();
    // More files or fields than the form has: nothing that our pages would send.
    if (error instanceof multer.MulterError || isMalformed(error)) throw new AppError(400);
    throw error;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function readForm(reading: Promise<unknown>, { keepsForm }: UploadLimits): Promise<string | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    const isTooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
    if (keepsForm && isTooLarge) return error.field;
    throw error;
  }
}

/** Texts and lists of texts; whatever else a made-up form or another kind of body holds is passed over. */
function plainFields(body: unknown): Record<string, string | string[]> {
  const isText = (value: unknown) => typeof value === 'string';
  const fields = Object.entries(body ?? {}).filter(
    ([, value]) => isText(value) || (Array.isArray(value) && value.every(isText)),
  );
  return Object.fromEntries(fields);
}

/** The reader of forms says what is wrong with one in plain errors; those of the disk have a code. */
function isMalformed(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined && /multipart|malformed|unexpected end of form|aborted/i.test(message ?? '');
}
