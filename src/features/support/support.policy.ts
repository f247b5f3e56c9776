import type { Actor } from '../organisations/organisations.model';
import type { HelpRequest } from './support.model';

/** Answering is asked where it is done: on the page of a team that the actor supervises (reports). */
export function canWithdraw(actor: Actor, request: HelpRequest): boolean {
  return request.organisation_id === actor.organisation_id && request.person_id === actor.id;
}

/** The one who asked, the helper who was asked, or the supervisors of the asker's teams when they were asked. */
export function canReadRequest(actor: Actor, request: HelpRequest, supervisors: readonly string[]): boolean {
  if (request.organisation_id !== actor.organisation_id) return false;
  if (request.person_id === actor.id) return true;
  return request.to_person_id === null
    ? supervisors.includes(actor.id) && !actor.lowered
    : request.to_person_id === actor.id;
}
