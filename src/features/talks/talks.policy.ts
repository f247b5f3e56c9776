import type { Actor } from '../organisations/organisations.model';
import type { Talk } from './talks.model';

export type Side = 'person' | 'supervisor';

/** Whose side of the talk the actor is on. */
export const sideOf = (actor: Pick<Actor, 'id'>, talk: Pick<Talk, 'person_id'>): Side =>
  actor.id === talk.person_id ? 'person' : 'supervisor';

/**
 * The person, and the one they talk with for as long as that one supervises a team of theirs. No administrator, no other
 * supervisor, no partner (domain table 4.5).
 */
export function canOpenTalk(
  actor: Pick<Actor, 'id' | 'lowered'>,
  talk: Pick<Talk, 'person_id' | 'supervisor_id'> & { is_supervised: boolean },
): boolean {
  if (actor.id === talk.person_id) return true;
  return actor.id === talk.supervisor_id && talk.is_supervised && !actor.lowered;
}

/** What is agreed changes until both have confirmed it. */
export const canChangeTalk = (talk: Pick<Talk, 'held_at'>): boolean => talk.held_at === null;
