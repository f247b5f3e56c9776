import { once } from 'node:events';
import fs from 'node:fs';
import type { Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Knex } from 'knex';
import request from 'supertest';
import { createApp } from '../../../../src/app';
import { DEMO_ACCOUNTS } from '../../../../src/demo/accounts';
import { identify } from '../../../../src/features/accounts/accounts.passport';
import { useDatabase } from '../../../../src/lib/db';
import { useSecret } from '../../../../src/lib/secret';
import { sessions } from '../../../../src/lib/session';
import { FolderStorage, useStorage } from '../../../../src/lib/storage';
import { connectAsApp, connectAsOwner } from '../../../support/database';
import { aDemoDatabase } from '../../../support/demo-database';

const SECRET = 'a secret that is long enough for a test';

/** Each role of the demo's first organisation, by the account that plays it; nobody has not signed in. */
export const VISITORS = ['nobody', 'learner', 'expert', 'professional', 'supervisor', 'coordinator', 'admin'] as const;
export type Visitor = (typeof VISITORS)[number];

export interface Crawl {
  /** Past the row policies. */
  owner: Knex;
  /** A request in the visitor's session, which is opened again when they have signed out. */
  get(visitor: Visitor, address: string): Promise<request.Response>;
  /** The bytes of a file. */
  file(visitor: Visitor, address: string): Promise<Buffer>;
  post(visitor: Visitor, address: string, body: string | object, type?: 'form' | 'json'): Promise<request.Response>;
  close(): Promise<void>;
}

/** The whole app, in this process, on a copy of the demo of its own. */
export async function openCrawl(name: string): Promise<Crawl> {
  const database = await aDemoDatabase(name);
  const [pool, owner] = [connectAsApp(database), connectAsOwner(database)];
  useDatabase(pool);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-crawl-'));
  useStorage(new FolderStorage(folder));
  useSecret(SECRET);
  const session = sessions({ secret: SECRET, hours: 1 });
  // Listens once: supertest would open a server for each request.
  const app = createApp({ identify: [...session, identify] }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  const cookies = new Map<Visitor, string>();

  async function cookieOf(visitor: Visitor): Promise<string> {
    if (visitor === 'nobody') return '';
    const known = cookies.get(visitor);
    if (known) return known;
    // So many signings-in from one address would be held for guessing.
    await owner.table('rate_limits').delete();
    const cookie = await signIn(app, visitor);
    cookies.set(visitor, cookie);
    return cookie;
  }
  return {
    owner,
    get: async (visitor, address) =>
      request(app)
        .get(address)
        .set('Cookie', await cookieOf(visitor)),
    file: async (visitor, address) => {
      const asked = request(app)
        .get(address)
        .set('Cookie', await cookieOf(visitor));
      return (await asked.buffer().parse(bytes as never)).body;
    },
    post: async (visitor, address, body, type = 'form') => {
      const cookie = await cookieOf(visitor);
      const response = await request(app).post(address).set('Cookie', cookie).type(type).send(body);
      // Signing out and changing the password end the session or give a new one.
      if (response.headers['set-cookie']?.includes('oppiva=') || address === '/sign-out') cookies.delete(visitor);
      return response;
    },
    close: async () => {
      app.close();
      await Promise.all([pool.destroy(), owner.destroy()]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bytes(response: Readable, done: (error: Error | null, body?: Buffer) => void): void {
  buffer(response).then((body) => done(null, body), done);
}

async function signIn(app: Server, username: string): Promise<string> {
  const response = await request(app)
    .post('/sign-in')
    .type('form')
    .send({ username, password: DEMO_ACCOUNTS.password });
  const cookie = (response.headers['set-cookie'] as unknown as string[] | undefined)?.[0]?.split(';')[0];
  if (response.status !== 303 || !cookie) throw new Error(`${username} cannot sign in: ${response.status}`);
  return cookie;
}
