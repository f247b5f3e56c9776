import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { oncePerRun } from '../support/once';

const run = promisify(execFile);
const PROJECT = path.resolve(__dirname, '..', '..');
const NODE = process.execPath;

export interface RunningServer {
  child: ChildProcess;
  folder: string;
  url: string;
  output(): string;
  /** Sends the signal and resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const started: ChildProcess[] = [];
const folders: string[] = [];

/**
 * A data folder of the test's own, open to every user as PostgreSQL does not run as root. It goes away with the folder of the
 * run, also when a test never comes to clean up.
 */
export function aFolder(): string {
  const folder = fs.mkdtempSync(path.join(process.env.OPPIVA_TEST_FOLDER ?? os.tmpdir(), 'start-'));
  fs.chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

let template: string | undefined;

/** A data folder where a server has been before, with an organisation of its own in it: no demo is loaded there. */
export async function aUsedFolder(): Promise<string> {
  template ??= await makeTemplate();
  const folder = aFolder();
  await run('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

async function makeTemplate(): Promise<string> {
  const folder = aFolder();
  folders.splice(folders.indexOf(folder), 1);
  const who = ['--organisation', 'Polkutupa ry', '--name', 'Aino Koski', '--username', 'aino', '--password-stdin'];
  await setUp({ DATA_FOLDER: folder }, who, 'mansikka mustikka');
  return folder;
}

export const removeTemplate = () => template && fs.rmSync(template, { recursive: true, force: true });

/** The built server with these settings and no others. Resolves when it says where it is; throws with its last words. */
export async function aServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const folder = settings.DATA_FOLDER ?? (settings.DATABASE_URL ? aFolder() : await aUsedFolder());
  const { child, output } = launch({ DATA_FOLDER: folder, ...settings });
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const address = /http:\/\/localhost:\d+/.exec(output())?.[0];
      if (address && output().includes('Ctrl-C')) resolve(address);
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output()}`)));
  });
  return { child, folder, url, output, end: (signal) => ended(child, signal) };
}

/** What a start that must fail says, and its exit code. */
export async function failedStart(settings: Record<string, string>, node = NODE) {
  const { child, output } = launch({ DATA_FOLDER: settings.DATA_FOLDER ?? aFolder(), ...settings }, node);
  const code = await ended(child);
  return { code, lines: output().trim().split('\n') };
}

function launch(settings: Record<string, string>, node = NODE) {
  const child = spawn(node, [path.join(PROJECT, 'dist/src/server.js')], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, PORT: '0', STOP_WAIT_SECONDS: '0.5', LOG_LEVEL: 'fatal', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (told += chunk));
  return { child, output: () => told };
}

function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (signal) child.kill(signal);
  return exit;
}

/** The process number of the PostgreSQL that runs in the folder; undefined when none does. */
export function postgresOf(folder: string): number | undefined {
  const file = path.join(folder, 'postgres', 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  const pid = Number(fs.readFileSync(file, 'utf8').split('\n')[0]);
  return isAlive(pid) ? pid : undefined;
}

/** A process that has ended stays in the table until its parent asks; that one is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !fs.existsSync(stat) || !/\) Z/.test(fs.readFileSync(stat, 'utf8'));
}

/** Runs `npm run setup`'s program with the password as its input. */
export async function setUp(settings: Record<string, string>, flags: string[], password: string) {
  const child = spawn(NODE, [path.join(PROJECT, 'dist/src/setup.js'), ...flags], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, ...settings },
  });
  started.push(child);
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (told += chunk));
  child.stdin.end(password);
  return { code: await ended(child), said: told.trim() };
}

/** Compiles the product, once in a run: a server that starts meanwhile would read half a file. */
export function ensureBuilt(): Promise<void> {
  return oncePerRun('build', async () => {
    await run(NODE, [path.join(PROJECT, 'node_modules/typescript/bin/tsc')], { cwd: PROJECT });
  });
}

/** Ends what a failing test left running, by its number. */
export async function cleanUp(): Promise<void> {
  for (const child of started.splice(0)) if (isRunning(child)) await ended(child, 'SIGKILL');
  for (const folder of folders.splice(0)) {
    const pid = postgresOf(folder);
    if (pid) process.kill(pid, 'SIGQUIT');
    for (let tries = 0; pid && isAlive(pid) && tries < 100; tries += 1) await pause(50);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
