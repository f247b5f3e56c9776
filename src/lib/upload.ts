import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Request, Response } from 'express';
import multer from 'multer';
import { AppError, tooLarge } from './errors';

const MEGABYTE = 1024 * 1024;

export interface UploadLimits {
  megabytes: number;
  files?: number;
  fields?: number;
}

export interface Upload {
  path: string;
  size: number;
  originalname: string;
}

/**
 * Reads a form with files: fields come to req.body, files to a temporary folder that is gone when `work` ends.
 * Call it after `authorize`, so that nobody fills the disk for nothing. Throws 413 for a file over the limit.
 */
export async function withUploads<T>(
  req: Request,
  res: Response,
  limits: UploadLimits,
  work: (files: Record<string, Upload>) => Promise<T>,
): Promise<T> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'oppiva-upload-'));
  try {
    const read = multer({
      storage: multer.diskStorage({ destination: folder }),
      limits: {
        fileSize: limits.megabytes * MEGABYTE,
        files: limits.files ?? 1,
        fields: limits.fields ?? 2000,
        fieldSize: MEGABYTE,
      },
    }).any();
    await promisify(read)(req, res);
    const files = (req.files ?? []) as Express.Multer.File[];
    return await work(Object.fromEntries(files.filter(({ size }) => size > 0).map((file) => [file.fieldname, file])));
  } catch (error) {
    if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE') throw tooLarge();
    // More files or fields than the form has: nothing that our pages would send.
    if (error instanceof multer.MulterError) throw new AppError(400);
    throw error;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
