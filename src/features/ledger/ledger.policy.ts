import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { WorkEntry, WorkRequest } from './ledger.model';
import type { Checker } from './ledger.queries';

/** Those who answer for the work of peer supporters: supervisors for their teams, coordinators and administrators for all. */
export const hourCheckers = policy(
  'hourCheckers',
  (req) => isSupervisor(req.visitor) || isCoordinator(req.visitor) || isAdministrator(req.visitor),
);

export const checkerOf = (actor: Actor): Checker => ({
  id: actor.id,
  organisation_id: actor.organisation_id,
  supervised_teams: actor.supervised_teams,
  isForAll: isAdministrator(actor) || isCoordinator(actor),
});

type Somebody = Pick<Actor, 'id'>;

/** What was checked stays, so that both sides can be read. */
export const canRemoveEntry = (
  actor: Somebody,
  { person_id, checked_at }: Pick<WorkEntry, 'person_id' | 'checked_at'>,
) => person_id === actor.id && checked_at === null;

export const canWithdrawRequest = (
  actor: Somebody,
  { person_id, signed_at }: Pick<WorkRequest, 'person_id' | 'signed_at'>,
) => person_id === actor.id && signed_at === null;
