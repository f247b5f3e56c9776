import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { SupportContact, SupportRequest, SupportVisit } from './visits.model';

/** Who matches requests with supporters and ends them: those who lead, coordinate or administer. */
export const canMatch = (actor: Actor | undefined): boolean =>
  isAdministrator(actor) || isCoordinator(actor) || isSupervisor(actor);

/** Who gives support: everyone of the organisation but those who come for it. */
export const canSupport = (actor: Actor | undefined): boolean => actor !== undefined && actor.relation !== 'client';

export const isSupporterOf = (actor: Actor, { supporter_id }: Pick<SupportRequest, 'supporter_id'>) =>
  supporter_id === actor.id;

/** How to reach who asked is for who helps, once they promised to, and for who matches. */
export const canReach = (actor: Actor, request: SupportRequest): boolean =>
  canMatch(actor) || (isSupporterOf(actor, request) && request.accepted_at !== null);

/** Agrees visits and ends the request. */
export const canRun = canReach;

export const canRunVisit = (actor: Actor, visit: SupportVisit): boolean =>
  canMatch(actor) || visit.supporter_id === actor.id;

/** A contact is corrected and taken away by who made it, and by nobody else. */
export const canChangeContact = (actor: Actor, contact: SupportContact): boolean => contact.supporter_id === actor.id;
