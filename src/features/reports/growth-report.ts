import { ageInMonths } from '../skills/estimate';
import type { Verdict } from '../skills/growth';
import type { HiddenReason } from '../skills/suppression';
import { type CountedSkill, groupsAtEnd, type Pair, type PairedGroup, pairedGroups } from './counted-skill';
import type { Targets } from './coverage-report';
import type { Period } from './period';
import { type ReleasedGrowth, releasedGrowth } from './released-growth';
import type { TeamDay } from './skill-ends';
import { roughShare } from './small-groups';

export type { Moved } from './released-growth';

/** One half of a row: only what others have seen, or the rest. Hidden when a group is not told apart. */
export type Half = ReleasedGrowth | { shown: false; n: 0 | undefined };

export interface ShownGrowth extends ReleasedGrowth {
  code: string;
  verified: Half;
  ownView: Half;
}
export type GrowthRow = ShownGrowth | { code: string; shown: false; reason: HiddenReason };

export interface GrowthReport {
  rows: GrowthRow[];
  /** Rows that show, by what they say. */
  said: Record<Verdict, number>;
  hidden: number;
  /** People in the team at the end, and how many are counted in the row that has the most. */
  team: number;
  people: number;
  /** Came or went in between. */
  joined: number;
  left: number;
  /** Percent of the pairs behind the rows that show where others have seen the skill; in tens, and only of many pairs. */
  verifiedShare: number | undefined;
  /** The age at the end of the oldest piece that is the newest of somebody, in months. */
  oldestMonths: number | undefined;
}

const ORDER: Record<Verdict, number> = { grew: 0, 'cannot-tell': 1, fell: 2 };
/** A tenth of fewer pairs than this would be fewer people than may show. */
const PAIRS_FOR_SHARE = 100;

/**
 * Paired growth: the same people at both ends of the period, in whole counted groups (`release.ts`). Figures about all rows
 * are about the rows that show. Hidden are those that are counted at the end only; of the rest that somebody's task requires
 * there is a number and no name.
 */
export function growthReport(
  counted: readonly CountedSkill[],
  team: readonly TeamDay[],
  targets: Targets,
  period: Period,
): GrowthReport {
  const groups = new Map([...pairedGroups(counted)].filter(([, own]) => own.length > 0));
  const shown = [...groups].map(([code, own]) => growthRow(code, own));
  const required = new Set(team.flatMap((day) => [...(targets.get(day.target_profile ?? '')?.keys() ?? [])]));
  const hidden = [...required].filter((code) => !groups.has(code));
  // Named only where a group is counted at the end: elsewhere the row itself would tell that somebody is measured.
  const named = [...groupsAtEnd(counted)].flatMap(([code, own]) => (own.length > 0 && !groups.has(code) ? [code] : []));
  const behind = [...groups.values()].flat().flatMap(({ people }) => people);
  return {
    rows: [
      ...shown.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]),
      ...named.map((code): GrowthRow => ({ code, shown: false, reason: 'small' })),
    ],
    said: {
      grew: shown.filter(({ verdict }) => verdict === 'grew').length,
      fell: shown.filter(({ verdict }) => verdict === 'fell').length,
      'cannot-tell': shown.filter(({ verdict }) => verdict === 'cannot-tell').length,
    },
    hidden: hidden.length,
    team: team.filter(({ at_end }) => at_end).length,
    people: Math.max(0, ...shown.map(({ n }) => n)),
    joined: team.filter((day) => day.at_end && !day.at_start).length,
    left: team.filter((day) => day.at_start && !day.at_end).length,
    verifiedShare:
      behind.length >= PAIRS_FOR_SHARE
        ? roughShare(behind.filter(({ verified }) => verified).length, behind.length)
        : undefined,
    oldestMonths: oldestMonths(behind, period),
  };
}

function growthRow(code: string, groups: readonly PairedGroup[]): ShownGrowth {
  return { ...releasedGrowth(groups.map(pairsOf)), code, ...halves(groups) };
}

/** Both halves or neither, and of whole groups: with one of them and the whole, the other could be worked out. */
function halves(groups: readonly PairedGroup[]): { verified: Half; ownView: Half } {
  const isOpen = groups.every(({ seen }) => seen !== null);
  const half = (isSeen: boolean): Half => {
    const own = groups.filter(({ seen }) => seen === isSeen);
    if (!isOpen || own.length === 0) return { shown: false, n: isOpen ? 0 : undefined };
    return releasedGrowth(own.map(pairsOf));
  };
  return { verified: half(true), ownView: half(false) };
}

const pairsOf = ({ people, least }: PairedGroup) => ({
  pairs: people.map(({ before, after }) => ({ before, after })),
  k: least,
});

function oldestMonths(pairs: readonly Pair[], { toEnds }: Period): number | undefined {
  if (pairs.length === 0) return undefined;
  return Math.floor(Math.max(...pairs.map(({ observed_at }) => ageInMonths(observed_at, toEnds))));
}
