import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator } from '../organisations/organisations.policy';
import type { Space, SpaceRole } from './spaces.model';

/** Who may begin a space in their organisation's name. */
export const canMakeSpace = (actor: Actor) => isAdministrator(actor) || isCoordinator(actor);

/** Who may change the space, its people and its end: those who coordinate it, and its keeper's administrators. */
export const canKeepSpace = (actor: Actor, space: Pick<Space, 'organisation_id'>, roles: readonly SpaceRole[]) =>
  roles.includes('coordinator') || (actor.organisation_id === space.organisation_id && isAdministrator(actor));

/**
 * Whether the actor may see an object that stands in a space: what is for its members is not for all of the keeper's people.
 * Other rows are held by the row policies.
 */
export const canSeeInSpace = (
  object: { visibility: string; space_id: string | null },
  roles: readonly SpaceRole[],
): boolean => object.visibility !== 'members' || object.space_id === null || roles.length > 0;
