import { promisify } from 'node:util';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import expressSession from 'express-session';
import passport from 'passport';
import { db } from './db';

/** What a session remembers: who, and in which of their organisations. */
export interface SessionUser {
  personId: string;
  organisationId: string;
}

declare module 'express-session' {
  interface SessionData {
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

export interface SessionOptions {
  secret: string;
  hours: number;
}

/** Sessions in PostgreSQL. A visitor without a session costs no query; a session in use is renewed once an hour. */
export function sessions({ secret, hours }: SessionOptions): RequestHandler[] {
  const Store = connectPgSimple(expressSession);
  const session = expressSession({
    name: 'oppiva',
    secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: hours * HOUR },
    store: new Store({ pool: pool as never, tableName: 'sessions', disableTouch: true, pruneSessionInterval: 900 }),
  });
  const renew: RequestHandler = (req, _res, next) => {
    const hour = Math.floor(Date.now() / HOUR);
    if (req.user && req.session.seenHour !== hour) req.session.seenHour = hour;
    next();
  };
  return [session, passport.initialize(), passport.session(), renew];
}

/** Signs the person in under a new session id, so that an id known before is worth nothing. */
export async function startSession(req: Request, user: SessionUser): Promise<void> {
  const login = promisify(req.logIn.bind(req)) as (user: Express.User) => Promise<void>;
  await login(user as unknown as Express.User);
}

export async function endSession(req: Request): Promise<void> {
  await promisify(req.logOut.bind(req))();
  await promisify(req.session.destroy.bind(req.session))();
}
