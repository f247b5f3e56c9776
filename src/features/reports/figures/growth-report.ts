import { ageInMonths } from '../../skills/estimate';
import type { Verdict } from '../../skills/growth';
import type { HiddenReason } from '../../skills/suppression';
import type { TeamDay } from '../closing/skill-ends';
import type { Period } from '../period';
import { type CountedSkill, groupsAtEnd, type Pair, type PairedGroup, pairedGroups } from './counted-skill';
import type { Targets } from './coverage-report';
import { type ReleasedGrowth, releasedGrowth } from './released-growth';
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

/** One competence: what may be said of it, and what figures about all competences are made of. Plain values, kept as they are. */
export interface SkillGrowth {
  code: string;
  /** Undefined where people are counted at the end only: then the competence is named, and no more. */
  row?: ShownGrowth;
  /** Pairs behind the row, those of them whom others have seen, and the age of the oldest piece in months. */
  pairs: number;
  verified: number;
  oldest?: number;
}

/** Whom a report is about: people of a team or of an organisation at both ends of its period. */
export interface GrowthScope extends Pick<GrowthReport, 'team' | 'joined' | 'left'> {
  /** Competences that somebody's target profile holds. */
  required: ReadonlySet<string>;
}

/** Growth of a team, from the people who are counted in it. */
export function growthReport(
  counted: readonly CountedSkill[],
  team: readonly TeamDay[],
  targets: Targets,
  period: Period,
): GrowthReport {
  return growthOfSkills(skillGrowth(counted, period), {
    required: requiredBy(
      team.map(({ target_profile }) => target_profile),
      targets,
    ),
    team: team.filter(({ at_end }) => at_end).length,
    joined: team.filter((day) => day.at_end && !day.at_start).length,
    left: team.filter((day) => day.at_start && !day.at_end).length,
  });
}

/** Competences of these target profiles. */
export function requiredBy(profiles: readonly (string | null)[], targets: Targets): Set<string> {
  return new Set([...new Set(profiles)].flatMap((profile) => [...(targets.get(profile ?? '')?.keys() ?? [])]));
}

/** What is said of each competence of which anybody is counted, in the order of codes. */
export function skillGrowth(counted: readonly CountedSkill[], period: Period): SkillGrowth[] {
  const groups = new Map([...pairedGroups(counted)].filter(([, own]) => own.length > 0));
  return [...groupsAtEnd(counted)].flatMap(([code, atEnd]): SkillGrowth[] => {
    const own = groups.get(code);
    // Named only where a group is counted at the end: elsewhere the row itself would tell that somebody is measured.
    if (!own) return atEnd.length > 0 ? [{ code, pairs: 0, verified: 0 }] : [];
    const behind = own.flatMap(({ people }) => people);
    return [
      {
        code,
        row: growthRow(code, own),
        pairs: behind.length,
        verified: behind.filter(({ verified }) => verified).length,
        oldest: oldestMonths(behind, period),
      },
    ];
  });
}

/**
 * Paired growth: the same people at both ends of the period, in whole counted groups (`release.ts`). Figures about all rows
 * are about the rows that show. Hidden are those that are counted at the end only; of the rest that somebody's task requires
 * there is a number and no name.
 */
export function growthOfSkills(skills: readonly SkillGrowth[], { required, ...scope }: GrowthScope): GrowthReport {
  const behind = skills.filter(({ row }) => row !== undefined);
  const shown = behind.flatMap(({ row }) => row ?? []);
  const codes = new Set(behind.map(({ code }) => code));
  const pairs = behind.reduce((sum, skill) => sum + skill.pairs, 0);
  const verified = behind.reduce((sum, skill) => sum + skill.verified, 0);
  return {
    rows: [
      ...shown.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]),
      ...skills.filter(({ row }) => !row).map(({ code }): GrowthRow => ({ code, shown: false, reason: 'small' })),
    ],
    said: {
      grew: shown.filter(({ verdict }) => verdict === 'grew').length,
      fell: shown.filter(({ verdict }) => verdict === 'fell').length,
      'cannot-tell': shown.filter(({ verdict }) => verdict === 'cannot-tell').length,
    },
    hidden: [...required].filter((code) => !codes.has(code)).length,
    people: Math.max(0, ...shown.map(({ n }) => n)),
    ...scope,
    verifiedShare: pairs >= PAIRS_FOR_SHARE ? roughShare(verified, pairs) : undefined,
    oldestMonths: behind.length > 0 ? Math.max(...behind.map(({ oldest }) => oldest ?? 0)) : undefined,
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
  pairs: people,
  k: least,
});

function oldestMonths(pairs: readonly Pair[], { toEnds }: Period): number {
  // Not Math.max of a spread list: an organisation's is too long for a call.
  const oldest = pairs.reduce((least, { observed_at }) => Math.min(least, observed_at.getTime()), toEnds.getTime());
  return Math.floor(ageInMonths(new Date(oldest), toEnds));
}
