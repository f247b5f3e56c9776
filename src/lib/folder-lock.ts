import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { startTime } from './processes';

/** Thrown when another running server already uses the folder. */
export class FolderInUse extends Error {}

/**
 * Takes the folder for this process, or throws FolderInUse. A lock whose process is gone is a leftover.
 * The lock appears complete or not at all (a hard link), so two servers that start at once cannot both have it.
 */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  const lock = path.join(folder, 'server.pid');
  const mine = `${lock}.${randomUUID()}`;
  await fs.writeFile(mine, `${process.pid} ${await startTime(process.pid)}`);
  try {
    for (let tries = 0; tries < 5; tries += 1) {
      if (await linked(mine, lock)) return () => fs.rm(lock, { force: true });
      await removeLeftover(folder, lock);
    }
    throw new FolderInUse(`${folder} is in use`);
  } finally {
    await fs.rm(mine, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await fs.link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeLeftover(folder: string, lock: string): Promise<void> {
  const seen = await fs.readFile(lock, 'utf8').catch(() => '');
  const [pid, ...began] = seen.split(' ');
  if (pid && Number(pid) !== process.pid && (await startTime(Number(pid))) === began.join(' ')) {
    throw new FolderInUse(`${folder} is in use by process ${pid}`);
  }
  const aside = `${lock}.${randomUUID()}`;
  await fs.rename(lock, aside).catch(() => undefined);
  const moved = await fs.readFile(aside, 'utf8').catch(() => seen);
  // Another server was quicker and this is its new lock: it gets it back.
  if (moved !== seen) await linked(aside, lock);
  await fs.rm(aside, { force: true });
}
