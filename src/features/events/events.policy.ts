import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { Event } from './events.model';

/** Who may call others together in their organisation's name. */
export const canMakeEvent = (actor: Actor | undefined): boolean =>
  isAuthor(actor) || isSupervisor(actor) || isCoordinator(actor) || isAdministrator(actor);
export const eventMakers = policy('eventMakers', (req) => canMakeEvent(req.visitor));

/** Who organises the event: sees who comes and what they need, writes and changes it. */
export const canKeepEvent = (actor: Actor | undefined, event: Pick<Event, 'organisation_id' | 'owner_id'>): boolean =>
  actor !== undefined &&
  actor.organisation_id === event.organisation_id &&
  (actor.id === event.owner_id || isAdministrator(actor) || isCoordinator(actor));

/** Whether one may still sign up: it takes sign-ups and has not begun. */
export const isOpen = (event: Pick<Event, 'state' | 'takes_signups' | 'starts_at'>, now = new Date()): boolean =>
  event.state === 'planned' && event.takes_signups && event.starts_at > now;
