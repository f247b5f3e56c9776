import type { Relation } from '../../organisations/organisations.model';

/** Who was in a team at the ends of a period. */
export interface TeamDay {
  person_id: string;
  target_profile: string | null;
  relation: Relation;
  at_start: boolean;
  at_end: boolean;
}

/** Groups with clients of a service in them are shown from this many people on. */
const LEAST_WITH_CLIENTS = 10;

/** The smallest group that may show of this team: the organisation's own limit, and more where clients are in it. */
export function leastOf(team: readonly Pick<TeamDay, 'relation'>[], smallestGroup: number): number {
  return team.some(({ relation }) => relation === 'client')
    ? Math.max(LEAST_WITH_CLIENTS, smallestGroup)
    : smallestGroup;
}
