import { tQuantile975 } from '../../lib/statistics';
import { POLICY } from './estimate';

/** The same person and competence at two dates, in levels. */
export interface LevelPair {
  before: number;
  after: number;
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
 * What growth of a group follows from, in whole millionths of a level and thus exact: sums of parts are sums of the whole,
 * whoever added them up and in whatever order.
 */
export interface ChangeSums {
  n: number;
  change: bigint;
  squares: bigint;
  /** Of them, those whose level rose or fell by at least MOVED_FROM. */
  up: number;
  down: number;
}

const MILLION = 1e6;

export function changeSums(pairs: readonly LevelPair[]): ChangeSums {
  const changes = pairs.map(({ before, after }) => Math.round((after - before) * MILLION));
  return {
    n: pairs.length,
    change: changes.reduce((sum, change) => sum + BigInt(change), 0n),
    squares: changes.reduce((sum, change) => sum + BigInt(change) ** 2n, 0n),
    up: changes.filter((change) => change >= MOVED_FROM * MILLION).length,
    down: changes.filter((change) => change <= -MOVED_FROM * MILLION).length,
  };
}

/** A group without a part of it. */
export function withoutPart(whole: ChangeSums, part: ChangeSums): ChangeSums {
  return {
    n: whole.n - part.n,
    change: whole.change - part.change,
    squares: whole.squares - part.squares,
    up: whole.up - part.up,
    down: whole.down - part.down,
  };
}

/**
 * Growth of a group: the same people at two dates, never two groups. Fewer than `k` pairs are not shown. The verdict is
 * "cannot tell" unless the whole interval lies on one side of zero.
 */
export function pairedGrowth(pairs: readonly LevelPair[], k: number = POLICY.minGroup): PairedGrowth {
  return growthOf(changeSums(pairs), k);
}

/**
 * The same from sums. 95 % interval of the mean change: mean ± t·sd/√n with n - 1 degrees of freedom. The Python reference
 * looks t up in a short table and takes the next larger t between its rows (2.228 instead of 2.201 for 12 pairs). The vectors
 * need 4 and 5 degrees of freedom only, where table and quantile agree to three decimals, so the quantile itself is used
 * everywhere: an interval that is too wide would hide real growth in groups whose size happens to fall between the rows.
 */
export function growthOf({ n, change, squares, up, down }: ChangeSums, k: number = POLICY.minGroup): PairedGrowth {
  if (n < Math.max(2, k)) return { shown: false, reason: 'small' };

  const mean = Number(change) / MILLION / n;
  // Whole numbers until the root: where all changed alike the spread is none, not dust.
  const spread = Number(BigInt(n) * squares - change ** 2n) / (n * (n - 1));
  const half = (tQuantile975(n - 1) * Math.sqrt(spread)) / MILLION / Math.sqrt(n);
  const interval: [number, number] = [mean - half, mean + half];
  return {
    shown: true,
    n,
    mean,
    interval,
    verdict: interval[0] > 0 ? 'grew' : interval[1] < 0 ? 'fell' : 'cannot-tell',
    moved: { up, same: n - up - down, down },
  };
}

/** People measured at only one of the two dates. Reports say so, because those who stay may differ. */
export function dropouts(before: ReadonlySet<string>, after: ReadonlySet<string>) {
  const stayed = [...before].filter((person) => after.has(person)).length;
  return { stayed, left: before.size - stayed, joined: after.size - stayed };
}
