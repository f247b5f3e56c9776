import fc from 'fast-check';
import { readLevels } from '../../src/features/targets/target-levels';

const SKILLS = new Set(['1.1', '4.2', '4.4']);
const errorsOf = (body: unknown) => {
  const result = readLevels(body, SKILLS);
  return result.ok ? {} : result.errors;
};

it('reads a range, and takes the least level as the aim when none is given', () => {
  const result = readLevels({ 'min_1.1': '3', 'aim_1.1': '5', 'min_4.2': ' 2 ', 'aim_4.2': '', 'min_4.4': '' }, SKILLS);
  expect(result.ok && [...result.levels]).toEqual([
    ['1.1', { minimum: 3, aim: 5 }],
    ['4.2', { minimum: 2, aim: 2 }],
  ]);
});

it('says by field what to mend', () => {
  expect(errorsOf({ 'min_1.1': '5', 'aim_1.1': '3' })).toEqual({ 'aim_1.1': 'targets.levels.under' });
  expect(errorsOf({ 'min_1.1': '0' })).toEqual({ 'min_1.1': 'targets.levels.outside' });
  expect(errorsOf({ 'min_1.1': '9' })).toEqual({ 'min_1.1': 'targets.levels.outside' });
  expect(errorsOf({ 'min_1.1': '2', 'aim_1.1': '12' })).toEqual({ 'aim_1.1': 'targets.levels.outside' });
  expect(errorsOf({ 'min_1.1': '2,5' })).toEqual({ 'min_1.1': 'targets.levels.outside' });
  expect(errorsOf({ 'min_1.1': ['2', '3'] })).toEqual({ 'min_1.1': 'targets.levels.outside' });
  expect(errorsOf({ 'aim_1.1': '4' })).toEqual({ 'min_1.1': 'targets.levels.noMinimum' });
  expect(errorsOf({ 'min_9.9': '4' })).toEqual({ form: 'targets.levels.unknownSkill' });
  expect(errorsOf({})).toEqual({ form: 'targets.levels.none' });
  expect(errorsOf(undefined)).toEqual({ form: 'targets.levels.none' });
});

it('keeps the levels of skills that the form did not show', () => {
  const result = readLevels({ 'min_1.1': '' }, new Set(['1.1']), new Map([['5.1', { minimum: 2, aim: 4 }]]));
  expect(result.ok && [...result.levels]).toEqual([['5.1', { minimum: 2, aim: 4 }]]);
});

it('never lets through a range that the database would refuse', () => {
  const text = fc.oneof(fc.constantFrom('', '1', '5', '8', '9', '0', '-1', '1e0', '٣', ' 4'), fc.string());
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('min_1.1', 'aim_1.1', 'min_4.2', 'aim_4.2', 'min_x'), text), (body) => {
      const result = readLevels(body, SKILLS);
      if (!result.ok) return Object.keys(result.errors).length > 0;
      return [...result.levels.values()].every(
        ({ minimum, aim }) => Number.isInteger(minimum) && minimum >= 1 && aim >= minimum && aim <= 8,
      );
    }),
  );
});
