import type { Request, RequestHandler } from 'express';
import { forbidden } from './errors';

/**
 * A form on another site may not change anything here. Browsers say where a request comes from:
 * Sec-Fetch-Site first, Origin as the fallback for old ones (OWASP CSRF cheat sheet, Fetch Metadata).
 */
export const refuseOtherSites: RequestHandler = (req, _res, next) => {
  const readsOnly = req.method === 'GET' || req.method === 'HEAD';
  next(readsOnly || comesFromUs(req) ? undefined : forbidden());
};

function comesFromUs(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = req.get('Origin');
  return origin === undefined || origin === `${req.protocol}://${req.get('Host')}`;
}
