import fc from 'fast-check';
import { pooledInOrder } from '../../src/features/reports/figures/in-order';

const pools = (counts: number[], k = 5) =>
  pooledInOrder(
    counts.map((n, index) => ({ item: index + 1, n })),
    k,
  ).map(({ items, n }) => [items.join('+'), n]);

it.each([
  [
    [7, 0, 6],
    [
      ['1', 7],
      ['2', 0],
      ['3', 6],
    ],
  ],
  [
    [2, 3, 6],
    [
      ['1+2', 5],
      ['3', 6],
    ],
  ],
  [[6, 1, 1], [['1+2+3', 8]]],
  [[6, 0, 1], [['1+2+3', 7]]],
  [[1, 1, 1], [['1+2+3', 3]]],
  [
    [0, 0],
    [
      ['1', 0],
      ['2', 0],
    ],
  ],
  [[], []],
] as [number[], [string, number][]][])('%j', (counts, expected) => expect(pools(counts)).toEqual(expected));

it('keeps every item once, in order, and no part with some people but fewer than k', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 12 }), fc.integer({ min: 3, max: 10 }), (counts, k) => {
      const told = pooledInOrder(
        counts.map((n, item) => ({ item, n })),
        k,
      );
      const total = counts.reduce((sum, n) => sum + n, 0);
      expect(told.flatMap(({ items }) => items)).toEqual(counts.map((_, index) => index));
      expect(told.reduce((sum, { n }) => sum + n, 0)).toBe(total);
      if (total >= k) expect(told.filter(({ n }) => n > 0 && n < k)).toEqual([]);
    }),
  );
});
