import type { RequestHandler } from 'express';
import { AppError } from './errors';

/** SQLSTATE -> what it means for the one who asked: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const OF_THE_DATABASE: Record<string, number> = {
  // A value that cannot be read as the type of its column: an address made up by hand.
  '22P02': 404,
  // Signs that no text can have, numbers and days outside every range.
  '22021': 400,
  '22P05': 400,
  '22003': 400,
  '22008': 400,
  // Somebody else was at the same thing at the same moment; all of this request is undone.
  '23503': 409,
  '23505': 409,
  '40001': 409,
  '40P01': 409,
  // No room on the disk of the database.
  '53100': 507,
};

/** The system's own words for a disk, or a share of one, that is full. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

/** Whether the disk is full, or the share of it that is ours. */
export const isNoRoom = (error: unknown): boolean => NO_ROOM.has((error as NodeJS.ErrnoException)?.code ?? '');

/** What went wrong, as the person is told it; 500 for a fault of our own. */
export function knownError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { status, code } = error as { status?: number; code?: string };
  if (isNoRoom(error)) return new AppError(507);
  if (status === 413) return new AppError(413);
  // Malformed addresses and bodies, found by Express itself.
  if (status !== undefined && status >= 400 && status < 500) return new AppError(400);
  // Half a pair of letters, which JSON can say and no text can hold.
  if (code === '22P02' && /type json/.test((error as Error).message)) return new AppError(400);
  return new AppError(OF_THE_DATABASE[code ?? ''] ?? 500);
}

/** No text of ours can hold the zero sign, so no address that names one leads anywhere. */
export const refuseZeroSigns: RequestHandler = (req, _res, next) => {
  next(req.url.includes('%00') ? new AppError(400) : undefined);
};
