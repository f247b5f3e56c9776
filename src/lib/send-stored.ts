import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { found } from './guards';
import { storage } from './storage';

const LEFT = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE'];

export interface StoredBytes {
  key: string;
  /** In bytes. */
  size: number;
  /** The name that the kind is told from. */
  name: string;
  /** Set only when there is something to send, so that no "not found" is kept by a cache. */
  headers: Record<string, string>;
}

/** Sends bytes from the storage, or the part that was asked for: players of film and sound jump to a spot. Throws 404. */
export async function sendStored(req: Request, res: Response, stored: StoredBytes): Promise<void> {
  const { key, size, name, headers } = stored;
  const ranges = size > 0 ? req.range(size, { combine: true }) : undefined;
  if (ranges === -1) {
    res.status(416).set('Content-Range', `bytes */${size}`).end();
    return;
  }
  const part = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  const bytes = found(await storage().read(key, part && { start: part.start, end: part.end }));
  res.set({ ...headers, 'Accept-Ranges': 'bytes' }).type(/\.\w+$/.exec(name)?.[0] ?? 'bin');
  if (part) res.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${size}`);
  res.set('Content-Length', String(part ? part.end - part.start + 1 : size));
  // A reader that leaves before or in the middle is no fault of ours.
  await pipeline(bytes, res).catch((error: NodeJS.ErrnoException) => {
    bytes.destroy();
    if (!LEFT.includes(error.code ?? '')) throw error;
  });
}
