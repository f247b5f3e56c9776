import { HIGHEST_LEVEL } from '../skills/estimate';
import { type HiddenReason, suppress } from '../skills/suppression';
import { knownAtEnd, type SkillEnd, type TeamDay } from './skill-ends';
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

/** One competence of a group, of those with a target: how many have reached it and how many are on the way, by band. */
export interface CoverageCounts {
  code: string;
  reached: readonly number[];
  onTheWay: readonly number[];
}

const BANDS = ['1', '2', '3', '4'] as const;

/** How many people of a team, of those whose level is known, reach the target of their own profile, and over which bands they spread. */
export function coverageReport(
  ends: readonly SkillEnd[],
  team: readonly TeamDay[],
  targets: Targets,
  k: number,
): CoverageReport {
  const profiles = new Map(team.map(({ person_id, target_profile }) => [person_id, target_profile]));
  const counts = [...knownAtEnd(ends, team)].map(([code, known]): CoverageCounts => {
    const parts = { code, reached: [0, 0, 0, 0], onTheWay: [0, 0, 0, 0] };
    for (const { person_id, level } of known) {
      const target = targets.get(profiles.get(person_id) ?? '')?.get(code);
      if (target === undefined) continue;
      const part = reaches(level, target) ? parts.reached : parts.onTheWay;
      const band = Number(bandOf(level)) - 1;
      part[band] = (part[band] ?? 0) + 1;
    }
    return parts;
  });
  return coverageOfCounts(
    counts,
    {
      team: team.filter(({ at_end }) => at_end).length,
      withProfile: team.filter(({ person_id, at_end }) => at_end && targets.has(profiles.get(person_id) ?? '')).length,
    },
    k,
  );
}

/** The same from counts, in the order of codes. Rows under `k` people are hidden, and one more with a single hidden one. */
export function coverageOfCounts(
  counts: readonly CoverageCounts[],
  about: Pick<CoverageReport, 'team' | 'withProfile'>,
  k: number,
): CoverageReport {
  const cells = suppress(Object.fromEntries(counts.map((one) => [one.code, sizeOf(one)])), k);
  const rows = counts
    .filter((one) => sizeOf(one) > 0)
    .map((one): CoverageRow => {
      const { code } = one;
      const cell = cells[code];
      if (!cell?.shown) return { code, shown: false, reason: cell?.reason ?? 'small' };
      return { code, shown: true, n: sizeOf(one), ...splits(one, k) };
    });
  return { rows, ...about, mostReached: rows.filter((row) => row.shown && isMostlyReached(row.reached)).length };
}

/**
 * Two splits of the same people. Bands get numbers only when also band and target crossed leave no small part: a target in
 * the middle of a band would otherwise tell by subtraction how many stand just under it.
 */
function splits({ reached, onTheWay }: CoverageCounts, k: number) {
  const bands = splitOf(
    Object.fromEntries(
      BANDS.map((band, index) => [band, (reached[index] ?? 0) + (onTheWay[index] ?? 0)] as const).filter(
        ([, count]) => count > 0,
      ),
    ) as Record<Band, number>,
    k,
  );
  const isSafe = [...reached, ...onTheWay].every((count) => count === 0 || count >= k);
  return {
    reached: splitOf<Reached>({ reached: sum(reached), onTheWay: sum(onTheWay) }, k),
    bands: bands.exact && !isSafe ? worded(bands.counts) : bands,
  };
}

/** The same in words only. */
function worded(counts: Record<Band, number>): Split<Band> {
  return splitOf(counts, Number.POSITIVE_INFINITY);
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const sizeOf = ({ reached, onTheWay }: CoverageCounts) => sum(reached) + sum(onTheWay);

export function isMostlyReached(split: Split<Reached>): boolean {
  return split.exact ? 2 * split.counts.reached > split.n : split.most === 'reached';
}
