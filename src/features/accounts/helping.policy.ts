import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isSupervisor } from '../organisations/organisations.policy';
import { isSensitive } from './assurance';
import type { Helped } from './helping.model';
import type { WayKind } from './ways.model';

export const signInHelpers = policy(
  'signInHelpers',
  (req) => isAdministrator(req.visitor) || isSupervisor(req.visitor),
);

/**
 * Who helps whom into the product. An administrator: everyone whose account their organisation made, but themself (they have
 * their own page). A supervisor or their deputy: people of their teams who have no task in which others' information is seen,
 * so that nobody gets over their own rights by another's card. Never somebody who has left.
 */
export function mayHelpIn(actor: Actor, person: Helped): boolean {
  if (!person.is_ours || person.has_ended || person.person_id === actor.id) return false;
  if (isAdministrator(actor)) return true;
  return person.team_ids.some((team) => actor.supervised_teams.includes(team)) && !isSensitive(person);
}

/**
 * What a helper may add: a card to everyone, codes to mail and phone by an administrator only. Pictures, passkeys and
 * passwords are chosen by their person alone: nobody else ever knows them.
 */
export const mayGive = (actor: Actor, kind: WayKind): boolean =>
  kind === 'card' || ((kind === 'mail' || kind === 'phone') && isAdministrator(actor));
