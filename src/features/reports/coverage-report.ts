import { HIGHEST_LEVEL } from '../skills/estimate';
import { type HiddenReason, suppress } from '../skills/suppression';
import { type Known, knownAtEnd, type SkillEnd, type TeamDay } from './skill-ends';
import { type Split, splitOf } from './small-groups';

/** Profile -> competence code -> level. */
export type Targets = ReadonlyMap<string, ReadonlyMap<string, number>>;
export type Reached = 'reached' | 'onTheWay';
export type Band = '1' | '2' | '3' | '4';

export interface ShownCoverage {
  code: string;
  shown: true;
  n: number;
  reached: Split<Reached>;
  bands: Split<Band>;
}
export type CoverageRow = ShownCoverage | { code: string; shown: false; reason: HiddenReason };

export interface CoverageReport {
  rows: CoverageRow[];
  /** People in the team, and those of them who have a target profile. */
  team: number;
  withProfile: number;
  /** Competences of the rows that show where more than half have reached their target. */
  mostReached: number;
}

/** A level reaches a target as whole numbers, as levels are shown. */
export const reaches = (level: number, target: number) => Math.round(level) >= target;

/** The band of a level, from 1 to 4: two levels each; below level 1 is in the first. */
export function bandOf(level: number): Band {
  return String(Math.min(4, Math.max(1, Math.ceil(Math.min(HIGHEST_LEVEL, Math.round(level)) / 2)))) as Band;
}

/**
 * How many people of a team, of those whose level is known, reach the target of their own profile, by competence; and over
 * which bands they spread. Rows under `k` people are hidden, and one more with a single hidden one.
 */
export function coverageReport(
  ends: readonly SkillEnd[],
  team: readonly TeamDay[],
  targets: Targets,
  k: number,
): CoverageReport {
  const profiles = new Map(team.map(({ person_id, target_profile }) => [person_id, target_profile]));
  const targetOf = (person: string, code: string) => targets.get(profiles.get(person) ?? '')?.get(code);
  const measured = [...knownAtEnd(ends, team)].map(([code, known]) => ({
    code,
    people: known.flatMap((one) => {
      const target = targetOf(one.person_id, code);
      return target === undefined ? [] : [{ ...one, reached: reaches(one.level, target) }];
    }),
  }));
  const cells = suppress(Object.fromEntries(measured.map(({ code, people }) => [code, people.length])), k);
  const rows = measured
    .filter(({ people }) => people.length > 0)
    .map(({ code, people }): CoverageRow => {
      const cell = cells[code];
      if (!cell?.shown) return { code, shown: false, reason: cell?.reason ?? 'small' };
      return { code, shown: true, n: people.length, ...splits(people, k) };
    });
  return {
    rows,
    team: team.filter(({ at_end }) => at_end).length,
    withProfile: team.filter(({ person_id, at_end }) => at_end && targets.has(profiles.get(person_id) ?? '')).length,
    mostReached: rows.filter((row) => row.shown && isMostlyReached(row.reached)).length,
  };
}

/**
 * Two splits of the same people. Bands get numbers only when also band and target crossed leave no small part: a target in
 * the middle of a band would otherwise tell by subtraction how many stand just under it.
 */
function splits(people: readonly (Known & { reached: boolean })[], k: number) {
  const reached = splitOf(
    counted(people, ({ reached }): Reached => (reached ? 'reached' : 'onTheWay')),
    k,
  );
  const bands = splitOf(
    counted(people, ({ level }) => bandOf(level)),
    k,
  );
  const crossed = counted(people, ({ level, reached }) => `${bandOf(level)} ${reached}`);
  const isSafe = Object.values(crossed).every((count) => count >= k);
  return { reached, bands: bands.exact && !isSafe ? worded(bands.counts) : bands };
}

/** The same in words only. */
function worded(counts: Record<Band, number>): Split<Band> {
  return splitOf(counts, Number.POSITIVE_INFINITY);
}

function counted<T, Part extends string>(items: readonly T[], partOf: (item: T) => Part): Record<Part, number> {
  const counts = {} as Record<Part, number>;
  for (const item of items) counts[partOf(item)] = (counts[partOf(item)] ?? 0) + 1;
  return counts;
}

export function isMostlyReached(split: Split<Reached>): boolean {
  return split.exact ? 2 * split.counts.reached > split.n : split.most === 'reached';
}
