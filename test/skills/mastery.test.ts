import fc from 'fast-check';
import { chanceRight, elo, LEVEL_AT_ZERO_LOGITS, raschMap } from '../../src/features/skills/item-response';
import { mastered, quizEvidenceLevel } from '../../src/features/skills/mastery';
import { betaTail } from '../../src/lib/statistics';
import { sixAnswers, vectors } from './vectors';

describe('mastered', () => {
  it.each(vectors.beta)('agrees with the reference: $right right, $wrong wrong', (vector) => {
    expect(betaTail(vector.right, vector.wrong, 0.7)).toBeCloseTo(vector.prob_above_70, 3);
    expect(mastered(vector.right, vector.wrong)).toBe(vector.mastered);
  });
});

describe('quizEvidenceLevel', () => {
  const count = fc.integer({ min: 0, max: 30 });
  const target = fc.integer({ min: 1, max: 8 });

  it.each([
    ['mastered', { right: 7, wrong: 1, unknown: 0 }, 3, 3],
    ['at least half', { right: 4, wrong: 4, unknown: 0 }, 3, 2],
    ['at least half, the rest unknown', { right: 3, wrong: 1, unknown: 2 }, 3, 2],
    ['half of the lowest level', { right: 3, wrong: 3, unknown: 0 }, 1, 0],
    ['less than half', { right: 3, wrong: 4, unknown: 0 }, 3, null],
    ['nothing answered', { right: 0, wrong: 0, unknown: 0 }, 3, null],
  ])('%s', (_what, result, aim, level) => {
    expect(quizEvidenceLevel(result, aim)).toBe(level);
  });

  it('is never lower for saying "I don\'t know" instead of a wrong answer', () => {
    fc.assert(
      fc.property(count, count, count, target, (right, wrong, unknown, aim) => {
        const said = quizEvidenceLevel({ right, wrong, unknown }, aim);
        const guessed = quizEvidenceLevel({ right, wrong: wrong + unknown, unknown: 0 }, aim);
        expect(said ?? -1).toBeGreaterThanOrEqual(guessed ?? -1);
      }),
    );
  });

  it('is never lower for one more right answer in place of another', () => {
    fc.assert(
      fc.property(count, count, target, (right, wrong, aim) => {
        const better = quizEvidenceLevel({ right: right + 1, wrong, unknown: 0 }, aim);
        const worse = quizEvidenceLevel({ right, wrong: wrong + 1, unknown: 0 }, aim);
        expect(better ?? -1).toBeGreaterThanOrEqual(worse ?? -1);
      }),
    );
  });

  it.each([0, 9, 2.5])('refuses %d as a target', (aim) => {
    expect(() => quizEvidenceLevel({ right: 1, wrong: 0, unknown: 0 }, aim)).toThrow(RangeError);
  });
});

describe('item response', () => {
  it('walks the path of the reference by Elo', () => {
    let ability = 0;
    const path = sixAnswers.map((answer, index) => {
      ability = elo(ability, answer, index);
      return ability;
    });
    expect(path.length).toBe(vectors.elo_path.length);
    vectors.elo_path.forEach((value, index) => void expect(path[index]).toBeCloseTo(value, 3));
  });

  it('finds the ability of the reference by Rasch', () => {
    const { theta, se } = raschMap(sixAnswers);
    expect(theta).toBeCloseTo(vectors.rasch_map.theta, 3);
    expect(se).toBeCloseTo(vectors.rasch_map.se, 3);
    const level = theta + LEVEL_AT_ZERO_LOGITS;
    expect(level).toBeCloseTo(vectors.rasch_map.level, 2);
    expect(level - 1.96 * se).toBeCloseTo(vectors.rasch_map.level_range_95[0], 1);
    expect(level + 1.96 * se).toBeCloseTo(vectors.rasch_map.level_range_95[1], 1);
  });

  it('expects a half at equal ability and difficulty, and knows only the prior without answers', () => {
    expect(chanceRight(1, 1)).toBe(0.5);
    expect(chanceRight(1, 1, 0.25)).toBe(0.625);
    expect(raschMap([])).toEqual({ theta: 0, se: 1.5 });
  });
});
