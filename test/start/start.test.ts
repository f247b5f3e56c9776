import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import {
  aFolder,
  aServer,
  aUsedFolder,
  cleanUp,
  ensureBuilt,
  failedStart,
  isAlive,
  pause,
  postgresOf,
  removeTemplate,
  setUp,
} from './server';

jest.setTimeout(60_000);
beforeAll(ensureBuilt);
afterEach(cleanUp);
afterAll(removeTemplate);

const status = async (url: string) => (await fetch(url)).status;

const signIn = (url: string, username: string, password: string) =>
  fetch(`${url}/sign-in`, { method: 'POST', body: new URLSearchParams({ username, password }), redirect: 'manual' });

it('serves with the demo, stops PostgreSQL too on Ctrl-C, and goes on with the same data', async () => {
  const first = await aServer({ DATA_FOLDER: aFolder() });
  expect(first.output()).toContain('learner, expert, professional, supervisor, coordinator, admin');
  expect((await signIn(first.url, 'learner', 'demo-oppiva')).status).toBe(303);
  expect(await status(`${first.url}/health`)).toBe(200);
  expect(await status(`${first.url}/sign-in`)).toBe(200);
  // Commands work beside the running server, on its own database.
  const args = ['dist/src/import-course.js', 'src/data/modules.json'];
  const imported = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, DATA_FOLDER: first.folder },
  });
  expect(imported.stdout).toContain('updated  /learn/');
  const rebuilt = await promisify(execFile)(process.execPath, ['dist/src/rebuild-search.js'], {
    env: { ...process.env, DATA_FOLDER: first.folder },
  });
  expect(rebuilt.stdout).toMatch(/made anew: [1-9]\d* courses and [1-9]\d* paths/);
  expect(await status(`${first.url}/health`)).toBe(200);
  const secret = fs.readFileSync(path.join(first.folder, 'session-secret'), 'utf8');
  const postgres = postgresOf(first.folder);

  expect(await first.end('SIGINT')).toBe(0);
  expect(postgres && isAlive(postgres)).toBe(false);
  expect(fs.existsSync(path.join(first.folder, 'server.pid'))).toBe(false);

  const second = await aServer({ DATA_FOLDER: first.folder });
  expect(second.output()).toContain('demo-oppiva');
  expect((await signIn(second.url, 'learner', 'demo-oppiva')).status).toBe(303);
  expect(fs.readFileSync(path.join(first.folder, 'session-secret'), 'utf8')).toBe(secret);
  expect(await second.end('SIGTERM')).toBe(0);
});

it('tells a proxy before it stops taking requests, and finishes the one under way', async () => {
  const server = await aServer({ STOP_WAIT_SECONDS: '1.5' });
  const stopped = server.end('SIGTERM');
  await pause(400);
  expect(await status(`${server.url}/health`)).toBe(503);
  expect(await status(`${server.url}/sign-in`)).toBe(200);
  expect(await stopped).toBe(0);
});

it('starts after kill -9 and leaves no PostgreSQL of the killed server behind', async () => {
  const first = await aServer();
  const orphan = postgresOf(first.folder) as number;
  await first.end('SIGKILL');
  expect(isAlive(orphan)).toBe(true);

  const second = await aServer({ DATA_FOLDER: first.folder });
  expect(isAlive(orphan)).toBe(false);
  expect(await status(`${second.url}/sign-in`)).toBe(200);

  // The power goes: neither of them ends in order.
  const postgres = postgresOf(first.folder) as number;
  process.kill(second.child.pid as number, 'SIGSTOP');
  process.kill(postgres, 'SIGKILL');
  await second.end('SIGKILL');
  const third = await aServer({ DATA_FOLDER: first.folder });
  expect(await third.end('SIGINT')).toBe(0);
});

it('starts in a folder that is closed to every other user, as root too', async () => {
  const closed = await aUsedFolder();
  fs.chmodSync(closed, 0o700);
  const server = await aServer({ DATA_FOLDER: closed });
  expect(await status(`${server.url}/sign-in`)).toBe(200);
  expect(await server.end('SIGINT')).toBe(0);
});

it('refuses a folder that another server holds, and a port that is taken, in one line each', async () => {
  const first = await aServer();
  const port = new URL(first.url).port;

  const sameFolder = await failedStart({ DATA_FOLDER: first.folder });
  expect(sameFolder).toEqual({
    code: 1,
    lines: [expect.stringMatching(/is in use by process \d+\. Stop that server/)],
  });

  const samePort = await failedStart({ PORT: port });
  expect(samePort).toEqual({ code: 1, lines: [`Port ${port} is taken. Set PORT to another number.`] });
  expect(await status(`${first.url}/health`)).toBe(200);
});

