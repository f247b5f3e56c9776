import { mean, tQuantile975 } from '../../../lib/statistics';
import { eitherChange, type LevelPair, MOVED_FROM, type Verdict, verdictOf } from '../../skills/growth';
import { type Split, splitOfGroups } from './small-groups';

export type Moved = 'up' | 'same' | 'down';

export interface ReleasedGrowth {
  shown: true;
  n: number;
  /** In levels, to a tenth. */
  mean: number;
  interval: [low: number, high: number];
  verdict: Verdict;
  /** Most new evidence says "at least this" only, so that the verdict says less than the interval. */
  isHeld: boolean;
  moved: Split<Moved>;
}

/** Levels are not known more exactly than this, and a smaller spread would say that all changed alike. */
const LEAST_SPREAD = 0.4;
/** A larger mean change would say that everyone's was large. */
const LARGEST_MEAN = 4;

/**
 * Growth of counted groups together, each at least its own limit: mean change with its 95 % interval, as `pairedGrowth`, but
 * what each group adds to the spread is at least so much that somebody in it may have stayed the same. A mean of +2 with a
 * narrow interval would tell that each of the five grew. The verdict is that of this interval and of a second one, made in the
 * same way of the same people by evidence that could have shown less as well as more (`eitherChange`): of whole groups and
 * blind to who is who as everything else, and told in a word only. Throws a RangeError for a group under its limit.
 */
export function releasedGrowth(groups: readonly { pairs: readonly LevelPair[]; k: number }[]): ReleasedGrowth {
  if (groups.some(({ pairs, k }) => pairs.length < Math.max(2, k))) throw new RangeError('A group is under its limit');
  const changes = groups.map(({ pairs }) => pairs.map(({ before, after }) => Math.round((after - before) * 1e6) / 1e6));
  const { shownMean, interval } = releasedMean(changes);
  return {
    shown: true,
    n: changes.flat().length,
    mean: shownMean,
    interval,
    ...verdictOf(interval, releasedMean(groups.map(({ pairs }) => pairs.map(eitherChange))).interval),
    moved: directions(
      splitOfGroups(changes.map((own, index) => ({ counts: movedOf(own), k: groups[index]?.k ?? 0 }))),
      shownMean,
    ),
  };
}

function releasedMean(changes: readonly (readonly number[])[]): { shownMean: number; interval: [number, number] } {
  const all = changes.flat();
  const n = all.length;
  const centre = mean(all);
  const squares = changes.reduce((sum, own) => sum + squaresOf(own) + own.length * (mean(own) - centre) ** 2, 0);
  const margin = (tQuantile975(n - 1) * Math.sqrt(squares / (n - 1))) / Math.sqrt(n);
  const shownMean = tenth(Math.min(LARGEST_MEAN, Math.max(-LARGEST_MEAN, centre)));
  return { shownMean, interval: [tenth(shownMean - margin), tenth(shownMean + margin)] };
}

/** Numbers where they may be told; else a word that says no more than the mean that is shown does. */
function directions(split: Split<Moved>, shownMean: number): Split<Moved> {
  if (split.exact) return split;
  const most = shownMean >= MOVED_FROM ? 'up' : shownMean <= -MOVED_FROM ? 'down' : 'same';
  return { exact: false, n: split.n, most, nearlyAll: false };
}

/**
 * Sum of squares about the mean, and at least as much as if one of the people stood on the other side of having grown while the
 * others are alike: then nobody can tell that all have grown, or that nobody has.
 */
function squaresOf(changes: readonly number[]): number {
  const n = changes.length;
  const centre = mean(changes);
  const own = changes.reduce((sum, change) => sum + (change - centre) ** 2, 0);
  const otherSide = centre < MOVED_FROM ? MOVED_FROM - centre : centre - LEAST_SPREAD;
  return Math.max(own, otherSide ** 2 * (n / (n - 1)), (n - 1) * LEAST_SPREAD ** 2);
}

function movedOf(changes: readonly number[]): Record<Moved, number> {
  return {
    up: changes.filter((change) => change >= MOVED_FROM).length,
    same: changes.filter((change) => Math.abs(change) < MOVED_FROM).length,
    down: changes.filter((change) => change <= -MOVED_FROM).length,
  };
}

/** Shown to a tenth, and known no better: what is behind a rounding cannot be added up from many reports. */
const tenth = (value: number) => Math.round(value * 10) / 10 + 0;
