import { spawnSync } from 'node:child_process';
import { Chance } from '../../src/demo/chance';
import { growthVerdicts, profileErrors, testErrors } from '../../src/validate/measures';

/** The built command, as `npm run validate:skills` runs it: the same sums are many times slower inside the test runner. */
const validate = (...options: string[]) =>
  spawnSync(process.execPath, ['dist/src/validate/cli.js', ...options], { encoding: 'utf8' });

describe('validate:skills', () => {
  it('keeps its promises, and says the same for the same seed', () => {
    const first = validate('--seed', 'a test', '--learners', '1500');
    expect(first.stdout).toContain('All hold');
    expect(first.status).toBe(0);
    expect(validate('--seed', 'a test', '--learners', '1500').stdout).toBe(first.stdout);
  });

  it('ends with 1 and names each promise that does not hold', () => {
    const { status, stdout } = validate('--learners', '400', '--covered', '0.999', '--false-grew', '0');
    expect(status).toBe(1);
    expect(stdout).toContain('the range of self, own-view');
    expect(stdout).toContain('"grew" of teams by quiz');
  });

  it('refuses a number of learners that tells nothing', () => {
    expect(validate('--learners', 'many').status).toBe(2);
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
