import { type Estimate, HIGHEST_LEVEL } from './estimate';

/** How much people differ before anything is known of one, in levels: the prior of `raschMap`, one logit per level. */
const PRIOR_SD = 1.5;

/**
 * How many times what is known beforehand one unit of weight tells. A quiz of six answers weighs 1 and leaves a standard
 * error of 0.80 (`raschMap`, see skill_model_vectors.json): 1.5² / 0.803² - 1 = 2.49.
 */
const TOLD_BY_ONE_WEIGHT = 2.5;

/** Two-sided 80 %: of ten such ranges eight would hold the true level, were the model right. */
const Z_80 = 1.2816;

/**
 * Standard error of an estimate, in levels; null when nothing is known. Two kinds of doubt are added as variances:
 * how little was seen, 1.5² / (1 + 2.5·weight), and how far the sources disagree, spread² / (1 + weight).
 * With weight 1 (one short quiz) it is 0.80, which makes a 95 % range of about three levels, as domain research says.
 */
export function standardError({ weight, spread }: Estimate): number | null {
  if (spread === null) return null;
  return Math.sqrt(PRIOR_SD ** 2 / (1 + TOLD_BY_ONE_WEIGHT * weight) + spread ** 2 / (1 + weight));
}

/**
 * Where the level probably is, for pictures: level ± 1.28 standard errors (80 %), kept within 0..8; null when nothing is
 * known. It widens while evidence grows old and narrows with each new piece. It illustrates how unsure an estimate is and
 * was not calibrated on people: nothing may be decided from it.
 */
export function likelyRange(estimate: Estimate): { low: number; high: number } | null {
  const se = standardError(estimate);
  if (estimate.level === null || se === null) return null;
  return {
    low: Math.max(0, estimate.level - Z_80 * se),
    high: Math.min(HIGHEST_LEVEL, estimate.level + Z_80 * se),
  };
}
