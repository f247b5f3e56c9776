import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Knex } from 'knex';
import { loadDemo } from '../../demo/load';
import { migrate, openAsOwner } from '../../lib/migrate';
import { ROOT } from '../../lib/root';
import { putAside, putBack, putReferencesAside } from './constraints';
import { makeEvidence, OBSERVATIONS_EACH } from './evidence';
import { makePeople } from './people';

/** For a server that is being filled: nothing of it outlives a crash, and nobody else uses it. */
export const LOADING = [
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=8GB',
  'checkpoint_timeout=1h',
  'maintenance_work_mem=2GB',
  'work_mem=256MB',
  'autovacuum=off',
  'jit=off',
];

/** People whose evidence is made by one statement. */
const AT_ONCE = 4000;
const LANES = 2;
const EVIDENCE = ['observations', 'skill_points', 'skill_estimates'];
const CLOSED = ['skill_month_ends', 'month_members', 'counted_people'];

const started = performance.now();
const say = (words: string) =>
  console.log(`[${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s] ${words}`);

/** Fills the database with so many people, unless it has them; says what it is at. */
export async function prepareReports(url: string, people: number): Promise<void> {
  const owner = openAsOwner(url);
  try {
    await migrate(owner);
    const { rows } = await owner.raw(
      `select to_regclass('bench_ready') is not null as is_ready, to_regclass('bench_organisations') is not null as is_begun`,
    );
    if (rows[0].is_ready) return say('The database is there already.');
    if (rows[0].is_begun) throw new Error('This folder was left half filled. Delete it and begin again.');
    say('Loading the demo, for its courses and frameworks');
    await loadDemo(url, {});
    say(`Making ${people} people with their organisations and teams`);
    await makePeople(owner, people);
    await owner.raw('analyze');
    await fillEvidence(owner, people);
    const references = await putReferencesAside(owner, CLOSED);
    await closeAll(owner, url);
    await putBack(owner, references, () => undefined);
    say('Gathering statistics');
    // Of evidence only what is known of it: to vacuum would write all of it once more.
    await owner.raw(
      `vacuum (analyze) ${[...CLOSED, 'memberships', 'team_members', 'people', 'enrolments'].join(', ')}`,
    );
    await owner.raw('analyze');
    await owner.raw('create table bench_ready as select now() as at');
    await owner.raw('checkpoint');
    say(await sizes(owner));
  } finally {
    await owner.destroy();
  }
}

async function fillEvidence(owner: Knex, people: number): Promise<void> {
  const aside = await putAside(owner, EVIDENCE);
  say(`Making ${people * OBSERVATIONS_EACH} observations with their points and estimates`);
  const { rows } = await owner.raw('select max(n) as last from bench_people');
  const last = Number(rows[0].last);
  let next = 1;
  let told = 0;
  const lane = async () => {
    while (next <= last) {
      const first = next;
      next += AT_ONCE;
      await makeEvidence(owner, first, Math.min(last, first + AT_ONCE - 1));
      if (first / last >= told + 0.05) say(`  ${Math.round((100 * first) / last)} % of observations`);
      if (first / last >= told + 0.05) told = first / last;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  say('Making indexes');
  await putBack(owner, aside, (statement) => say(`  ${statement.slice(0, 90)}`));
  await owner.raw(`analyze ${EVIDENCE.join(', ')}`);
}

/** Months are closed by the product itself, organisation by organisation, in processes of their own. */
async function closeAll(owner: Knex, url: string): Promise<void> {
  const { rows } = await owner.raw<{ rows: { id: string; people: number }[] }>(
    'select id, people from bench_organisations order by people desc, id',
  );
  say(`Closing the months of ${rows.length} organisations`);
  const waiting = rows.map(({ id }) => id);
  let done = 0;
  const lane = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      await runClosing(url, id);
      done += 1;
      if (done === 1 || done % 5 === 0 || done === rows.length) say(`  ${done} of ${rows.length} organisations`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function runClosing(url: string, organisation: string): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--max-old-space-size=6000', path.join(ROOT, 'dist', 'src', 'bench', 'reports', 'close.js'), organisation],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { PATH: process.env.PATH, DATABASE_URL: url } },
  );
  return new Promise((resolve, reject) =>
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`closing ${organisation} ended with ${code}`)),
    ),
  );
}

async function sizes(owner: Knex): Promise<string> {
  const { rows } = await owner.raw(
    `select relname as table, pg_size_pretty(pg_total_relation_size(oid)) as size, reltuples::bigint as rows
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > 1000
     order by pg_total_relation_size(oid) desc limit 12`,
  );
  const total = await owner.raw('select pg_size_pretty(pg_database_size(current_database())) as size');
  return [
    `The database takes ${total.rows[0].size}`,
    ...rows.map(
      (row: { table: string; size: string; rows: string }) => `  ${row.table}: ${row.rows} rows, ${row.size}`,
    ),
  ].join('\n');
}
