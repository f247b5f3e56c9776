import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { takes } from './compression';
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
  chooseCompressed(req, res);
  files(req, res, next);
};

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};
/** In the order of preference: name in headers, ending of the file that the build made. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
const made = new Map<string, boolean>();

/** Turns the request to the copy that the build compressed, when there is one that the reader takes. */
function chooseCompressed(req: Request, res: Response): void {
  const type = TYPES[path.posix.extname(req.url)];
  if (!type) return;
  res.vary('Accept-Encoding');
  const accepted = req.headers['accept-encoding'];
  const chosen = ENCODINGS.find(([encoding, ending]) => takes(accepted, encoding) && isMade(`${req.url}${ending}`));
  if (!chosen) return;
  const [encoding, ending] = chosen;
  res.setHeader('Content-Encoding', encoding);
  res.setHeader('Content-Type', type);
  req.url += ending;
}

/** Asked of the disk once for each file. Only names that are plainly inside public/ are looked at. */
function isMade(file: string): boolean {
  let known = made.get(file);
  if (known === undefined) {
    known = /^(?:\/[\w-][\w.-]*)+$/.test(file) && fs.existsSync(path.join(PUBLIC, file));
    if (known || made.size < 1000) made.set(file, known);
  }
  return known;
}

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
