import { type ChartPoint, drawLevelChart, type LevelChart } from '../../lib/level-chart';
import { type Agreement, agreementOf, type SourceView, viewsBySource } from './disagreement';
import { ageInMonths, type Confidence, type EstimatePoint, estimateAt, POLICY, type Source } from './estimate';
import { likelyRange } from './likely-range';
import type { SkillEstimate } from './observations.model';
import { HELP_ANSWERS, helpLevel } from './self-assessment';
import { type ShownLevel, showLevel } from './shown-level';
import type { Seen } from './skills.queries';

/** The origin of an own view of an earlier time, given afterwards. */
export const LOOKING_BACK = 'looking-back';

/** What a piece of evidence weighs now: base × 0.5^(months / 12), all own views together at most 1. */
export interface Weighed {
  seen: Seen;
  level: number;
  base: number;
  months: number;
  weight: number;
}

export interface SkillStory {
  now: { shown: ShownLevel; level: number; weight: number; confidence: Confidence } | undefined;
  /** The oldest that is shown, when it is another day than the newest. */
  first: { at: Date; shown: ShownLevel } | undefined;
  /** Newest first, each with the estimate after it. */
  rows: { seen: Seen; level: number; low: number; high: number }[];
  weighed: Weighed[];
  /** Weight and weight × level of what is older than the rows. */
  older: { weight: number; product: number } | undefined;
  /** Whether own views were scaled down to the most they may weigh together. */
  selfCapped: boolean;
  counts: { source: Source; count: number }[];
  chart: LevelChart | undefined;
  /** What each source says by itself, and whether they agree. */
  sources: SourceView[];
  agreement: Agreement;
  /** So little is known by now that it is time to ask: shall we update? */
  isFaint: boolean;
  /** Own views of one time: as it was said then, looking back, and what the person says now. */
  ownViews: { before: OwnView | undefined; back: OwnView; now: OwnView | undefined } | undefined;
}

export interface OwnView {
  id: string;
  at: Date;
  level: number;
}

/** The least that own views alone must weigh: half of one fresh view, which is a view a year old. */
const FAINT_OWN_VIEW = 0.5;

const pointOf = (row: Omit<EstimatePoint, 'at'> & { observed_at: Date }): EstimatePoint => ({
  ...row,
  at: row.observed_at,
});

/** What is known today from the newest point of a skill. */
export function estimateNow(row: SkillEstimate, now: Date) {
  return estimateAt(pointOf(row), now);
}

/** Everything a page tells of one skill. `seen` is newest first; `goal` a level 1..8. */
export function tellSkill(seen: readonly Seen[], goal: number | undefined, now: Date): SkillStory {
  const newest = seen[0];
  const estimate = newest && estimateAt(pointOf(newest), now);
  const rows = seen.map((one) => {
    const then = estimateAt(pointOf(one), one.observed_at);
    const range = likelyRange(then) ?? { low: 0, high: 0 };
    return { seen: one, level: then.level ?? 0, ...range };
  });
  const oldest = rows.at(-1);
  const { weighed, selfCapped } = weigh(seen, newest, now);
  const sources = viewsBySource(
    seen
      .filter((one) => one.origin_type !== LOOKING_BACK)
      .map((one) => ({ source: one.source, level: evidenceLevel(one), at: one.observed_at })),
    now,
  );
  return {
    now:
      estimate && estimate.level !== null
        ? { ...estimate, level: estimate.level, shown: showLevel(estimate.level) }
        : undefined,
    first:
      oldest && newest && oldest.seen.observed_at < newest.observed_at
        ? { at: oldest.seen.observed_at, shown: showLevel(oldest.level) }
        : undefined,
    rows,
    weighed,
    older: estimate && olderThan(weighed, estimate.weight, estimate.level ?? 0),
    selfCapped,
    counts: [...Map.groupBy(seen, (one) => one.source)].map(([source, of]) => ({ source, count: of.length })),
    chart: rows.length > 0 ? drawLevelChart(rows.map(toChartPoint), goal) : undefined,
    sources,
    agreement: agreementOf(sources),
    isFaint:
      estimate !== undefined &&
      (estimate.confidence === 'low' || (estimate.confidence === 'own-view' && estimate.weight < FAINT_OWN_VIEW)),
    ownViews: ownViews(seen),
  };
}

/** The newest look back with the views it stands beside; undefined when the person has not looked back. `seen` is newest first. */
function ownViews(seen: readonly Seen[]): SkillStory['ownViews'] {
  const own = seen.filter(({ source }) => source === 'self');
  const back = own.find(({ origin_type }) => origin_type === LOOKING_BACK);
  if (!back) return undefined;
  const usual = own.filter(({ origin_type }) => origin_type !== LOOKING_BACK);
  const view = (one: Seen | undefined) => one && { id: one.id, at: one.observed_at, level: evidenceLevel(one) };
  return {
    before: view(usual.find(({ observed_at }) => observed_at <= back.observed_at)),
    back: view(back) as OwnView,
    now: view(usual.find(({ observed_at }) => observed_at > back.observed_at)),
  };
}

function weigh(seen: readonly Seen[], newest: Seen | undefined, now: Date) {
  const all = seen.map((one) => {
    const months = ageInMonths(one.observed_at, now);
    const base = POLICY.baseWeight[one.source];
    return {
      seen: one,
      level: evidenceLevel(one),
      base,
      months,
      weight: base * 0.5 ** (months / POLICY.halfLifeMonths),
    };
  });
  // The newest point knows of every own view, also of those too old to be in the list.
  const selfTotal = newest
    ? newest.self_weight * 0.5 ** (ageInMonths(newest.observed_at, now) / POLICY.halfLifeMonths)
    : 0;
  const selfCapped = selfTotal > POLICY.selfCap + 1e-9;
  const share = selfCapped ? POLICY.selfCap / selfTotal : 1;
  const weighed = all.map((one) => (one.seen.source === 'self' ? { ...one, weight: one.weight * share } : one));
  return { weighed, selfCapped };
}

function olderThan(weighed: readonly Weighed[], weight: number, level: number) {
  const rest = weight - weighed.reduce((sum, one) => sum + one.weight, 0);
  const product = weight * level - weighed.reduce((sum, one) => sum + one.weight * one.level, 0);
  return rest > 0.005 ? { weight: rest, product } : undefined;
}

function evidenceLevel({ level, help_level }: Seen): number {
  if (level !== null) return level;
  const answer = HELP_ANSWERS[help_level ?? 0];
  return answer ? helpLevel(answer) : 0;
}

function toChartPoint({ seen, level, low, high }: SkillStory['rows'][number]): ChartPoint {
  const mark = seen.source === 'self' ? 'circle' : seen.source === 'quiz' ? 'square' : 'diamond';
  return { date: seen.observed_at, level, low, high, mark };
}
