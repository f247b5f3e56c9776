import { betaTail, isCount } from '../../lib/statistics';
import { HIGHEST_LEVEL, POLICY } from './estimate';

/** How the questions of one handed-in quiz went. An answer with only part of the points is counted as wrong. */
export interface QuizResult {
  right: number;
  wrong: number;
  /** "I don't know": not right, and never worse than wrong. */
  unknown: number;
}

/** Whether we are at least 80 % sure that the true share of right answers is above 70 %. Throws as `betaTail`. */
export function mastered(right: number, wrong: number): boolean {
  return betaTail(right, wrong, POLICY.masteryShare) >= POLICY.masteryProbability;
}

/**
 * The level that a quiz aimed at `target` (1..8) is evidence of: the target when mastered, one below when at least half
 * is right, else null: feedback only, and nothing is stored. Throws a RangeError for another target or odd counts.
 */
export function quizEvidenceLevel({ right, wrong, unknown }: QuizResult, target: number): number | null {
  if (!isCount(target) || target < 1 || target > HIGHEST_LEVEL) throw new RangeError('A quiz aims at a level of 1..8');
  const notRight = wrong + unknown;
  if (mastered(right, notRight)) return target;
  return right > 0 && right >= notRight ? target - 1 : null;
}
