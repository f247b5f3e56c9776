import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { config } from '../../config';
import { withScope } from '../../lib/scope';
import { readWithSession, type SessionUser } from '../../lib/session';
import { ACTOR_IN_SCOPE, type Actor, findActor } from '../organisations/organisations.model';
import { whoHasPassword } from './accounts.service';
import { asLearner, isSensitive, levelOf, opensByCard, tellsOfOthers, whyLowered } from './assurance';

declare global {
  namespace Express {
    interface User extends SessionUser {}
    interface Request {
      /** How the person came in; undefined for a visitor. */
      signIn?: SessionUser;
      /** Why the session does not open the person's tasks: too light a way, or a second factor is missing. */
      lowered?: 'step' | 'second' | undefined;
    }
  }
}

passport.use(
  new Strategy((username, password, done) => {
    const opened = (personId: string | undefined) => done(null, personId ? ({ personId } as Express.User) : false);
    whoHasPassword(username.trim(), password).then(opened, done);
  }),
);
passport.serializeUser<SessionUser>((user, done) => done(null, user));
passport.deserializeUser<SessionUser>((user, done) => done(null, user));

/** What a session remembers of one who came in, by the password unless told otherwise. */
export const sessionUser = (actor: Actor, shown: Partial<SessionUser> = {}): SessionUser => ({
  personId: actor.id,
  organisationId: actor.organisation_id,
  passwordOf: actor.password_of,
  by: 'password',
  at: Date.now(),
  ...shown,
});

/** Checks the posted `username` and `password`: whose they are. Undefined when they do not open any account. */
export function authenticate(req: Request, res: Response): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const check = passport.authenticate('local', { session: false }, (error: unknown, user: SessionUser | false) => {
      if (error) reject(error);
      else resolve(user ? user.personId : undefined);
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
  const actor = known && stillOpens(known, user) ? known : undefined;
  if (actor && user) enterBy(req, actor, user);
  else actAs(req, undefined);
  withScope({ organisationId: actor?.organisation_id ?? null, personId: actor?.id ?? null }, () => next());
};

/** Whether what opened the session is still in force: the same password, and the same way. */
const stillOpens = (actor: Actor, user: SessionUser) =>
  actor.password_of === user.passwordOf && (user.way === undefined || actor.ways.includes(user.way));

/** The person as this session lets them act, and what it keeps closed. */
export function enterBy(req: Request, actor: Actor, user: SessionUser): void {
  const why = whyLowered(actor, user, config.SECOND_FACTOR === 'on');
  req.signIn = user;
  req.lowered = why;
  const byPassword = (user.by ?? 'password') === 'password';
  actAs(req, { ...(why ? asLearner(actor) : actor), must_change: actor.must_change && byPassword });
  const level = levelOf(user.by);
  const closesOthers = why !== undefined && isSensitive(actor);
  if (level > 0 && !closesOthers) return;
  req.turnedAway = (address) => {
    const isClosed = (level === 0 && !opensByCard(address)) || (closesOthers && tellsOfOthers(address));
    if (!isClosed || address.startsWith('/account/ways') || address.startsWith('/sign-in/')) return undefined;
    if (req.method !== 'GET') return 'forbidden';
    return address === '/' ? '/learn' : `/sign-in/stronger?next=${encodeURIComponent(req.originalUrl)}`;
  };
}

export function actAs(req: Request, actor: Actor | undefined): void {
  req.visitor = actor;
  req.actor = actor as Actor;
}
