import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { withScope } from '../../lib/scope';
import { readWithSession, type SessionUser } from '../../lib/session';
import { ACTOR_IN_SCOPE, type Actor, findActor } from '../organisations/organisations.model';
import { signIn } from './accounts.service';

declare global {
  namespace Express {
    interface User extends SessionUser {}
  }
}

passport.use(
  new Strategy((username, password, done) => {
    signIn(username.trim(), password).then((actor) => done(null, actor ? sessionUser(actor) : false), done);
  }),
);
passport.serializeUser<SessionUser>((user, done) => done(null, user));
passport.deserializeUser<SessionUser>((user, done) => done(null, user));

export const sessionUser = (actor: Actor): SessionUser => ({
  personId: actor.id,
  organisationId: actor.organisation_id,
  passwordOf: actor.password_of,
});

/** Checks the posted `username` and `password`. Undefined when they do not open any account. */
export function authenticate(req: Request, res: Response): Promise<SessionUser | undefined> {
  return new Promise((resolve, reject) => {
    const check = passport.authenticate('local', { session: false }, (error: unknown, user: SessionUser | false) => {
      if (error) reject(error);
      else resolve(user || undefined);
    });
    check(req, res, reject);
  });
}

readWithSession(ACTOR_IN_SCOPE);

/**
 * Turns the session into the actor, read anew at each request: a role taken away is gone at the next page.
 * Everything after runs in the actor's scope.
 */
export const identify: RequestHandler = async (req, _res, next) => {
  const user = req.user;
  const found = req.foundWithSession as Actor | undefined;
  const known = user && (found ?? (await findActor(user.organisationId, user.personId)));
  const actor = known?.password_of === user?.passwordOf ? known : undefined;
  actAs(req, actor);
  withScope({ organisationId: actor?.organisation_id ?? null, personId: actor?.id ?? null }, () => next());
};

export function actAs(req: Request, actor: Actor | undefined): void {
  req.visitor = actor;
  req.actor = actor as Actor;
}
