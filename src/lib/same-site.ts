import type { Request, RequestHandler } from 'express';
import { forbidden } from './errors';
import { originOf } from './origin';

/**
 * A form on another site may not change anything here. Browsers say where a request comes from:
 * Sec-Fetch-Site first, Origin as the fallback for old ones (OWASP CSRF cheat sheet, Fetch Metadata). "none" is the person's
 * own doing, such as tabs that come back with the browser: no page can cause it. "same-site" is another host: refused.
 */
export const refuseOtherSites: RequestHandler = (req, _res, next) => {
  const readsOnly = req.method === 'GET' || req.method === 'HEAD';
  next(readsOnly || comesFromUs(req) ? undefined : forbidden());
};

function comesFromUs(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = req.get('Origin');
  return origin === undefined || origin === originOf(req);
}
