import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { ROOT } from '../lib/root';

export interface Served {
  child: ChildProcess;
  pid: number;
  url: string;
}

/** Two minutes at least: the floor first records each page four times, some of them slow ones on a busy machine. */
const MOST_TRIES = 1200;

/** Starts a built program of ours that listens on PORT, and waits until it does. Throws with its last words when it ends. */
export async function serve(program: string, env: Record<string, string>, flags: string[] = []): Promise<Served> {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, path.join(ROOT, 'dist', 'src', program)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env, PORT: String(port) },
  });
  let told = '';
  child.stderr?.on('data', (chunk) => {
    told = `${told}${chunk}`.slice(-2000);
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${told}`);
    if (await answers(url)) return { child, pid: child.pid ?? 0, url };
    await pause(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${program} does not answer: ${told}`);
}

export async function stop({ child }: Served): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
}

const answers = (url: string) =>
  fetch(`${url}/health`).then(
    () => true,
    () => false,
  );

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const TICKS_PER_SECOND = 100;

/** Processor time of these processes and all that came from them so far, in ms; undefined where there is no /proc. */
export function processorTime(roots: readonly number[]): number | undefined {
  if (!fs.existsSync('/proc/self/stat')) return undefined;
  const processes = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  let ticks = 0;
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    ticks += processes.find((one) => one.pid === pid)?.ticks ?? 0;
    waiting.push(...processes.filter((one) => one.parent === pid).map((one) => one.pid));
  }
  return (1000 * ticks) / TICKS_PER_SECOND;
}

/** Fields of proc_pid_stat(5): user and system time, own and of children that have ended. */
function statOf(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return undefined;
  }
}
