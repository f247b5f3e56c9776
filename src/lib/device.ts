import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';

/** What a browser is told about keeping pages on its device; public/js/service-worker.js reads these. */
const PERSON = 'X-Oppiva-Person';
const KEEPING = 'X-Oppiva-Keeping';
const KEEP = 'X-Oppiva-Keep';
const TITLE = 'X-Oppiva-Title';

/** With this a page is asked for to be kept, before anybody reads it. */
const AHEAD = 'X-Oppiva-Ahead';

const YEAR = 365 * 24 * 3600 * 1000;

/** What stands for a person in an organisation on a device: the same each time, and nothing can be read from it. */
export function personTag({ organisation_id, id }: { organisation_id: string; id: string }): string {
  return createHash('sha256').update(`device ${organisation_id} ${id}`).digest('hex').slice(0, 24);
}

/** Many people use this device. Whoever trusts a device for a time tells it by `rememberDevice`. */
export const isSharedDevice = (req: Request) => cookieOf(req, 'oppiva_shared') === 'yes';

/** Whether opened lessons stay on this device: as was chosen on it, and not by themselves on a shared one. */
export function keepsPages(req: Request): boolean {
  const chosen = cookieOf(req, 'oppiva_keep');
  return chosen === undefined ? !isSharedDevice(req) : chosen === 'yes';
}

/** Writes down what was chosen for this device. Nothing about a person is in it. */
export function rememberDevice(req: Request, res: Response, chosen: { keeps?: boolean; isShared?: boolean }): void {
  const cookie = { sameSite: 'lax', httpOnly: true, secure: req.secure, maxAge: YEAR } as const;
  if (chosen.keeps !== undefined) res.cookie('oppiva_keep', chosen.keeps ? 'yes' : 'no', cookie);
  if (chosen.isShared !== undefined) res.cookie('oppiva_shared', chosen.isShared ? 'yes' : 'no', cookie);
}

/**
 * Lets this page be read without a network. Only for what one learns from: never a page that names another person.
 * `title`: what the page is called in the list of what can be opened; without it the page is not in the list.
 */
export function keepOnDevice(req: Request, res: Response, title?: string): void {
  if (!keepsPages(req)) return;
  res.setHeader(KEEP, 'yes');
  if (title) res.setHeader(TITLE, encodeURIComponent(title));
}

/** Nobody reads this answer now: a device fetches it to have it without a network. */
export const isAskedAhead = (req: Request) => req.get(AHEAD) === 'yes';

/** Every page tells whose it is: a device wipes what it keeps when that changes or ends. */
export const tellDevice: RequestHandler = (req, res, next) => {
  const visitor = (req as { visitor?: { organisation_id: string; id: string } }).visitor;
  res.setHeader(PERSON, visitor ? personTag(visitor) : 'nobody');
  res.setHeader(KEEPING, keepsPages(req) ? 'yes' : 'no');
  next();
};

function cookieOf(req: Request, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=(yes|no)(?:;|$)`).exec(req.headers.cookie ?? '')?.[1];
}
