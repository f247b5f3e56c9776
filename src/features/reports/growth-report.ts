import { ageInMonths } from '../skills/estimate';
import { type ChangeSums, changeSums, growthOf, type PairedGrowth, type Verdict, withoutPart } from '../skills/growth';
import { type HiddenReason, suppress, suppressWithTotal } from '../skills/suppression';
import type { Targets } from './coverage-report';
import type { Period } from './period';
import { type Pair, pairsOf, type SkillEnd, type TeamDay } from './skill-ends';
import { roughShare, type Split, splitOf } from './small-groups';

type Growth = Extract<PairedGrowth, { shown: true }>;
export type Moved = 'up' | 'same' | 'down';
/** One half of a row: only what others have seen at both ends, or the rest. Hidden when either half is small. */
export type Half = Growth | { shown: false; n: 0 | undefined };

export interface ShownGrowth extends Omit<Growth, 'moved'> {
  code: string;
  moved: Split<Moved>;
  verified: Half;
  ownView: Half;
}
export type GrowthRow = ShownGrowth | { code: string; shown: false; reason: HiddenReason };

export interface GrowthReport {
  rows: GrowthRow[];
  /** Rows that show, by what they say. */
  said: Record<Verdict, number>;
  hidden: number;
  /** People in the team at the end, and how many of them are in some row that shows. */
  team: number;
  people: number;
  /** Came or went in between: in no figure. */
  joined: number;
  left: number;
  /** Percent of the pairs behind the rows that show where others have seen the skill at both ends; in tens. */
  verifiedShare: number | undefined;
  /** The age at the end of the oldest piece that is the newest of somebody, in months. */
  oldestMonths: number | undefined;
}

const ORDER: Record<Verdict, number> = { grew: 0, 'cannot-tell': 1, fell: 2 };

/** One competence of a group: everyone's change, and that of those whom others had seen at both ends. */
export interface SkillSums {
  code: string;
  all: ChangeSums;
  verified: ChangeSums;
}

/** What a report is made of, for a team from its people and for an organisation from kept sums. */
export interface GrowthFigures extends Pick<GrowthReport, 'team' | 'joined' | 'left'> {
  /** In the order of codes. */
  skills: readonly SkillSums[];
  /** Competences that somebody's target profile holds. */
  required: ReadonlySet<string>;
  /** How many people are behind these competences, and how old their oldest newest piece is at the end, in months. */
  peopleOf(codes: readonly string[]): number;
  oldestOf(codes: readonly string[]): number | undefined;
}

/** Paired growth of a team: the same people at both ends of the period. */
export function growthReport(
  ends: readonly SkillEnd[],
  team: readonly TeamDay[],
  targets: Targets,
  period: Period,
  k: number,
): GrowthReport {
  const pairs = pairsOf(ends, team);
  const behind = (codes: readonly string[]) => codes.flatMap((code) => pairs.get(code) ?? []);
  return reportOfFigures(
    {
      skills: [...pairs].map(([code, both]) => ({
        code,
        all: changeSums(both.map(levels)),
        verified: changeSums(both.filter(isVerified).map(levels)),
      })),
      required: requiredBy(
        team.map(({ target_profile }) => target_profile),
        targets,
      ),
      team: team.filter(({ at_end }) => at_end).length,
      joined: team.filter((day) => day.at_end && !day.at_start).length,
      left: team.filter((day) => day.at_start && !day.at_end).length,
      peopleOf: (codes) => new Set(behind(codes).map(({ person_id }) => person_id)).size,
      oldestOf: (codes) => oldestMonths(behind(codes), period),
    },
    k,
  );
}

export function requiredBy(profiles: readonly (string | null)[], targets: Targets): Set<string> {
  return new Set(profiles.flatMap((profile) => [...(targets.get(profile ?? '')?.keys() ?? [])]));
}

