import { promisify } from 'node:util';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import expressSession, { type SessionData } from 'express-session';
import passport from 'passport';
import { db } from './db';
import type { ScopedClient } from './scoped-client';

/** What a session remembers: who, and in which of their organisations. */
export interface SessionUser {
  personId: string;
  organisationId: string;
  /** Which password opened it. Saving a session that was deleted meanwhile would bring it back; this does not come back. */
  passwordOf: string;
  /** By which kind of way they came in; sessions from before there were several came by password. */
  by?: string;
  /** The way itself, when it is not the password: a session ends with the way that opened it. */
  way?: string;
  /** A second factor was shown too. */
  second?: boolean;
  /** When they showed last who they are, in ms. */
  at?: number;
  /** Which browser, in a few words, for the list of one's own sessions. */
  browser?: string;
  /** The shared device that the session is on: it ends soon after use. */
  device?: string;
}

declare module 'express-session' {
  interface SessionData {
    /** Which stretch of time it was renewed for: an hour, on a shared device a few minutes. */
    seenHour?: number;
  }
}

/** The store speaks pg with $1; its statements go to a connection of our pool as they are. */
const pool = {
  query: async (text: string, values: unknown[]) => {
    const client = db().client;
    const connection = await client.acquireConnection();
    try {
      return await connection.query(text, values);
    } finally {
      await client.releaseConnection(connection);
    }
  },
};

const HOUR = 3600 * 1000;
/** A session on a shared device is renewed this often while it is used, and ends after twice that without use. */
const SHARED = 10 * 60 * 1000;

/** Also makes the person of the session the one in scope for what follows in the same flight. */
const OPEN_SESSION = `
  select sess, set_config('oppiva.organisation', coalesce(sess #>> '{passport,user,organisationId}', ''), true),
    set_config('oppiva.person', coalesce(sess #>> '{passport,user,personId}', ''), true)
  from sessions where sid = $1 and expire >= now()`;

let alongside: string | undefined;

/**
 * Names what is read of a session's person in the flight that reads the session itself: one statement without bindings,
 * about `oppiva_person()` in `oppiva_organisation()`. Its first row is `req.foundWithSession`.
 */
export function readWithSession(sql: string): void {
  alongside = sql;
}

declare global {
  namespace Express {
    interface Request {
      /** Undefined without a session, and when nothing was found. */
      foundWithSession?: unknown;
    }
  }
}

const FOUND = Symbol('found with session');
type Stored = SessionData & { [FOUND]?: unknown };

class Sessions extends connectPgSimple(expressSession) {
  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    openSession(sid).then((session) => done(null, session), done);
  }

  override createSession(req: Request, session: Stored) {
    req.foundWithSession = session[FOUND];
    return super.createSession(req, session);
  }
}

async function openSession(sid: string): Promise<Stored | null> {
  const client = db().client as ScopedClient;
  const connection = await client.acquireConnection();
  try {
    const reads = [{ text: OPEN_SESSION, values: [sid] }, ...(alongside ? [{ text: alongside, values: [] }] : [])];
    const [opened, found] = await client.sendAsTheyAre(connection, reads);
    const session: Stored | undefined = opened?.rows[0]?.sess;
    if (session) session[FOUND] = found?.rows[0];
    return session ?? null;
  } finally {
    await client.releaseConnection(connection);
  }
}

export interface SessionOptions {
  secret: string;
  hours: number;
}

/** Sessions in PostgreSQL. A visitor without a session costs no query; a session in use is renewed once an hour. */
export function sessions({ secret, hours }: SessionOptions): RequestHandler[] {
  const session = expressSession({
    name: 'oppiva',
    secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: hours * HOUR },
    store: new Sessions({ pool: pool as never, tableName: 'sessions', disableTouch: true, pruneSessionInterval: 900 }),
  });
  const renew: RequestHandler = (req, _res, next) => {
    const hour = Math.floor(Date.now() / (req.user?.device ? SHARED : HOUR));
    if (req.user && req.session.seenHour !== hour) req.session.seenHour = hour;
    next();
  };
  return [session, passport.initialize(), passport.session(), renew];
}

/** Signs the person in under a new session id, so that an id known before is worth nothing. */
export async function startSession(req: Request, user: SessionUser): Promise<void> {
  const login = promisify(req.logIn.bind(req)) as (user: Express.User) => Promise<void>;
  await login(user as unknown as Express.User);
  if (user.device) req.session.cookie.maxAge = 2 * SHARED;
}

export async function endSession(req: Request): Promise<void> {
  await promisify(req.logOut.bind(req))();
  await promisify(req.session.destroy.bind(req.session))();
}
