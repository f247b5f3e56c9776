import type { RequestHandler } from 'express';

const FIRST = '/account/first-password';
const OPEN = new Set([FIRST, '/sign-out', '/language', '/health']);

/** One who came in with the password from the paper first chooses their own; every other address leads there. */
export const firstSignIn: RequestHandler = (req, res, next) => {
  if (!req.visitor?.must_change || OPEN.has(req.path)) return next();
  res.redirect(303, FIRST);
};
