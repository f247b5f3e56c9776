import fc from 'fast-check';
import {
  HELP_ANSWERS,
  helpLevel,
  type ItemAnswer,
  satBand,
  satLevel,
  satPercent,
  selfAssessedLevel,
} from '../../src/features/skills/self-assessment';
import { vectors } from './vectors';

const items = (knowledge: number | null, skill: number | null, attitude: number | null): ItemAnswer[] => [
  { kind: 'knowledge', value: knowledge },
  { kind: 'skill', value: skill },
  { kind: 'attitude', value: attitude },
];

describe('DigCompSAT', () => {
  it.each(vectors.sat)('agrees with the reference: $answers', ({ answers, percent, band, level }) => {
    expect(satPercent(answers)).toBeCloseTo(percent, 1);
    expect(satBand(satPercent(answers))).toBe(band);
    expect(satLevel(satPercent(answers))).toBe(level);
  });

  it('changes bands at the ends of its intervals, in whole percent, half up', () => {
    expect([29.49, 29.5, 47.49, 47.5, 80.49, 80.5].map(satBand)).toEqual([
      'low',
      'foundation',
      'foundation',
      'intermediate',
      'intermediate',
      'advanced',
    ]);
  });

  it('has a level for every percentage, and refuses what is none', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (percent) => satLevel(percent) >= 0));
    expect(() => satLevel(101)).toThrow(RangeError);
    expect(() => satPercent([])).toThrow(RangeError);
    expect(() => satPercent([4])).toThrow(RangeError);
  });
});

describe('selfAssessedLevel', () => {
  it('reads the help scale as the ladder of autonomy', () => {
    expect(HELP_ANSWERS.map(helpLevel)).toEqual([0, 1, 3, 5]);
  });

  it.each([
    ['all three', items(2, 1, 2), 3],
    ['a skipped one counts neither for nor against', items(1, null, 1), 1],
    ['only the skill item', items(null, 2, null), 3],
    ['all skipped', items(null, null, null), null],
    ['none', [], null],
  ])('%s', (_what, answers, level) => {
    expect(selfAssessedLevel(answers)).toBe(level);
  });

  it('never falls when an answer rises', () => {
    const answer = fc.option(fc.integer({ min: 0, max: 2 }), { nil: null });
    fc.assert(
      fc.property(answer, fc.integer({ min: 0, max: 2 }), answer, (knowledge, skill, attitude) => {
        const higher = selfAssessedLevel(items(knowledge, skill + 1, attitude))!;
        expect(higher).toBeGreaterThanOrEqual(selfAssessedLevel(items(knowledge, skill, attitude))!);
      }),
    );
  });
});
