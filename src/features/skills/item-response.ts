/** One answer to a question of known difficulty, on the logit scale. */
export interface ItemResponse {
  difficulty: number;
  right: boolean;
}

/** Where levels lie on the logit scale: one logit per level, 4.5 in the middle. A choice, until data calibrates it. */
export const LEVEL_AT_ZERO_LOGITS = 4.5;

/** A person at a level gets this share of questions of that level right. It lies above the share of the mastery rule, 0.7. */
export const RIGHT_AT_OWN_LEVEL = 0.8;

/** How hard a question of a level is until answers tell, on the logit scale: four of five of those at the level get it right. */
export function difficultyOfLevel(level: number): number {
  return level - LEVEL_AT_ZERO_LOGITS - Math.log(RIGHT_AT_OWN_LEVEL / (1 - RIGHT_AT_OWN_LEVEL));
}

/** Chance of a right answer in the Rasch model, with a floor for guessing. */
export function chanceRight(ability: number, difficulty: number, guess = 0): number {
  return guess + (1 - guess) / (1 + Math.exp(difficulty - ability));
}

/**
 * Ability in logits after one more answer: θ + K·(result - expected), K = 1 / (1 + 0.05·answers before). Chooses the next
 * question; never shown to anyone.
 */
export function elo(ability: number, response: ItemResponse, answersBefore: number, guess = 0): number {
  const step = 1 / (1 + 0.05 * answersBefore);
  return ability + step * (Number(response.right) - chanceRight(ability, response.difficulty, guess));
}

export interface Prior {
  mean: number;
  sd: number;
  /** The chance of a right answer by luck alone; 0 when left out. */
  guess?: number;
}

/**
 * Most probable ability in logits and its standard error, from a normal prior (mean 0, sd 1.5). By Fisher scoring, which
 * without guessing is Newton's method; with a floor for guessing the expected information is used (Lord 1980, ch. 5).
 */
export function raschMap(
  responses: readonly ItemResponse[],
  { mean, sd, guess = 0 }: Prior = { mean: 0, sd: 1.5 },
): { theta: number; se: number } {
  let theta = mean;
  for (let round = 0; round < 100; round++) {
    const step = slopeAt(theta) / informationAt(theta);
    theta += Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
    if (Math.abs(step) < 1e-9) break;
  }
  return { theta, se: 1 / Math.sqrt(informationAt(theta)) };

  function slopeAt(ability: number): number {
    const pulls = responses.map(({ difficulty, right }) => {
      const chance = chanceRight(ability, difficulty, guess);
      return (steepness(ability, difficulty, guess) * (Number(right) - chance)) / (chance * (1 - chance));
    });
    return pulls.reduce((sum, pull) => sum + pull, 0) - (ability - mean) / sd ** 2;
  }

  function informationAt(ability: number): number {
    const parts = responses.map(({ difficulty }) => {
      const chance = chanceRight(ability, difficulty, guess);
      return steepness(ability, difficulty, guess) ** 2 / (chance * (1 - chance));
    });
    return parts.reduce((sum, part) => sum + part, 0) + 1 / sd ** 2;
  }
}

/** So that a few answers all alike cannot throw the search out of the scale. */
const LONGEST_STEP = 2;

/** How fast the chance of a right answer grows with ability. */
function steepness(ability: number, difficulty: number, guess: number): number {
  const known = chanceRight(ability, difficulty);
  return (1 - guess) * known * (1 - known);
}
