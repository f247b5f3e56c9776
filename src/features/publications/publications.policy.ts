import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor, isCoordinator } from '../organisations/organisations.policy';
import type { SpaceRole } from '../spaces/spaces.model';
import { canSeeInSpace } from '../spaces/spaces.policy';
import type { Publication } from './publications.model';
import type { PublicationKind } from './texts';

const isEditor = (actor: Actor | undefined) => isAuthor(actor) || isCoordinator(actor) || isAdministrator(actor);

/** Anybody tells a story of their own; the rest is begun by those who write, coordinate or administer. */
export const canBegin = (actor: Actor, kind: PublicationKind) => kind === 'story' || isEditor(actor);

/** The keeper's writers, and the one who began it until it is published. */
export const canWrite = (actor: Actor | undefined, publication: Publication): boolean =>
  actor !== undefined &&
  actor.organisation_id === publication.organisation_id &&
  (isEditor(actor) || (publication.owner_id === actor.id && publication.state === 'draft'));

/** Who opens it for comments, asks for approval, publishes and takes it away. */
export const canPublish = (actor: Actor | undefined, publication: Publication): boolean =>
  actor !== undefined && actor.organisation_id === publication.organisation_id && isEditor(actor);

/** The row policies have said who may know of it; a draft is for its writers and the people of its space. */
export function canSee(actor: Actor | undefined, publication: Publication, roles: readonly SpaceRole[]): boolean {
  if (canWrite(actor, publication)) return true;
  if (publication.state === 'withdrawn') return false;
  const isOut = publication.state === 'comments' || publication.state === 'published';
  return isOut ? canSeeInSpace(publication, roles) : roles.length > 0;
}

/** Members comment where members may; anybody where all may. */
export function canComment(actor: Actor | undefined, publication: Publication): boolean {
  if (publication.state !== 'comments' && publication.state !== 'published') return false;
  return publication.comments === 'open' || (publication.comments === 'members' && actor !== undefined);
}

/** Who may sign in the name of their organisation. */
export const canSignFor = (actor: Actor | undefined): boolean => isAdministrator(actor);
