import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler } from 'express';
import { ROOT } from './root';

const PUBLIC = path.join(ROOT, 'public');
const YEAR = 365 * 24 * 3600 * 1000;
const hashes = new Map<string, string>();

/** The address of a file in public/, with its content's hash in it, so that browsers keep it until it changes. */
export function asset(file: string): string {
  let hash = hashes.get(file);
  if (hash === undefined) {
    hash = createHash('sha256')
      .update(fs.readFileSync(path.join(PUBLIC, file)))
      .digest('hex')
      .slice(0, 10);
    hashes.set(file, hash);
  }
  return `/assets/${hash}/${file}`;
}

const files = express.static(PUBLIC, { index: false, redirect: false, maxAge: YEAR, immutable: true });

/** Serves /assets/<hash>/<file>; the hash only makes the address new when the file is. */
export const serveAssets: RequestHandler = (req, res, next) => {
  const [, rest] = /^\/[0-9a-f]{10}(\/.*)$/.exec(req.url) ?? [];
  if (!rest) return next();
  req.url = rest;
  // Fonts and the H5P player are also fetched from sandboxed frames, whose origin is "null".
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  files(req, res, next);
};

/** Fonts have one address for style sheets and for preloading; their names change with their content's package. */
export const serveFonts: RequestHandler = express.static(path.join(PUBLIC, 'fonts'), {
  index: false,
  redirect: false,
  maxAge: YEAR,
  immutable: true,
  setHeaders: (res) => {
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('X-Content-Type-Options', 'nosniff');
  },
});
