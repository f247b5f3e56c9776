/** How much a fresh piece of evidence weighs, by its source, unless the installation chose otherwise. */
export const USUAL_WEIGHTS = {
  self: 1,
  peer: 1,
  experience_expert: 1,
  supervisor: 1,
  quiz: 1,
  demonstration: 2,
  badge: 2,
  task: 2,
  earlier: 1,
};

/**
 * The estimate of one competence of one person: an average that anyone can redo with a pencil.
 * Every number here is a choice that people made, not a finding, so pages print it and a partner group may argue with it.
 */
export const POLICY = {
  baseWeight: { ...USUAL_WEIGHTS } as Record<keyof typeof USUAL_WEIGHTS, number>,
  /** All self-assessments of a person together never weigh more than this. */
  selfCap: 1,
  /** The weight of a piece of evidence halves in this time. */
  halfLifeMonths: 12,
  /** Total weight under which confidence is low. */
  mediumFrom: 1,
  /** Total weight from which confidence is high. */
  highFrom: 3,
  /** Groups smaller than this are not shown. */
  minGroup: 5,
  /** A quiz is mastered when P(true share right > masteryShare) >= masteryProbability. */
  masteryShare: 0.7,
  masteryProbability: 0.8,
} as const;

export const HIGHEST_LEVEL = 8;

export type Source = keyof typeof USUAL_WEIGHTS;
export type Weights = Readonly<Record<Source, number>>;

/** Weights that the partners of the installation decided; what is left out weighs as usual. Points must be made again after it. */
export function useWeights(decided: Partial<Weights>): void {
  Object.assign(POLICY.baseWeight, USUAL_WEIGHTS, decided);
}
export type Confidence = 'none' | 'own-view' | 'low' | 'medium' | 'high';

/** One dated observation. Level 0 is "below level 1", 8 the highest. */
export interface Evidence {
  source: Source;
  level: number;
  at: Date;
  /** It could only have shown this much or nothing, never less: see `showsAtLeast`. */
  atLeast?: boolean;
}

/**
 * Whether evidence can only say "at least this": a quiz of a course is aimed at a level, and so are badges and earlier learning. A
 * harder one lifts what is known without anybody having grown, so growth is never told from these alone. Practice chooses its
 * questions by the answers, so that it can go down, too.
 */
export const showsAtLeast = ({ source, origin_type }: { source: Source; origin_type: string }): boolean =>
  source === 'badge' || source === 'earlier' || (source === 'quiz' && origin_type !== 'practice');

/** Unrounded. `level` and `spread` (weighted standard deviation, in levels) are null when nothing is known. */
export interface Estimate {
  level: number | null;
  weight: number;
  confidence: Confidence;
  spread: number | null;
}

/**
 * What a date needs to know about everything before it. Names are those of columns, so that a stored row is a point.
 * Weights are as of `at`: later all of them shrink by the same factor, so six sums stand for the whole history.
 * Self-assessments stand apart, because how much of them counts is decided at the date that is asked about.
 */
export interface EstimatePoint {
  at: Date;
  self_weight: number;
  self_levels: number;
  self_squares: number;
  other_weight: number;
  other_levels: number;
  other_squares: number;
  /** The part of the others' that could have shown less as well as more. */
  either_weight: number;
  either_levels: number;
}

const MS_PER_DAY = 86_400_000;
const DAYS_PER_MONTH = 30.4375;

/** Age in months of 365.25 / 12 days, with fractions; 0 when `at` is not before `now`. */
export function ageInMonths(at: Date, now: Date): number {
  return Math.max(0, (now.getTime() - at.getTime()) / MS_PER_DAY / DAYS_PER_MONTH);
}

/**
 * Level and confidence at `now` from all evidence; what was observed after `now` is left out. Σ weight·level / Σ weight,
 * where weight = base × 0.5^(months / 12). Decay lowers the confidence: time tells that we know less, not that the person
 * can do less. Throws a RangeError for a level outside 0..8 or a date that is none.
 */
export function estimate(evidence: readonly Evidence[], now: Date): Estimate {
  return estimateAt(estimatePoints(evidence.filter((piece) => piece.at.getTime() <= now.getTime())).at(-1), now);
}

