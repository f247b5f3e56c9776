import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { SupportPlace } from './places.model';

/** Who keeps the organisation's register of support: those who lead, coordinate or administer. */
export const canKeepPlaces = (actor: Actor | undefined): boolean =>
  isAdministrator(actor) || isCoordinator(actor) || isSupervisor(actor);

export const canKeepPlace = (actor: Actor | undefined, place: Pick<SupportPlace, 'organisation_id'>): boolean =>
  canKeepPlaces(actor) && actor?.organisation_id === place.organisation_id;
