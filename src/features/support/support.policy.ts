import type { Actor } from '../organisations/organisations.model';
import type { HelpRequest } from './support.model';

/** Answering is asked where it is done: on the page of a team that the actor supervises (reports). */
export function canWithdraw(actor: Actor, request: HelpRequest): boolean {
  return request.organisation_id === actor.organisation_id && request.person_id === actor.id;
}
