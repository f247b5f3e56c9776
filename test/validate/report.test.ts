import { Chance } from '../../src/demo/chance';
import { growthVerdicts, profileErrors, testErrors } from '../../src/validate/measures';
import { validateSkills } from '../../src/validate/report';

const SOME = 1500;

describe('the simulation of learners', () => {
  it('keeps its promises, and says the same for the same seed', () => {
    const first = validateSkills('a test', SOME);
    expect(first.faults).toEqual([]);
    expect(validateSkills('a test', SOME).lines).toEqual(first.lines);
    expect(validateSkills('another test', SOME).lines).not.toEqual(first.lines);
  });

  it('names each promise that does not hold', () => {
    const strict = validateSkills('a test', SOME, { mostFalseGrew: 0, leastCovered: 0.999 });
    expect(strict.faults).toContain('the range of self, own-view');
    expect(strict.faults).toContain('"grew" of teams by quiz');
    expect(strict.lines.at(-1)).toMatch(/^\d+ do not hold/);
  });
});

describe('measures', () => {
  it('see that adaptive practice errs less than a fixed test of the same length', () => {
    const { adaptive, fixed } = testErrors(new Chance('lengths'), 1000, 10);
    expect(adaptive.rmse).toBeLessThan(fixed.rmse);
  });

  it('see true growth, and own views that rate themselves too high', () => {
    const grown = growthVerdicts(new Chance('grown'), 100, { kinds: ['demonstration'], gain: 1 });
    expect(grown.grew).toBeGreaterThan(0.7);
    expect(profileErrors(new Chance('own'), 500, ['self']).get('own-view')?.bias).toBeGreaterThan(0);
  });
});
