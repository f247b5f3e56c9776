import type { Day } from '../../../lib/calendar';

/** One person in a counted group of one competence, with what is known of them at the ends of a period. */
export interface CountedSkill {
  competence_code: string;
  group_id: string;
  /** Fewest people of the group that may show. */
  least: number;
  seen: boolean | null;
  /** The group's team and profile: null when they are of several. */
  team_id: string | null;
  profile: string | null;
  /** What the person's own targets are read from. */
  own_profile: string | null;
  person_id: string;
  /** The level at the start; null when the person was not counted in the group then. */
  before: number | null;
  after: number;
  /** The same by evidence alone that could have shown less as well as more; null when there is none. */
  either_before: number | null;
  either_after: number | null;
  verified: boolean;
  observed_at: Date;
}

/** A whole group at one month end, or those of it who were counted at both: in either case its limit or more. */
export interface CountedGroup {
  least: number;
  seen: boolean | null;
  team_id: string | null;
  profile: string | null;
  people: readonly CountedSkill[];
}

export type Pair = CountedSkill & { before: number };
export interface PairedGroup extends CountedGroup {
  people: readonly Pair[];
}

/** Codes in the order of people: 1.2 before 1.10. */
export const byCode = new Intl.Collator('fi', { numeric: true }).compare;

/** Groups by competence in the order of codes, as they are at the end of the period. */
export function groupsAtEnd(counted: readonly CountedSkill[]): Map<string, CountedGroup[]> {
  const codes = [...Map.groupBy(counted, ({ competence_code }) => competence_code)];
  return new Map(
    codes
      .toSorted(([a], [b]) => byCode(a, b))
      .map(([code, own]) => [
        code,
        [...Map.groupBy(own, ({ group_id }) => group_id).values()].flatMap((people) => {
          const [first] = people;
          if (!first || people.length < first.least) return [];
          const { least, seen, team_id, profile } = first;
          return [{ least, seen, team_id, profile, people }];
        }),
      ]),
  );
}

/** The same people at both ends, group by group; see rule 4 of `release.ts`. */
export function pairedGroups(counted: readonly CountedSkill[]): Map<string, PairedGroup[]> {
  return groupsAtEnd(counted.filter((one): one is Pair => one.before !== null)) as Map<string, PairedGroup[]>;
}

/** Whose skills are read: teams, or null for the whole organisation; and of one profile when it is named. */
export interface CountedScope {
  teams: readonly string[] | null;
  from: Day;
  to: Day;
  /** One competence; all when left out. */
  code?: string;
}