/**
 * Rows under `k` pairs are hidden, and one more with a single hidden one; figures about all rows are about the rows that
 * show, so that nothing hidden can be counted from them. A competence that nobody's task requires is named only when it
 * shows: even "hidden" would tell that somebody studies it.
 */
export function reportOfFigures(figures: GrowthFigures, k: number): GrowthReport {
  const { team, joined, left, required } = figures;
  const skills = figures.skills.filter(({ code, all }) => required.has(code) || all.n >= k);
  const cells = suppress(Object.fromEntries(skills.map(({ code, all }) => [code, all.n])), k);
  const rows = skills.map((skill) => growthRow(skill, cells[skill.code], k));
  const shown = rows.filter((row) => row.shown);
  const codes = new Set(shown.map(({ code }) => code));
  const behind = skills.filter(({ code }) => codes.has(code));
  const count = (of: (skill: SkillSums) => number) => behind.reduce((sum, skill) => sum + of(skill), 0);
  return {
    rows: [...shown.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]), ...rows.filter((row) => !row.shown)],
    said: {
      grew: shown.filter(({ verdict }) => verdict === 'grew').length,
      fell: shown.filter(({ verdict }) => verdict === 'fell').length,
      'cannot-tell': shown.filter(({ verdict }) => verdict === 'cannot-tell').length,
    },
    hidden: rows.length - shown.length,
    team,
    people: behind.length > 0 ? figures.peopleOf([...codes]) : 0,
    joined,
    left,
    verifiedShare:
      behind.length > 0
        ? roughShare(
            count(({ verified }) => verified.n),
            count(({ all }) => all.n),
          )
        : undefined,
    oldestMonths: figures.oldestOf([...codes]),
  };
}

type RowCell = { shown: true } | { shown: false; reason: HiddenReason } | undefined;

function growthRow({ code, all, verified }: SkillSums, cell: RowCell, k: number): GrowthRow {
  if (!cell?.shown) return { code, shown: false, reason: cell?.reason ?? 'small' };
  const growth = growthOf(all, k);
  if (!growth.shown) return { code, ...growth };
  return { ...blunted(growth), code, moved: splitOf(growth.moved, k), ...halves(all, verified, k) };
}

/** Both halves or neither: with one of them and the whole, the other could be worked out. */
function halves(all: ChangeSums, verified: ChangeSums, k: number): { verified: Half; ownView: Half } {
  const ownView = withoutPart(all, verified);
  const { cells, total } = suppressWithTotal({ verified: verified.n, ownView: ownView.n }, k);
  const isOpen = total.shown && cells.verified.shown && cells.ownView.shown;
  return { verified: half(verified, isOpen, k), ownView: half(ownView, isOpen, k) };
}

function half(sums: ChangeSums, isOpen: boolean, k: number): Half {
  const growth = isOpen ? growthOf(sums, k) : undefined;
  return growth?.shown ? blunted(growth) : { shown: false, n: isOpen ? 0 : undefined };
}

/** Levels are not known more exactly than this, and a narrower interval would say that everyone changed alike. */
const LEAST_MARGIN = 0.1;

function blunted(growth: Growth): Growth {
  const [low, high] = growth.interval;
  const margin = Math.max(LEAST_MARGIN, (high - low) / 2);
  const interval: Growth['interval'] = [growth.mean - margin, growth.mean + margin];
  return { ...growth, interval, verdict: interval[0] > 0 ? 'grew' : interval[1] < 0 ? 'fell' : 'cannot-tell' };
}

const levels = ({ before, after }: Pair) => ({ before: before.level, after: after.level });
const isVerified = ({ before, after }: Pair) => before.verified && after.verified;

function oldestMonths(pairs: readonly Pair[], { toEnds }: Period): number | undefined {
  if (pairs.length === 0) return undefined;
  return Math.floor(Math.max(...pairs.map(({ after }) => ageInMonths(after.observed_at, toEnds))));
}
