import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { atomically, connectionOf, db, useDatabase } from '../../src/lib/db';
import { enqueue } from '../../src/lib/jobs';
import { log } from '../../src/lib/log';
import { type RunningWorker, startWorker, type WorkerOptions } from '../../src/lib/worker';
import { connectAsApp, connectAsOwner, databaseUrl, recreateDatabase, TEMPLATE } from '../support/database';

/** Real workers see committed rows only, so these tests have a database of their own. */
const DATABASE = `oppiva_jobs_${process.pid}`;
let owner: Knex;
let pool: Knex;
const workers: RunningWorker[] = [];

beforeAll(async () => {
  await recreateDatabase(DATABASE, TEMPLATE);
  owner = connectAsOwner(DATABASE);
  pool = connectAsApp(DATABASE);
}, 60_000);
beforeEach(() => {
  useDatabase(pool);
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await owner.raw('delete from graphile_worker._private_jobs');
});
afterAll(async () => {
  await pool.destroy();
  await owner.destroy();
});

async function aWorker(options: Partial<WorkerOptions>): Promise<RunningWorker> {
  const connection = connectionOf({ connectionString: databaseUrl(DATABASE), role: 'oppiva_app' });
  const worker = await startWorker({ connection, handlers: {}, schedule: [], ...options });
  workers.push(worker);
  return worker;
}

async function until(isSo: () => unknown): Promise<void> {
  for (let tries = 0; tries < 150 && !(await isSo()); tries += 1) await new Promise((go) => setTimeout(go, 100));
  expect(await isSo()).toBeTruthy();
}

const waiting = async () =>
  Number((await owner.raw('select count(*) as n from graphile_worker._private_jobs')).rows[0].n);

it('runs a job once its transaction is committed, and never that of one undone', async () => {
  const done: unknown[] = [];
  await aWorker({ handlers: { note: async (payload: never) => void done.push(payload) } });
  await atomically(async () => {
    await enqueue('note', { n: 1 });
    throw new Error('undone');
  }).catch(() => undefined);
  await atomically(() => enqueue('note', { n: 2 }));
  await until(() => done.length > 0);
  await until(async () => (await waiting()) === 0);
  expect(done).toEqual([{ n: 2 }]);
});

it('leaves a job for its time, and replaces one of the same key', async () => {
  const done: unknown[] = [];
  await enqueue('note', { n: 1 }, { key: 'k' });
  await enqueue('note', { n: 2 }, { key: 'k' });
  await enqueue('note', { n: 3 }, { runAt: new Date(Date.now() + 3600_000) });
  await aWorker({ handlers: { note: async (payload: never) => void done.push(payload) } });
  await until(() => done.length > 0);
  await until(async () => (await waiting()) === 1);
  expect(done).toEqual([{ n: 2 }]);
});

it('tries a failing job again later, with a line in the log that tells nothing of people', async () => {
  const lines = jest.spyOn(log, 'error').mockImplementation(() => undefined);
  await enqueue('fail', { person: 'Aino' });
  await aWorker({
    handlers: {
      fail: async () => {
        await db().raw("select 'Aino Koski'::uuid");
      },
    },
  });
  await until(() => lines.mock.calls.length > 0);
  await until(async () => {
    const { rows } = await owner.raw('select attempts, run_at > now() as later from graphile_worker._private_jobs');
    return rows[0]?.attempts === 1 && rows[0].later;
  });
  const [first] = lines.mock.calls as unknown as [{ err: Error; job: string; attempt: number }, string][];
  expect(first?.[0]).toMatchObject({ job: 'fail', attempt: 1 });
  lines.mockRestore();
});

it('gives each turn of the schedule to one of two servers, and catches up with one that was missed', async () => {
  const ran: string[] = [];
  const missed = new Date(Date.now() - 3600_000);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Helsinki', hour: 'numeric', hourCycle: 'h23' });
  const schedule = [
    { job: 'daily', every: 'day' as const, hour: Number(clock.format(missed)), minute: missed.getUTCMinutes() },
  ];
  await owner.raw(
    "insert into graphile_worker._private_known_crontabs values ('daily', now() - interval '3 days', now() - interval '1 day')",
  );
  const handlers = { daily: async () => void ran.push('daily') };
  await Promise.all([aWorker({ handlers, schedule }), aWorker({ handlers, schedule })]);
  await until(() => ran.length > 0);
  await new Promise((go) => setTimeout(go, 500));
  expect(ran).toEqual(['daily']);
});

it('runs again what a killed server had begun, and leaves alone what a living one runs', async () => {
  const done: string[] = [];
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await enqueue('slow', {}, { key: 'alive' });
  const handlers = {
    slow: async ({ who }: { who?: string }) => {
      done.push(who ?? 'alive');
      if (!who) await held;
    },
  } as never;
  await aWorker({ handlers });
  await until(() => done.length === 1);
  await enqueue('slow', { who: 'dead' }, { key: 'dead' });
  await until(() => done.length === 2);
  await owner.raw("update graphile_worker._private_jobs set locked_at = now() - interval '5 minutes'");
  await enqueue('slow', { who: 'again' }, { key: 'again', runAt: new Date(Date.now() + 3600_000) });
  await owner.raw(
    "update graphile_worker._private_jobs set run_at = now(), locked_by = ?, locked_at = now() - interval '5 minutes' where key = 'again'",
    [`pool-${randomUUID()}`],
  );
  await aWorker({ handlers });
  await until(() => done.includes('again'));
  expect(done.filter((who) => who === 'alive')).toHaveLength(1);
  letGo();
});

it('waits for the job under way when it stops', async () => {
  const done: string[] = [];
  await enqueue('slow', {});
  const worker = await aWorker({
    handlers: {
      slow: async () => {
        done.push('begun');
        await new Promise((go) => setTimeout(go, 400));
        done.push('ended');
      },
    },
  });
  await until(() => done.length === 1);
  await worker.stop();
  workers.splice(0);
  expect(done).toEqual(['begun', 'ended']);
  expect(await waiting()).toBe(0);
});

it('lets the application use the queue and change nothing of its form', async () => {
  await expect(db().raw('alter table graphile_worker._private_jobs add column x int')).rejects.toThrow(/must be owner/);
  await expect(db().raw('create table graphile_worker.mine (id int)')).rejects.toThrow(/permission denied/);
});
