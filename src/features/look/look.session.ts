import type { RequestHandler } from 'express';

const LONG = 14 * 24 * 3600 * 1000;

/**
 * Nobody in simple mode is hurried by the clock: their session lasts two weeks from the last visit. Not on a device that is
 * shared, and not for those who see other people's things.
 */
export const unhurried: RequestHandler = (req, _res, next) => {
  const person = req.visitor;
  const seesOthers = person && (person.roles.some((role) => role !== 'learner') || person.supervised_teams.length > 0);
  if (person?.look.simple_mode && !seesOthers && !req.user?.device && req.session) req.session.cookie.maxAge = LONG;
  next();
};