it('says in one line that the database cannot be reached, and never its password', async () => {
  const unused = await freePort();
  const { code, lines } = await failedStart({ DATABASE_URL: `postgres://me:secret@127.0.0.1:${unused}/oppiva` });
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toMatch(/^The database in DATABASE_URL cannot be used: .*ECONNREFUSED/);
  expect(lines[0]).not.toContain('secret');
});

it('says in one line which settings are wrong', async () => {
  const { code, lines } = await failedStart({ PORT: 'three', DATABASE_URL: 'nonsense' });
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toMatch(/^Settings are wrong\. PORT: a whole number.*DATABASE_URL: a whole address/);
});

it('says in one line that the data folder cannot be used', async () => {
  const file = path.join(aFolder(), 'a-file');
  fs.writeFileSync(file, '');
  const { code, lines } = await failedStart({ DATA_FOLDER: file });
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toContain(file);
});

it('runs on a database of one’s own with two logins, and refuses one that passes the row policies', async () => {
  const server = process.env.OPPIVA_TEST_SERVER;
  const [owner, app] = ['start_owner', 'start_app'];
  const url = (user: string) => `${server}/start_test`.replace(/\/\/[^@]+@/, `//${user}:start@`);
  const root = new Client(`${server}/postgres`);
  await root.connect();
  try {
    // Since PostgreSQL 16 making roles gives no right over a role that another made.
    await root.query(`create role ${owner} login createrole password 'start'`);
    await root.query(`create role ${app} login password 'start'`);
    await root.query(`create database start_test owner ${owner}`);

    const noRole = await failedStart({ DATABASE_URL: url(owner) });
    expect(noRole).toEqual({ code: 1, lines: [expect.stringMatching(/start_owner may not make the role oppiva_app/)] });
    const noTables = await failedStart({ DATABASE_URL: url(app) });
    expect(noTables).toEqual({ code: 1, lines: [expect.stringMatching(/start_app may not make tables/)] });

    await root.query(`grant oppiva_app to ${owner}`);
    const both = { DATABASE_OWNER_URL: url(owner), DATABASE_URL: url(app) };
    const notMember = await failedStart(both);
    expect(notMember).toEqual({
      code: 1,
      lines: [expect.stringMatching(/start_app .* is not a member of oppiva_app/)],
    });
    const free = await failedStart({ DATABASE_OWNER_URL: url(owner), DATABASE_URL: url(owner) });
    expect(free).toEqual({ code: 1, lines: [expect.stringMatching(/passes the row policies/)] });

    await root.query(`grant oppiva_app to ${app}`);
    const readFree = await failedStart({ ...both, DATABASE_READ_URL: url(owner) });
    expect(readFree).toEqual({ code: 1, lines: [expect.stringMatching(/DATABASE_READ_URL passes the row policies/)] });
    const started = await aServer(both);
    expect(await status(`${started.url}/sign-in`)).toBe(200);
    expect(started.output()).not.toContain('demo');
    await started.end('SIGINT');
  } finally {
    await root.query('drop database if exists start_test with (force)');
    for (const role of [owner, app]) await root.query(`drop role if exists ${role}`);
    await root.end();
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('says in one line that Node is too old', async () => {
  const script = path.resolve('dist/src/server.js');
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.9.0' } })";
  const run = promisify(execFile)(process.execPath, ['-e', `${older}; require(${JSON.stringify(script)})`]);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: 'Oppiva needs Node 24 or newer; this is 20.9.0. Start it with: npm start\n',
  });
});

it('makes the first organisation and its administrator, once', async () => {
  const settings = { DATA_FOLDER: aFolder() };
  const who = ['--organisation', 'Polkutupa ry', '--name', 'Aino Koski', '--username', 'aino', '--password-stdin'];

  const short = await setUp(settings, who, 'short\n');
  expect(short).toEqual({ code: 1, said: expect.stringMatching(/^Nothing was made\. .*10/) });
  const made = await setUp(settings, who, 'mansikka mustikka\n');
  expect(made).toEqual({ code: 0, said: expect.stringMatching(/^Ready\. Polkutupa ry is made\./) });
  const again = await setUp(settings, who, 'mansikka mustikka\n');
  expect(again).toEqual({ code: 1, said: expect.stringMatching(/^There is an organisation already: Polkutupa ry\./) });

  const more = [
    '--another',
    '--network',
    'Digituki',
    '--username',
    'bo',
    ...who.filter((one) => !/^(--username|aino)$/.test(one)),
  ];
  const another = await setUp(settings, more, 'mansikka mustikka\n');
  expect(another).toEqual({ code: 0, said: expect.stringMatching(/^Ready\. Polkutupa ry is made\./) });

  const server = await aServer(settings);
  expect(server.output()).not.toContain('demo');
  const signedIn = await signIn(server.url, 'aino', 'mansikka mustikka');
  expect(signedIn.status).toBe(303);
  await server.end('SIGINT');
});
