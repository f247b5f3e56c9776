import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';

/**
 * Who may turn simple mode on or off for another when asked to: an administrator of the organisation, or a supervisor of a
 * team where the person is today. `member` is a member of the actor's organisation.
 */
export const canSetSimpleFor = (actor: Actor, member: { team_ids: readonly string[] }): boolean =>
  isAdministrator(actor) || member.team_ids.some((team) => actor.supervised_teams.includes(team));
