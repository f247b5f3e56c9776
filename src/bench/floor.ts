import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express, { type Express } from 'express';
import pg from 'pg';
import { createApp } from '../app';
import { identify } from '../features/accounts/accounts.passport';
import { Batch } from '../lib/batch';
import { openDatabase, useDatabase } from '../lib/db';
import { passwordFits } from '../lib/passwords';
import { ROOT } from '../lib/root';
import { useSecret } from '../lib/secret';
import { sessions } from '../lib/session';
import { pagesOf } from './pages';
import { countStatements, installRecorder, isMark, type Recording, record, type Sent } from './recorder';
import type { Scene } from './scene';

/**
 * The floor: for each page a bare Express handler that sends the very statements which the app sent for it, prepared and
 * in the same flights, on one connection, and renders the same view with the same values. It records the app in this
 * process first, so it can neither drift from the app nor leave anything out.
 */
async function run(): Promise<void> {
  const scene: Scene = JSON.parse(fs.readFileSync(process.env.BENCH_SCENE ?? '', 'utf8'));
  const recordings = await recordPages(scene);
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: 10,
    options: '-c TimeZone=Europe/Helsinki -c plan_cache_mode=force_generic_plan -c role=oppiva_app',
  });
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('view engine', 'ejs');
  app.set('views', [path.join(ROOT, 'views')]);
  app.set('view cache', true);
  app.use(express.urlencoded({ extended: false }));
  app.get('/health', (_req, res) => res.send('ok'));
  app.get('/queries', (_req, res) =>
    res.json(
      recordings.map(
        (recording) => recording && { queries: countStatements(recording[0]), status: recording[0].status },
      ),
    ),
  );
  for (const [index, pair] of recordings.entries()) if (pair) addFloor(app, pool, `/${index}`, pair);
  app.listen(Number(process.env.PORT), '127.0.0.1');
}

type Pair = [Recording, Recording];

async function recordPages(scene: Scene): Promise<(Pair | undefined)[]> {
  installRecorder();
  const database = openDatabase({ connectionString: process.env.DATABASE_URL ?? '', poolSize: 4, role: 'oppiva_app' });
  useDatabase(database);
  const secret = process.env.SESSION_SECRET ?? '';
  useSecret(secret);
  const session = sessions({ secret, hours: 12 });
  const server = createApp({ identify: [...session, identify], trustProxy: 1 }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const recordings: (Pair | undefined)[] = [];
  for (const { request, status, answered } of pagesOf(scene)) {
    const send = async () => {
      const sent = request(scene, 0);
      const { path: to, ...options } = sent;
      const answer = await fetch(`http://127.0.0.1:${port}${to}`, { ...options, redirect: 'manual' });
      if (answered) answered(sent, answer.status, await answer.clone().text());
      return answer;
    };
    // Once without recording: connections are opened, first visits written, words read into memory.
    await send();
    await send();
    const pair: Pair = [await record(send), await record(send)];
    recordings.push(pair[0].status === status ? pair : undefined);
  }
  server.close();
  await database.destroy();
  return recordings;
}

function addFloor(app: Express, pool: pg.Pool, address: string, [recording, other]: Pair): void {
  const flights = recording.flights.map((flight, f) =>
    flight.map((sent, s) => ({ ...sent, fresh: freshValues(sent, other.flights[f]?.[s]) })),
  );
  const hash = recording.flights.flat().some(({ text }) => text.includes('sign_in_lookup'));
  app.all(address, async (req, res) => {
    const client = await pool.connect();
    try {
      for (const flight of flights) {
        const [known] = await replay(client, flight);
        if (hash && known?.password_hash) await passwordFits(known.password_hash, req.body.password);
      }
    } finally {
      client.release();
    }
    if (recording.view) res.render(recording.view, recording.locals as object);
    else if (recording.json) res.json(recording.json);
    else res.redirect(recording.status, recording.location ?? '/');
  });
}

type Replayed = Sent & { fresh: (() => unknown)[] };

async function replay(client: pg.PoolClient, flight: Replayed[]): Promise<{ password_hash?: string }[]> {
  const [first] = flight;
  if (first && isMark(first)) {
    await client.query(first.text);
    return [];
  }
  const statements = flight.map(({ fresh, ...sent }) => ({
    ...sent,
    name: nameOf(sent),
    values: fresh.map((value) => value()),
  }));
  const batch = new Batch(statements);
  client.query(batch as never);
  return (await batch.done).at(-1)?.rows ?? [];
}

const names = new Map<string, string>();

/** By hand everything would be prepared, also what the app's packages send without a name. */
function nameOf({ text, name }: Sent): string {
  const known = name ?? names.get(text) ?? `hand${names.size}`;
  if (!name) names.set(text, known);
  return known;
}

/** Values that were the same at both recordings stay; the others (ids of new rows, moments) are made anew for each request. */
function freshValues({ values }: Sent, other: Sent | undefined): (() => unknown)[] {
  return values.map((value, index) => {
    const again = other?.values[index];
    if (JSON.stringify(value) === JSON.stringify(again)) return () => value;
    if (value instanceof Date) return () => new Date();
    if (typeof value !== 'string' || value.startsWith('{') || value.startsWith('[')) return () => value;
    if (/^[0-9a-f-]{36}$/.test(value)) return () => randomUUID();
    return () => `${value.slice(0, -8)}${Math.random().toString(36).slice(2, 10)}`;
  });
}

run().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
