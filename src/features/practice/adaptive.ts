import { HIGHEST_LEVEL } from '../skills/estimate';
import { elo, type ItemResponse, LEVEL_AT_ZERO_LOGITS, raschMap } from '../skills/item-response';

/** A question that may be asked, with how hard it is on the logit scale. */
export interface Candidate {
  id: string;
  difficulty: number;
}

/** Fewer answers than this are practice only: nothing is concluded from them. */
export const LEAST_ANSWERS = 6;
/** A session ends here at the latest: it should feel short. */
export const MOST_ANSWERS = 10;
/** Right by luck when one does not know. "I don't know" is always there, so it is less than one of four. */
export const GUESS = 0.1;
/** Questions are asked a little under the person's level: about two of three go right, which keeps heart and still tells. */
const EASIER_BY = 0.5;
/** A wide prior around an early level: answers decide, and a few lucky ones do not make an expert. */
const PRIOR = { mean: 3.5 - LEVEL_AT_ZERO_LOGITS, sd: 2, guess: GUESS };
const Z_95 = 1.96;

/** Where a session begins, in logits: at the level known of the person, kept within the middle, or else gently. */
export function startingAbility(level: number | null): number {
  return Math.min(6, Math.max(1, level ?? 2.5)) - LEVEL_AT_ZERO_LOGITS;
}

/** Ability in logits after these answers, by Elo. It chooses the next question and is never shown. */
export function abilityAfter(start: number, answers: readonly ItemResponse[]): number {
  return answers.reduce((ability, answer, before) => elo(ability, answer, before, GUESS), start);
}

/** The question nearest to what the person can do, a little easier; of equally near ones the first. */
export function nextQuestion(candidates: readonly Candidate[], ability: number): Candidate | undefined {
  const away = ({ difficulty }: Candidate) => Math.abs(difficulty - (ability - EASIER_BY));
  return candidates.reduce<Candidate | undefined>(
    (best, next) => (best && away(best) <= away(next) ? best : next),
    undefined,
  );
}

/** What a session tells: the level, 0..8, its standard error in levels, and the range that holds it 95 times of 100. */
export interface Placement {
  level: number;
  se: number;
  low: number;
  high: number;
}

/** Undefined under LEAST_ANSWERS answers. One logit is one level, so the error is in levels (raschMap). */
export function placement(answers: readonly ItemResponse[]): Placement | undefined {
  if (answers.length < LEAST_ANSWERS) return undefined;
  const { theta, se } = raschMap(answers, PRIOR);
  const level = within(theta + LEVEL_AT_ZERO_LOGITS);
  return { level, se, low: within(level - Z_95 * se), high: within(level + Z_95 * se) };
}

const within = (level: number) => Math.min(HIGHEST_LEVEL, Math.max(0, level));
