import fc from 'fast-check';
import { ALL, hideByArea } from '../../src/features/situation/by-area';
import { hiddenIn, isFew } from '../../src/features/situation/hidden';

const LEAST = 5;
const KEYS = ['a', 'b', 'c'];
const AREAS = ['1-x', '1-y', '1-z', '2-x', '2-y'];
const regionOf = (area: string) => `region ${area[0]}`;

/** Which unknowns of linear equations follow from them: Gaussian elimination, fractions kept as numbers of small tables. */
function followFrom(
  equations: { of: Set<number>; sum: number }[],
  unknowns: number,
  targets: Set<number>[],
): boolean[] {
  const rows = equations.map(({ of }) => Array.from({ length: unknowns }, (_, at) => (of.has(at) ? 1 : 0)));
  const reduced: number[][] = [];
  const reduce = (given: number[]) => {
    let row = [...given];
    for (const one of reduced) {
      const lead = one.findIndex((n) => Math.abs(n) > 1e-9);
      const factor = (row[lead] ?? 0) / (one[lead] ?? 1);
      if (factor !== 0) row = row.map((n, at) => n - factor * (one[at] ?? 0));
    }
    return row;
  };
  for (const row of rows) {
    const left = reduce(row);
    if (left.some((n) => Math.abs(n) > 1e-9)) reduced.push(left);
  }
  return targets.map((target) =>
    reduce(Array.from({ length: unknowns }, (_, at) => (target.has(at) ? 1 : 0))).every((n) => Math.abs(n) < 1e-6),
  );
}

it('no number of few can be counted from all that is told of areas, regions and their sums', () => {
  const cell = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 7 }) }, fc.integer({ min: 0, max: 60 }));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 15, maxLength: 15 }), (values) => {
      const counts = new Map(
        AREAS.map((area, a) => [area, new Map(KEYS.map((key, k) => [key, [values[a * 3 + k] ?? 0]]))]),
      );
      const told = hideByArea({ keys: KEYS, counts, organisations: 1, regionOf, least: LEAST });
      const equations: { of: Set<number>; sum: number }[] = [];
      const few: Set<number>[] = [];
      for (const area of [ALL, 'region 1', 'region 2', ...AREAS])
        for (const key of [ALL, ...KEYS]) {
          const of = new Set(
            AREAS.flatMap((one, a) =>
              KEYS.flatMap((other, k) =>
                (area === ALL || area === one || area === regionOf(one)) && (key === ALL || key === other)
                  ? [a * 3 + k]
                  : [],
              ),
            ),
          );
          const sum = [...of].reduce((all, at) => all + (values[at] ?? 0), 0);
          const shown = told(area, key);
          if (typeof shown === 'number') {
            expect(shown).toBe(sum);
            equations.push({ of, sum });
          }
          if (sum > 0 && sum < LEAST) {
            expect(shown).toBe('small');
            few.push(of);
          }
        }
      expect(followFrom(equations, 15, few)).not.toContain(true);
    }),
    { numRuns: 400 },
  );
});

it('a number of which another organisation would read few by taking its own part away is not told', () => {
  expect(isFew([40, 3], LEAST)).toBe(true);
  expect(isFew([40, 0], LEAST)).toBe(false);
  expect(isFew([40, 30], LEAST)).toBe(false);
  expect(isFew([3], LEAST)).toBe(true);
});

it('a table in which all may be told is told whole, and an empty cell is no few', () => {
  expect(
    hiddenIn(
      [
        [[9], [0]],
        [[12], [7]],
      ],
      LEAST,
    ).flat(),
  ).toEqual([false, false, false, false]);
  expect(
    hiddenIn(
      [
        [[9], [2]],
        [[12], [7]],
      ],
      LEAST,
    ).flat(),
  ).toEqual([true, true, true, true]);
});

it('a hidden cell whose value would follow from the sums of one side is joined by another', () => {
  const few = new Set(['0 0', '0 1', '1 0', '1 1', '1 3', '3 3', '3 4', '4 3', '4 4']);
  const cells = Array.from({ length: 5 }, (_, r) =>
    Array.from({ length: 5 }, (_, c) => [few.has(`${r} ${c}`) ? 3 : 20]),
  );
  const mask = hiddenIn(cells, LEAST);
  const isHidden = (r: number, c: number) => mask[r]?.[c] === true;
  // Rows 0 and 1 against columns 0 and 1 would leave the value of (1, 3) alone.
  const others = [0, 1].flatMap((r) => [2, 3, 4].filter((c) => isHidden(r, c))).length;
  const back = [2, 3, 4].flatMap((r) => [0, 1].filter((c) => isHidden(r, c))).length;
  expect(others + back).toBeGreaterThan(1);
});
