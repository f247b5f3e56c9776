import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

/** Less than this fits into one packet as it is. */
const WORTH_BYTES = 1400;

/** Whether a reader takes this encoding: named, and not with "q=0". */
export function takes(accepted: string | undefined, encoding: 'gzip' | 'br'): boolean {
  return new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0+)?\\b(?!\\.))`).test(accepted ?? '');
}

/**
 * Sends texts that a handler gives whole (pages, CSV, JSON) as gzip. At the cheapest level a page of 10-20 kB costs 0.05 ms
 * and becomes a quarter; one synchronous call is several times cheaper than a stream with its trip to another thread.
 */
export const compressTexts: RequestHandler = (req, res, next) => {
  const send = res.send.bind(res);
  res.send = (body) => {
    if (typeof body !== 'string' || body.length < WORTH_BYTES || res.hasHeader('Content-Encoding')) return send(body);
    res.vary('Accept-Encoding');
    if (!takes(req.headers['accept-encoding'], 'gzip')) return send(body);
    if (!res.hasHeader('Content-Type')) res.type('html');
    res.setHeader('Content-Encoding', 'gzip');
    return send(gzipSync(body, { level: 1 }));
  };
  next();
};
