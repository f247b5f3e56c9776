/** One answer to a question of known difficulty, on the logit scale. */
export interface ItemResponse {
  difficulty: number;
  right: boolean;
}

/** Where levels lie on the logit scale: one logit per level, 4.5 in the middle. A choice, until data calibrates it. */
export const LEVEL_AT_ZERO_LOGITS = 4.5;

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

/**
 * Most probable ability in logits and its standard error, from a normal prior (mean 0, sd 1.5) by Newton's method.
 * For checking the quality of questions afterwards, and where the size of `likelyRange` comes from.
 */
export function raschMap(
  responses: readonly ItemResponse[],
  prior = { mean: 0, sd: 1.5 },
): { theta: number; se: number } {
  let theta = prior.mean;
  let curvature = informationAt(theta);
  for (let round = 0; round < 50; round++) {
    curvature = informationAt(theta);
    const step = slopeAt(theta) / curvature;
    theta += step;
    if (Math.abs(step) < 1e-9) break;
  }
  return { theta, se: 1 / Math.sqrt(curvature) };

  function slopeAt(ability: number): number {
    const surprise = responses.map(({ difficulty, right }) => Number(right) - chanceRight(ability, difficulty));
    return surprise.reduce((sum, part) => sum + part, 0) - (ability - prior.mean) / prior.sd ** 2;
  }

  function informationAt(ability: number): number {
    const parts = responses.map(({ difficulty }) => {
      const chance = chanceRight(ability, difficulty);
      return chance * (1 - chance);
    });
    return parts.reduce((sum, part) => sum + part, 0) + 1 / prior.sd ** 2;
  }
}
