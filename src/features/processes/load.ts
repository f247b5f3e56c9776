import type { Request } from 'express';
import { authorize, found } from '../../lib/guards';
import { type Level, levelsSeen, type Standing, seesLevel } from './levels';
import { type FoundProcess, findProcess, standingIn } from './processes.model';
import { canSeeProcess } from './processes.policy';

export interface Loaded {
  process: FoundProcess;
  standing: Standing;
  /** The levels that the reader sees, in their order. */
  seen: Level[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The process of the address as this reader may see it; 404 when they may not. */
export async function loadProcess(req: Request): Promise<Loaded> {
  const id = String(req.params.process);
  const process = found(UUID.test(id) ? await findProcess(id, req.visitor?.id ?? null) : undefined);
  const standing = standingIn(req.visitor, process);
  found(canSeeProcess(req.visitor, process, standing) ? process : undefined);
  return { process, standing, seen: levelsSeen(standing) };
}

/** The same for what belongs to a level: who does not see the level finds nothing there. */
export async function loadLevel(req: Request, level: Level): Promise<Loaded> {
  const loaded = await loadProcess(req);
  found(seesLevel(loaded.standing, level) ? loaded : undefined);
  return loaded;
}

/** The same for who may do something in it; 403 for others who see it. */
export async function loadFor(req: Request, may: (standing: Standing) => boolean): Promise<Loaded> {
  const loaded = await loadProcess(req);
  authorize(may(loaded.standing));
  return loaded;
}
