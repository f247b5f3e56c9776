import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { Standing } from './levels';
import type { Process } from './processes.model';

/** Who writes, leads or coordinates may call others to work together. */
export const canStartProcess = (actor: Actor | undefined): boolean =>
  isAuthor(actor) || isSupervisor(actor) || isCoordinator(actor) || isAdministrator(actor);
export const processStarters = policy('processStarters', (req) => canStartProcess(req.visitor));

/** Whether the process is there at all for a person; which of its levels is another question (`seesLevel`). */
export function canSeeProcess(
  actor: Actor | undefined,
  process: Pick<Process, 'organisation_id' | 'visibility'>,
  { owner, levels }: Standing,
): boolean {
  if (process.visibility === 'public' || owner || levels.length > 0) return true;
  if (!actor || process.visibility === 'members') return false;
  // The row policy lets a network's process be read by organisations of its spaces only.
  return process.visibility === 'network' || actor.organisation_id === process.organisation_id;
}