/** One point after each observation, in order of time. Throws as `addToPoint`. */
export function estimatePoints(observations: readonly Evidence[]): EstimatePoint[] {
  const points: EstimatePoint[] = [];
  for (const observation of observations.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    points.push(addToPoint(points.at(-1), observation));
  }
  return points;
}

/**
 * The point after one more observation. Throws a RangeError for a level outside 0..8, a date that is none, or an
 * observation older than the point: after a late or removed one, make all points again with `estimatePoints`.
 */
export function addToPoint(
  point: EstimatePoint | undefined,
  { source, level, at, atLeast = false }: Evidence,
): EstimatePoint {
  if (!(level >= 0 && level <= HIGHEST_LEVEL)) throw new RangeError(`A level lies between 0 and ${HIGHEST_LEVEL}`);
  if (Number.isNaN(at.getTime())) throw new RangeError('An observation has a date');
  if (point && at.getTime() < point.at.getTime()) throw new RangeError('The observation is older than the point');

  const next = { ...(point ? aged(point, at) : NOTHING), at };
  const weight = POLICY.baseWeight[source];
  const whose = source === 'self' ? 'self' : 'other';
  next[`${whose}_weight`] += weight;
  next[`${whose}_levels`] += weight * level;
  next[`${whose}_squares`] += weight * level ** 2;
  if (whose === 'other' && !atLeast) {
    next.either_weight += weight;
    next.either_levels += weight * level;
  }
  return next;
}

/** The last point not after `date`, of points in order of time: the one to hand to `estimateAt`. */
export function pointAt(points: readonly EstimatePoint[], date: Date): EstimatePoint | undefined {
  return points.findLast((point) => point.at.getTime() <= date.getTime());
}

/**
 * The estimate at `date` when `point` is the last one before it: the same as `estimate` of all observations so far.
 * A date before the point counts as the point's own, so that a clock running behind loses nothing.
 */
export function estimateAt(point: EstimatePoint | undefined, date: Date): Estimate {
  if (!point) return { level: null, weight: 0, confidence: 'none', spread: null };
  const sums = aged(point, date);

  const selfShare = sums.self_weight > POLICY.selfCap ? POLICY.selfCap / sums.self_weight : 1;
  const weight = selfShare * sums.self_weight + sums.other_weight;
  // So old that its weight is too small for a number.
  if (weight === 0) return { level: null, weight: 0, confidence: 'none', spread: null };

  const level = (selfShare * sums.self_levels + sums.other_levels) / weight;
  const variance = (selfShare * sums.self_squares + sums.other_squares) / weight - level ** 2;
  return {
    level: Math.min(HIGHEST_LEVEL, level),
    weight,
    confidence: confidenceOf(weight, sums.other_weight > 0),
    // Subtracting nearly equal numbers leaves dust; a spread under 0.00003 levels is none.
    spread: variance < 1e-9 ? 0 : Math.sqrt(variance),
  };
}

/**
 * The level at `date` by evidence alone that could have shown less as well as more, own views as in `estimateAt`; null when there
 * is none. Growth is told from this one.
 */
export function eitherLevelAt(point: EstimatePoint | undefined, date: Date): number | null {
  if (!point) return null;
  return estimateAt({ ...point, other_weight: point.either_weight, other_levels: point.either_levels }, date).level;
}

function confidenceOf(weight: number, seenByOthers: boolean): Confidence {
  // A weight of exactly 1 may come out as 0.9999999999999999 after halving in steps; the word may not depend on that.
  const sure = weight + 1e-9;
  if (!seenByOthers) return 'own-view';
  if (sure < POLICY.mediumFrom) return 'low';
  return sure < POLICY.highFrom ? 'medium' : 'high';
}

const NOTHING = {
  self_weight: 0,
  self_levels: 0,
  self_squares: 0,
  other_weight: 0,
  other_levels: 0,
  other_squares: 0,
  either_weight: 0,
  either_levels: 0,
};

function aged(point: EstimatePoint, date: Date): EstimatePoint {
  const factor = 0.5 ** (ageInMonths(point.at, date) / POLICY.halfLifeMonths);
  return {
    at: date,
    self_weight: point.self_weight * factor,
    self_levels: point.self_levels * factor,
    self_squares: point.self_squares * factor,
    other_weight: point.other_weight * factor,
    other_levels: point.other_levels * factor,
    other_squares: point.other_squares * factor,
    either_weight: point.either_weight * factor,
    either_levels: point.either_levels * factor,
  };
}
