import type { Relation } from '../organisations/organisations.model';

/** What is known of a skill of a person at one end of a period, as it stood when that month was closed. */
export interface SkillEnd {
  person_id: string;
  competence_code: string;
  end_of: 'from' | 'to';
  /** Rounded to millionths, so that sums are exact. */
  level: number;
  /** Somebody else has seen it too. */
  verified: boolean;
  observed_at: Date;
}

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

export type Known = Pick<SkillEnd, 'person_id' | 'level' | 'verified' | 'observed_at'>;

export interface Pair {
  person_id: string;
  before: Known;
  after: Known;
}

/** Codes in the order of people: 1.2 before 1.10. */
export const byCode = new Intl.Collator('fi', { numeric: true }).compare;

/** What is known at the end of the period, by competence in the order of codes; of those who were in the team then. */
export function knownAtEnd(ends: readonly SkillEnd[], team: readonly TeamDay[]): Map<string, Known[]> {
  const members = new Set(team.filter(({ at_end }) => at_end).map(({ person_id }) => person_id));
  const known = new Map<string, Known[]>();
  for (const end of ends) {
    if (end.end_of !== 'to' || !members.has(end.person_id)) continue;
    const others = known.get(end.competence_code);
    if (others) others.push(end);
    else known.set(end.competence_code, [end]);
  }
  return sorted(known);
}

/** The same people at both ends, by competence. Who joined in between, left, or was known on one day only is not in it. */
export function pairsOf(ends: readonly SkillEnd[], team: readonly TeamDay[]): Map<string, Pair[]> {
  const stayed = new Set(team.filter((day) => day.at_start && day.at_end).map(({ person_id }) => person_id));
  const before = new Map<string, Known>();
  for (const end of ends) {
    if (end.end_of === 'from' && stayed.has(end.person_id)) before.set(`${end.person_id} ${end.competence_code}`, end);
  }
  const pairs = new Map<string, Pair[]>();
  for (const [code, known] of knownAtEnd(ends, team)) {
    const both = known.flatMap((after) => {
      const then = before.get(`${after.person_id} ${code}`);
      return then ? [{ person_id: after.person_id, before: then, after }] : [];
    });
    if (both.length > 0) pairs.set(code, both);
  }
  return pairs;
}

function sorted<T>(map: Map<string, T>): Map<string, T> {
  return new Map([...map].sort(([a], [b]) => byCode(a, b)));
}
