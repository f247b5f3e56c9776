import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadDemo } from '../demo/load';
import { ensureDatabase, startPostgres } from '../lib/embedded-postgres';
import { migrate, openAsOwner } from '../lib/migrate';
import { addContacts, setSituationScene } from './contacts';
import { firstVisit } from './first-visit';
import { addLessons } from './lessons';
import { type Bench, type Measured, measurePage } from './measure';
import type { BenchPage } from './page';
import { pagesOf } from './pages';
import { type Served, serve, stop } from './processes';
import { LOADING, prepareReports } from './reports/prepare';
import { setReportScene } from './reports/scene';
import { type Scene, setScene } from './scene';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '240' },
    seconds: { type: 'string', default: '4' },
    json: { type: 'string' },
    /** Keeps the database there, and uses it again when it has as many people. */
    folder: { type: 'string' },
    /** Only pages with this in their names. */
    only: { type: 'string' },
    /** Where the server leaves a profile of its processor time, for Chromium's developer tools. */
    profile: { type: 'string' },
    /** Search and catalogue among so many lessons, in place of the pages of everyday use. */
    lessons: { type: 'string' },
    /** The picture of the situation over so many contacts, and public pages under 64 connections. */
    contacts: { type: 'string' },
    /** Reports in a large installation, in place of the pages of everyday use. */
    reports: { type: 'boolean', default: false },
  },
});

const CONNECTIONS = options.contacts ? [1, 64] : options.reports || options.lessons ? [1, 8] : [1, 16];

/** `npm run bench -- [--reports | --lessons N | --contacts N] --people N [--seconds S] [--json FILE] [--folder FOLDER] [--only PAGE] [--profile FOLDER]` */
async function run(): Promise<void> {
  const folder = path.resolve(options.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-bench-')));
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o755);
  if (options.reports) await fillForReports(folder);
  const postgres = await startPostgres(folder);
  const url = postgres.url('oppiva');
  const started: Served[] = [];
  try {
    await ensureDatabase(postgres, 'oppiva');
    if (!options.reports) await prepare(url, Number(options.people));
    const secret = randomBytes(32).toString('hex');
    if (options.lessons) await addLessons(url, Number(options.lessons));
    const scene = await (options.reports ? setReportScene : setScene)(url, secret);
    if (options.lessons) (scene as Scene).lessons = Number(options.lessons);
    if (options.contacts) {
      await addContacts(url, Number(options.contacts));
      (scene as Scene).situation = await setSituationScene(url, secret);
    }
    // A thousand cookies are more than an environment may hold.
    const sceneFile = path.join(folder, 'scene.json');
    fs.writeFileSync(sceneFile, JSON.stringify(scene), { mode: 0o600 });
    const env = { DATABASE_URL: url, SESSION_SECRET: secret, DATA_FOLDER: folder, TRUST_PROXY: '1' };
    const begin = async (program: string, more: Record<string, string> = {}, flags: string[] = []) => {
      const served = await serve(program, { ...env, ...more }, flags);
      started.push(served);
      return served;
    };
    const postgresPid = Number(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const bench: Bench = {
      scene,
      pages: pagesOf(scene),
      app: await begin('server.js', {}, options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []),
      floor: await begin('bench/floor.js', { BENCH_SCENE: sceneFile }),
      bare: await begin('bench/bare.js'),
      postgresPid,
      seconds: Number(options.seconds),
    };
    const results = await measureAll(bench);
    if (!options.reports && !options.lessons && !options.contacts) await showFirstVisits(bench);
    if (options.json)
      fs.writeFileSync(
        options.json,
        `${JSON.stringify(
          results.map(({ floor_cpu_ms: _, ...result }) => result),
          null,
          2,
        )}\n`,
      );
  } finally {
    await Promise.all(started.map(stop));
    await postgres.stop();
    if (!options.folder) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A server for loading only, stopped before anything is measured. */
async function fillForReports(folder: string): Promise<void> {
  const postgres = await startPostgres(folder, { fast: true, settings: LOADING });
  try {
    await ensureDatabase(postgres, 'oppiva');
    await prepareReports(postgres.url('oppiva'), Number(options.people));
  } finally {
    await postgres.stop();
  }
}

async function prepare(url: string, people: number): Promise<void> {
  const owner = openAsOwner(url);
  try {
    await migrate(owner);
    const { rows } = await owner.raw('select count(*)::int as n from people');
    if (rows[0].n === people) return;
  } finally {
    await owner.destroy();
  }
  const from = performance.now();
  const rows = await loadDemo(url, { people });
  console.log(`Loaded ${people} people, ${rows} rows, in ${((performance.now() - from) / 1000).toFixed(1)} s.`);
}

async function measureAll(bench: Bench): Promise<Measured[]> {
  const recorded: ({ queries: number } | null)[] = (await (await fetch(`${bench.floor.url}/queries`)).json()) as never;
  const results: Measured[] = [];
  console.log(
    line(['page', 'conn', 'req/s', 'p50 ms', 'p99 ms', 'cpu ms', 'floor', 'queries', 'bytes', '× floor', '× bare']),
  );
  for (const [index, page] of bench.pages.entries()) {
    if (options.only && !page.page.includes(options.only)) continue;
    const queries = recorded[index]?.queries;
    if (queries === undefined) {
      console.log(line([page.page, 'does not answer as it should: left out']));
      continue;
    }
    if (page.visitFirst) await visitAll(bench.app.url, bench.scene, page);
    for (const connections of CONNECTIONS) {
      const result = await measurePage(bench, page, connections, queries);
      results.push(result);
      const { rps, p50_ms, p99_ms, cpu_ms, floor_cpu_ms, bytes, floor_ratio, bare_ratio } = result;
      console.log(
        line([
          page.page,
          connections,
          rps,
          p50_ms,
          p99_ms,
          cpu_ms,
          floor_cpu_ms,
          queries,
          bytes,
          floor_ratio,
          bare_ratio,
        ]),
      );
    }
  }
  return results;
}

async function visitAll(url: string, scene: Scene, page: BenchPage): Promise<void> {
  for (let n = 0; n < scene.learners.length; n += 1) {
    const { path: to, ...request } = page.request(scene, n);
    await (await fetch(`${url}${to}`, { ...request, redirect: 'manual' })).arrayBuffer();
  }
}

async function showFirstVisits({ app, scene }: Bench): Promise<void> {
  const pages = [
    ['sign-in page', { method: 'GET', path: '/sign-in', headers: {} }],
    ['lesson page', { method: 'GET', path: scene.lessonPath, headers: { cookie: scene.learners[0] ?? '' } }],
  ] as const;
  for (const [name, page] of pages) {
    const { requests, bytes } = await firstVisit(app.url, page);
    console.log(`First visit to the ${name}: ${requests} requests, ${(bytes / 1000).toFixed(1)} kB`);
  }
}

const WIDTHS = [24, 5, 9, 8, 8, 8, 8, 8, 8, 8, 8];

function line(cells: readonly (string | number | null)[]): string {
  return cells
    .map((cell, i) => (i === 0 ? String(cell).padEnd(WIDTHS[i] ?? 0) : String(cell ?? '-').padStart(WIDTHS[i] ?? 8)))
    .join('');
}

run().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
