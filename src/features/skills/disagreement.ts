import { ageInMonths, type Evidence, POLICY, type Source } from './estimate';

/**
 * When sources are told to disagree. A choice that people made, like the weights, and printed beside them: half a year, because
 * an older view may well have been right when it was made; a level and a half, because a level is where the word changes.
 */
export const DISAGREEMENT = {
  /** Averages of two sources this far apart, in levels, disagree. */
  fromLevels: 1.5,
  /** Evidence older than this says nothing of a disagreement now. */
  recentMonths: 6,
} as const;

/** What one kind of source says of a skill: an average of its own, never mixed with others. */
export interface SourceView {
  source: Source;
  /** Weighted by age, as the estimate is; of recent evidence when there is any, else of all. */
  level: number;
  count: number;
  newest: Date;
  isRecent: boolean;
}

export type Agreement =
  | { kind: 'alone' }
  | { kind: 'agree' }
  /** `views` are all recent ones, from the highest level to the lowest. */
  | { kind: 'disagree'; difference: number; views: SourceView[] };

/** One view for each source there is, recent ones first, then in the order of the policy's list. */
export function viewsBySource(evidence: readonly Evidence[], now: Date): SourceView[] {
  const bySource = Map.groupBy(evidence, ({ source }) => source);
  const views = (Object.keys(POLICY.baseWeight) as Source[]).flatMap((source) => {
    const all = bySource.get(source) ?? [];
    const recent = all.filter(({ at }) => ageInMonths(at, now) <= DISAGREEMENT.recentMonths);
    const used = recent.length > 0 ? recent : all;
    const newest = used.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]?.at;
    return newest
      ? [{ source, level: averageOf(used, now), count: used.length, newest, isRecent: recent.length > 0 }]
      : [];
  });
  return views.toSorted((a, b) => Number(b.isRecent) - Number(a.isRecent));
}

/** Whether sources with recent evidence say the same: the farthest two are compared. */
export function agreementOf(views: readonly SourceView[]): Agreement {
  const recent = views.filter(({ isRecent }) => isRecent).toSorted((a, b) => b.level - a.level);
  const [highest, lowest] = [recent[0], recent.at(-1)];
  if (!highest || !lowest || recent.length < 2) return { kind: 'alone' };
  // Averages are sums of halves and quarters: dust must not decide.
  const difference = Math.round((highest.level - lowest.level) * 1e6) / 1e6;
  return difference >= DISAGREEMENT.fromLevels ? { kind: 'disagree', difference, views: recent } : { kind: 'agree' };
}

function averageOf(evidence: readonly Evidence[], now: Date): number {
  const weights = evidence.map(({ at }) => 0.5 ** (ageInMonths(at, now) / POLICY.halfLifeMonths));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // So old that the weights are too small for a number: all alike then.
  if (total === 0) return evidence.reduce((sum, { level }) => sum + level, 0) / evidence.length;
  return evidence.reduce((sum, { level }, index) => sum + level * (weights[index] ?? 0), 0) / total;
}
