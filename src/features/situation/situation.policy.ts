import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { Space, SpaceRole } from '../spaces/spaces.model';
import { canKeepSpace } from '../spaces/spaces.policy';

/** Who keeps pictures in the organisation's name, and takes them back: those who lead, coordinate or administer. */
export const canKeepPictures = (actor: Actor): boolean =>
  isAdministrator(actor) || isCoordinator(actor) || isSupervisor(actor);

/** Who keeps a picture of a space's organisations together: who keeps the space. */
export const canKeepPictureOf = (actor: Actor, space: Space | undefined, roles: readonly SpaceRole[]): boolean =>
  space ? canKeepSpace(actor, space, roles) : canKeepPictures(actor);

export const canChangePicture = (actor: Actor | undefined, picture: { organisation_id: string }): boolean =>
  actor !== undefined && actor.organisation_id === picture.organisation_id && canKeepPictures(actor);
