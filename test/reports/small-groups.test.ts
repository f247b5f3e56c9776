import fc from 'fast-check';
import { roughShare, splitOf, splitOfGroups } from '../../src/features/reports/figures/small-groups';

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

it('has at least two splits behind every word of two parts', () => {
  const anyLimit = fc.integer({ min: 5, max: 10 });
  fc.assert(
    fc.property(anyLimit, fc.nat({ max: 55 }), (k, more) => {
      const n = k + more;
      const all = Array.from({ length: n + 1 }, (_, a) => splitOf({ a, b: n - a }, k));
      for (const [word, same] of Map.groupBy(all, (split) => JSON.stringify(split)))
        expect([word, same.length > 1 || same[0]?.exact]).toEqual([word, true]);
    }),
  );
});

it('makes the word of several groups of their words, and numbers of their numbers', () => {
  const of = (reached: number, onTheWay: number) => ({ counts: { reached, onTheWay }, k: 5 });
  expect(splitOfGroups([of(5, 5), of(7, 6)])).toEqual({ exact: true, n: 23, counts: { reached: 12, onTheWay: 11 } });
  // 8 and 10 of 10: "most" and "nearly all" are most together, or the first would be told to be 8.
  expect(splitOfGroups([of(8, 2), of(10, 0)])).toEqual({ exact: false, n: 20, most: 'reached', nearlyAll: false });
  expect(splitOfGroups([of(8, 2), of(1, 9)])).toEqual(splitOfGroups([of(6, 4), of(0, 10)]));
});

it('tells the share of many groups in tens, and of few groups none', () => {
  const groups = (count: number, reached: number) =>
    Array.from({ length: count }, () => ({ counts: { reached, onTheWay: 7 - reached }, k: 5 }));
  expect(splitOfGroups(groups(9, 5))).not.toHaveProperty('share');
  expect(splitOfGroups(groups(20, 5))).toMatchObject({ exact: false, share: 70 });
  expect(splitOfGroups([...groups(10, 1), ...groups(10, 4)])).toMatchObject({ share: 40 });
  // Everyone, everywhere, looks as nearly everyone does.
  expect(splitOfGroups(groups(20, 7))).toEqual(splitOfGroups([...groups(19, 7), ...groups(1, 4)]));
  // One large group among them would be told.
  expect(splitOfGroups([...groups(12, 5), { counts: { reached: 60, onTheWay: 2 }, k: 5 }])).not.toHaveProperty('share');
});
