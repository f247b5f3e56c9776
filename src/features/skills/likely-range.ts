import { type Estimate, HIGHEST_LEVEL } from './estimate';

/** How much people differ before anything is known of one, in levels: the prior of `raschMap`, one logit per level. */
const PRIOR_SD = 1.5;

/**
 * How many times what is known beforehand one unit of weight tells. Six answers alone would tell 2.5 times as much (a standard
 * error of 0.80 by `raschMap`, see skill_model_vectors.json); the mastery rule of course quizzes says rather too little than too
 * much, and people rate themselves in habits. 1.5 is what `npm run validate:skills` needs for a true 95 % with every source.
 */
const TOLD_BY_ONE_WEIGHT = 1.5;

/** Two-sided 95 %. */
const Z_95 = 1.96;

/**
 * Standard error of an estimate, in levels; null when nothing is known. Two kinds of doubt are added as variances:
 * how little was seen, 1.5² / (1 + 1.5·weight), and how far the sources disagree, spread² / (1 + weight).
 * With weight 1 (one short quiz) it is 0.95.
 */
export function standardError({ weight, spread }: Estimate): number | null {
  if (spread === null) return null;
  return Math.sqrt(PRIOR_SD ** 2 / (1 + TOLD_BY_ONE_WEIGHT * weight) + spread ** 2 / (1 + weight));
}

/**
 * Where the level is 95 times of 100: level ± 1.96 standard errors, kept within 0..8; null when nothing is known. It widens
 * while evidence grows old and narrows with each new piece. Checked on simulated people (src/validate), not yet on real ones.
 */
export function likelyRange(estimate: Estimate): { low: number; high: number } | null {
  const se = standardError(estimate);
  if (estimate.level === null || se === null) return null;
  return {
    low: Math.max(0, estimate.level - Z_95 * se),
    high: Math.min(HIGHEST_LEVEL, estimate.level + Z_95 * se),
  };
}
