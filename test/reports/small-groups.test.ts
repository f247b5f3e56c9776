import fc from 'fast-check';
import { roughShare, splitOf } from '../../src/features/reports/small-groups';

it.each([
  [
    { up: 6, same: 2, down: 0 },
    { exact: false, n: 8, most: 'up', nearlyAll: false },
  ],
  [
    { up: 8, same: 0, down: 0 },
    { exact: false, n: 8, most: 'up', nearlyAll: false },
  ],
  [
    { up: 4, same: 4, down: 0 },
    { exact: false, n: 8, most: undefined, nearlyAll: false },
  ],
  [
    { up: 19, same: 1, down: 0 },
    { exact: false, n: 20, most: 'up', nearlyAll: true },
  ],
  [
    { up: 20, same: 0, down: 0 },
    { exact: false, n: 20, most: 'up', nearlyAll: true },
  ],
  [
    { up: 12, same: 8, down: 0 },
    { exact: true, n: 20, counts: { up: 12, same: 8, down: 0 } },
  ],
])('%j is told as %j', (counts, split) => expect(splitOf(counts, 5)).toEqual(split));

it('never gives a number of one to four people, nor that all are in one part', () => {
  const count = fc.nat({ max: 40 });
  fc.assert(
    fc.property(fc.record({ up: count, same: count, down: count }), (counts) => {
      const split = splitOf(counts, 5);
      if (!split.exact) return;
      expect(Object.values(split.counts).filter((n) => n > 0 && n < 5)).toEqual([]);
      expect(Math.max(...Object.values(split.counts))).toBeLessThan(split.n);
    }),
  );
});

it('says the same of everyone and of nearly everyone', () => {
  expect(splitOf({ a: 10, b: 0 }, 5)).toEqual(splitOf({ a: 9, b: 1 }, 5));
});

it('tells a share in tens that is never none or all', () => {
  expect([roughShare(0, 9), roughShare(7, 10), roughShare(2, 3), roughShare(9, 9)]).toEqual([10, 70, 70, 90]);
});
