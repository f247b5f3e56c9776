import { mean, sd, tQuantile975 } from '../../lib/statistics';
import { POLICY } from './estimate';

/** The same person and competence at two dates, in levels. */
export interface LevelPair {
  before: number;
  after: number;
  /**
   * The same two by evidence alone that could have shown less as well as more, null where there was none. Left out where all
   * evidence is such.
   */
  either_before?: number | null;
  either_after?: number | null;
}

export type Verdict = 'grew' | 'fell' | 'cannot-tell';

export type PairedGrowth =
  | { shown: false; reason: 'small' }
  | {
      shown: true;
      n: number;
      mean: number;
      /** 95 % interval of the mean change, in levels. */
      interval: [low: number, high: number];
      verdict: Verdict;
      /** The interval says more than the verdict does: see `verdictOf`. */
      isHeld: boolean;
      moved: { up: number; same: number; down: number };
    };

/** A smaller change than this is "same": levels are shown as whole numbers, and half of one is where the word changes. */
export const MOVED_FROM = 0.5;

/**
 * One person's change, called reliable only when |change| > z·√(se₁² + se₂²) (Jacobson & Truax 1991). With the standard
 * error of a short quiz at both ends, 0.8, a change of one level is not.
 */
export function reliableChange(
  before: { level: number; se: number },
  after: { level: number; se: number },
  z = 1.96,
): { change: number; se: number; reliable: boolean } {
  const change = after.level - before.level;
  const se = Math.hypot(before.se, after.se);
  return { change, se, reliable: Math.abs(change) > z * se };
}

/**
 * Growth of a group: the same people at two dates, never two groups. Fewer than `k` pairs are not shown. The verdict is
 * "cannot tell" unless the whole interval lies on one side of zero, and that of `eitherChange`, too.
 */
export function pairedGrowth(pairs: readonly LevelPair[], k: number = POLICY.minGroup): PairedGrowth {
  if (pairs.length < Math.max(2, k)) return { shown: false, reason: 'small' };

  const changes = pairs.map(({ before, after }) => cleaned(after - before));
  const interval = pairedInterval(changes);
  return {
    shown: true,
    n: pairs.length,
    mean: mean(changes),
    interval,
    ...verdictOf(interval, pairedInterval(pairs.map(eitherChange))),
    moved: {
      up: changes.filter((change) => change >= MOVED_FROM).length,
      same: changes.filter((change) => Math.abs(change) < MOVED_FROM).length,
      down: changes.filter((change) => change <= -MOVED_FROM).length,
    },
  };
}

/**
 * The change of one person that evidence tells which could have shown less as well as more; 0 where it does not tell of both
 * dates. Somebody known only by quizzes of courses has not been seen to grow: harder quizzes look the same.
 */
export function eitherChange({ before, after, either_before = before, either_after = after }: LevelPair): number {
  return either_before === null || either_after === null ? 0 : cleaned(either_after - either_before);
}

/** The verdict that both intervals give; `isHeld` when the first alone would have said that the group grew or fell. */
export function verdictOf(all: readonly [number, number], either: readonly [number, number]) {
  const [verdict, seen] = [all, either].map(
    ([low, high]): Verdict => (low > 0 ? 'grew' : high < 0 ? 'fell' : 'cannot-tell'),
  );
  const isHeld = verdict !== seen && verdict !== 'cannot-tell';
  return { verdict: isHeld || !verdict ? ('cannot-tell' as const) : verdict, isHeld };
}

/**
 * 95 % interval of a mean change: mean ± t·sd/√n with n - 1 degrees of freedom. The Python reference looks t up in a short
 * table and takes the next larger t between its rows (2.228 instead of 2.201 for 12 pairs). The vectors need 4 and 5
 * degrees of freedom only, where table and quantile agree to three decimals, so the quantile itself is used everywhere:
 * an interval that is too wide would hide real growth in groups whose size happens to fall between the rows.
 */
export function pairedInterval(changes: readonly number[]): [low: number, high: number] {
  const centre = mean(changes);
  const half = (tQuantile975(changes.length - 1) * sd(changes)) / Math.sqrt(changes.length);
  return [centre - half, centre + half];
}

/** People measured at only one of the two dates. Reports say so, because those who stay may differ. */
export function dropouts(before: ReadonlySet<string>, after: ReadonlySet<string>) {
  const stayed = [...before].filter((person) => after.has(person)).length;
  return { stayed, left: before.size - stayed, joined: after.size - stayed };
}

/** Without the dust of floating point, which would let a group in which nothing changed "grow" by 0.0000000000000001. */
function cleaned(change: number): number {
  return Math.round(change * 1e6) / 1e6 + 0;
}
