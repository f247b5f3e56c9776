import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isSupervisor } from '../organisations/organisations.policy';

/** Route policy: those who agree on training, for their teams or for the organisation. */
export const pathAssigners = policy(
  'pathAssigners',
  (req) => isAdministrator(req.visitor) || isSupervisor(req.visitor),
);

/** Makes and changes paths of the organisation. */
export const canEditPaths = (actor: Actor) => isAdministrator(actor);

/** To a team: its supervisor; to a person: a supervisor of one of `personTeams`, their teams of today; the administrator to all. */
export function canAssignTo(
  actor: Actor,
  target: { team_id: string } | { person_id: string; personTeams: readonly string[] },
): boolean {
  if (isAdministrator(actor)) return true;
  if ('team_id' in target) return actor.supervised_teams.includes(target.team_id);
  return target.person_id !== actor.id && target.personTeams.some((team) => actor.supervised_teams.includes(team));
}
