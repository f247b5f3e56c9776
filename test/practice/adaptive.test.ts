import fc from 'fast-check';
import { abilityAfter, nextQuestion, placement, startingAbility } from '../../src/features/practice/adaptive';
import { difficultyOfLevel, raschMap } from '../../src/features/skills/item-response';

const responses = (count: number) =>
  fc.array(fc.record({ difficulty: fc.double({ min: -6, max: 4, noNaN: true }), right: fc.boolean() }), {
    minLength: count,
    maxLength: 20,
  });

describe('placement', () => {
  it('concludes nothing from fewer than six answers', () => {
    expect(placement(Array(5).fill({ difficulty: 0, right: true }))).toBeUndefined();
  });

  it('stays on the scale and within its own range, and one more right answer never lowers it', () => {
    fc.assert(
      fc.property(responses(6), fc.double({ min: -6, max: 4, noNaN: true }), (answers, difficulty) => {
        const { level, low, high } = placement(answers)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(8);
        expect(low).toBeLessThanOrEqual(level);
        expect(level).toBeLessThanOrEqual(high);
        expect(placement([...answers, { difficulty, right: true }])!.level).toBeGreaterThanOrEqual(level - 1e-6);
      }),
    );
  });

  it('puts a person who gets four of five at a level about there', () => {
    const answers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => ({
      difficulty: difficultyOfLevel(4),
      right: index % 5 !== 0,
    }));
    expect(Math.abs(placement(answers)!.level - 4)).toBeLessThan(0.5);
  });
});

describe('raschMap', () => {
  it('with guessing counts right answers to hard questions for less', () => {
    const answers = [-1, 0, 1, 3].map((difficulty) => ({ difficulty, right: difficulty !== 1 }));
    const sure = raschMap(answers);
    const doubting = raschMap(answers, { mean: 0, sd: 1.5, guess: 0.25 });
    expect(doubting.theta).toBeLessThan(sure.theta);
    expect(doubting.se).toBeGreaterThan(sure.se);
  });
});

describe('nextQuestion', () => {
  it('is the one a little easier than the person, and none when none is left', () => {
    const bank = [-3, -2, -1, 0, 1].map((difficulty) => ({ id: String(difficulty), difficulty }));
    expect(nextQuestion(bank, -0.4)?.difficulty).toBe(-1);
    expect(nextQuestion([], 0)).toBeUndefined();
  });

  it('climbs with right answers from a gentle start', () => {
    const start = startingAbility(null);
    expect(start).toBeLessThan(startingAbility(5));
    expect(abilityAfter(start, [{ difficulty: start, right: true }])).toBeGreaterThan(start);
  });
});
