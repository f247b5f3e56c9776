import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * When a process began, as its system tells it; undefined when there is none. Process numbers are used again, so a
 * number alone proves nothing.
 */
export async function startTime(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] : ask(pid, 'lstart=');
}

/** The command line of a process; empty when there is none. */
export async function commandOf(pid: number): Promise<string> {
  if (!isAlive(pid)) return '';
  return fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ask(pid, 'command='));
}

/** A process of another user is alive too: the system says so by refusing. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Systems without /proc. */
async function ask(pid: number, what: string): Promise<string> {
  return run('ps', ['-o', what, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim().replaceAll(' ', '_'),
    () => '',
  );
}
