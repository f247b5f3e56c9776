import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { endPath, hasPath, insertPath } from './personal-paths.model';
import type { Step } from './suggestions';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** Makes a path of the person's own, in place of the one before. The same form sent twice makes one. */
export function makeOwnPath(actor: Somebody, pathId: string, steps: readonly Step[]): Promise<void> {
  return atomically(async () => {
    if (await hasPath(actor, pathId)) return;
    await endPath(actor);
    await insertPath(actor, pathId, steps);
    await recordAudit(actor, 'own-path.made', { type: 'own-path', id: pathId }, { steps: steps.length });
  });
}

/** Puts the path away. What was learnt on it stays. */
export function endOwnPath(actor: Somebody): Promise<void> {
  return atomically(() => endPath(actor));
}
