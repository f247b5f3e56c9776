import { sealOf } from './question-types/seal';

/** What scoring needs of a question. */
export interface Scored {
  type: 'single' | 'multi' | 'truefalse';
  options: readonly { key: string; is_correct: boolean }[];
}

/**
 * The points of an answer, 0..1. One of a few: 1 for the right one. Several: (right picks − wrong picks) / number of right
 * options, never below 0, so that ticking everything earns nothing. "I don't know" is an empty choice: 0, the same as
 * a wrong one, never less. Keys that the question does not have count as nothing.
 */
export function scoreAnswer({ type, options }: Scored, chosen: readonly string[]): number {
  const picks = options.filter(({ key }) => chosen.includes(key));
  const right = picks.filter(({ is_correct }) => is_correct).length;
  if (type !== 'multi') return picks.length === 1 ? right : 0;

  const possible = options.filter(({ is_correct }) => is_correct).length;
  return possible === 0 ? 0 : Math.max(0, (2 * right - picks.length) / possible);
}

/** What stands for an option in a page of one attempt: a key like "a" would tell the author's order, often the right one first. */
export const optionToken = (attemptId: string, questionId: string, key: string): string =>
  sealOf(attemptId, questionId).token(`:${key}`);

/** The options in an order that differs between attempts and questions and is the same each time one is shown. */
export const shuffled = <O extends { key: string }>(options: readonly O[], attemptId: string, questionId: string) =>
  sealOf(attemptId, questionId).shuffled(options, '');

export interface AttemptScore {
  number: number;
  submitted_at: Date | null;
  points: number | null;
  points_possible: number | null;
}

/** The attempt that counts by the quiz's rule, among those handed in; of equally good ones the first. */
export function countingAttempt<A extends AttemptScore>(
  attempts: readonly A[],
  rule: 'best' | 'last' | 'first',
): A | undefined {
  const handedIn = attempts.filter(({ submitted_at }) => submitted_at).toSorted((a, b) => a.number - b.number);
  if (rule === 'first') return handedIn[0];
  if (rule === 'last') return handedIn.at(-1);
  return handedIn.reduce<A | undefined>((best, next) => (best && share(best) >= share(next) ? best : next), undefined);
}

/** Points of points possible, 0..1. */
export function share({ points, points_possible }: Pick<AttemptScore, 'points' | 'points_possible'>): number {
  return points_possible ? (points ?? 0) / points_possible : 0;
}
