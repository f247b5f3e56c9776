import type { Actor } from '../organisations/organisations.model';
import type { Source } from './estimate';

/**
 * What a supervisor may see of a skill that the agreed profile requires: somebody responsible saw it done, or an issuer
 * vouches for it. Own views, quizzes, and what peers and experience experts saw are the person's own to show.
 */
export const SEEN_BY_SUPERVISORS: readonly Source[] = ['supervisor', 'demonstration', 'badge', 'task', 'earlier'];

/** Someone in the same organisation whose work may be observed. */
export interface Observed {
  id: string;
  team_ids: string[];
  /** Without an agreed target profile nothing may be observed. */
  target_profile: string | null;
}

/** A professional of the organisation, or the supervisor of one of the person's teams; never oneself. */
export function canObserve(actor: Actor, person: Observed): boolean {
  return person.id !== actor.id && (actor.roles.includes('reviewer') || supervises(actor, person));
}

export function supervises(actor: Actor, person: Observed): boolean {
  return person.team_ids.some((id) => actor.supervised_teams.includes(id));
}

/** A note that the actor made, or one that they see as a supervisor because the person's agreed profile requires the skill. */
export function canSeeAnswered(
  actor: Pick<Actor, 'id'>,
  note: { recorded_by: string | null; competence_code: string },
  required: ReadonlyMap<string, number> | undefined,
): boolean {
  return note.recorded_by === actor.id || (required?.has(note.competence_code) ?? false);
}
