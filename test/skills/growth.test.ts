import fc from 'fast-check';
import { showsAtLeast } from '../../src/features/skills/estimate';
import { dropouts, type LevelPair, pairedGrowth, reliableChange } from '../../src/features/skills/growth';
import { vectors } from './vectors';

const pairsOf = (pairs: [number, number][]): LevelPair[] => pairs.map(([before, after]) => ({ before, after }));

/** What the reference computed its examples from; the vector file holds only the results. */
const VECTOR_PAIRS = [
  pairsOf([
    [2, 3],
    [2, 2],
    [3, 4],
    [1, 2],
    [2, 3],
  ]),
  pairsOf([
    [2, 3],
    [3, 2],
    [2, 2],
    [3, 4],
    [2, 2],
    [3, 3],
  ]),
  pairsOf([
    [1, 4],
    [2, 5],
    [1, 3],
    [2, 4],
  ]),
];
const VECTOR_CHANGES: [number, number, number, number][] = [
  [2.5, 0.8, 3.5, 0.8],
  [2, 0.4, 3.5, 0.4],
];

describe('growth by evidence that says "at least this" only', () => {
  const grown = (either: Partial<LevelPair>) =>
    Array.from({ length: 8 }, (_, n) => ({ before: 2, after: 4 + (n % 3) / 10, ...either }));
  const seen = (pairs: LevelPair[]) => {
    const growth = pairedGrowth(pairs);
    return growth.shown ? [growth.verdict, growth.isHeld, growth.mean > 2] : growth;
  };

  it('is not told, and the mean change stays to be seen', () => {
    expect(seen(grown({}))).toEqual(['grew', false, true]);
    expect(seen(grown({ either_before: null, either_after: null }))).toEqual(['cannot-tell', true, true]);
    expect(seen(grown({ either_before: 2, either_after: null }))).toEqual(['cannot-tell', true, true]);
    expect(seen(grown({ either_before: 3, either_after: 3 }))).toEqual(['cannot-tell', true, true]);
  });

  it('is told when what can go down tells the same', () => {
    const pairs = grown({}).map((pair, n) => ({ ...pair, either_before: 2, either_after: 3 + (n % 2) }));
    expect(seen(pairs)).toEqual(['grew', false, true]);
    expect(seen([...pairs.slice(1), { before: 2, after: 5, either_before: null, either_after: null }])).toEqual([
      'grew',
      false,
      true,
    ]);
  });

  it.each([
    ['quiz', 'quiz_attempt', true],
    ['quiz', 'practice', false],
    ['badge', 'badge', true],
    ['earlier', 'submission', true],
    ['task', 'submission', false],
    ['self', 'self-assessment', false],
    ['demonstration', 'observation', false],
  ] as const)('is the only kind that %s (%s) shows: %s', (source, origin_type, expected) => {
    expect(showsAtLeast({ source, origin_type })).toBe(expected);
  });
});

describe('pairedGrowth', () => {
  it.each(vectors.paired_growth.map((vector, index) => ({ vector, pairs: VECTOR_PAIRS[index]! })))(
    'agrees with the reference: $vector',
    ({ vector, pairs }) => {
      const growth = pairedGrowth(pairs);
      if (!vector.shown || !growth.shown) return expect(growth).toEqual({ shown: false, reason: 'small' });
      expect(growth.n).toBe(vector.n);
      expect(growth.mean).toBeCloseTo(vector.mean, 2);
      expect(growth.interval[0]).toBeCloseTo(vector.ci[0], 2);
      expect(growth.interval[1]).toBeCloseTo(vector.ci[1], 2);
      expect(growth.verdict).toBe(vector.verdict.replace(' ', '-'));
    },
  );

  it('counts who moved, and half a level is the least that counts', () => {
    const growth = pairedGrowth(
      pairsOf([
        [2, 2.5],
        [2, 2.4],
        [3, 3],
        [3, 2.6],
        [3, 2.5],
        [3, 5],
      ]),
    );
    expect(growth).toMatchObject({ n: 6, moved: { up: 2, same: 3, down: 1 } });
  });

  it('cannot tell when nothing changed but the last bit', () => {
    const dust = pairsOf(Array.from({ length: 6 }, () => [0.3, 0.1 + 0.2]));
    expect(pairedGrowth(dust)).toMatchObject({ mean: 0, verdict: 'cannot-tell' });
  });

  it('turns round when the dates are swapped', () => {
    const level = fc.double({ min: 0, max: 8, noNaN: true });
    const somePairs = fc.array(fc.record({ before: level, after: level }), { minLength: 5 });
    const opposite = { grew: 'fell', fell: 'grew', 'cannot-tell': 'cannot-tell' };
    fc.assert(
      fc.property(somePairs, (pairs) => {
        const there = pairedGrowth(pairs);
        const back = pairedGrowth(pairs.map(({ before, after }) => ({ before: after, after: before })));
        if (!there.shown || !back.shown) throw new Error('five pairs are enough');
        expect(back.verdict).toBe(opposite[there.verdict]);
        expect(back.mean).toBeCloseTo(-there.mean, 5);
        expect(there.moved.up + there.moved.same + there.moved.down).toBe(pairs.length);
        expect(there.interval[0]).toBeLessThanOrEqual(there.mean);
        expect(there.interval[1]).toBeGreaterThanOrEqual(there.mean);
      }),
    );
  });

  it('asks for more people where the matter is sensitive', () => {
    expect(pairedGrowth(VECTOR_PAIRS[0]!, 10).shown).toBe(false);
  });
});

describe('reliableChange', () => {
  it.each(vectors.reliable_change.map((vector, index) => ({ vector, input: VECTOR_CHANGES[index]! })))(
    'agrees with the reference: $vector',
    ({ vector, input: [before, seBefore, after, seAfter] }) => {
      const change = reliableChange({ level: before, se: seBefore }, { level: after, se: seAfter });
      expect(change.change).toBeCloseTo(vector.delta, 2);
      expect(change.se).toBeCloseTo(vector.se, 2);
      expect(change.reliable).toBe(vector.reliable);
    },
  );
});

describe('dropouts', () => {
  it('says who was there at both ends, who left and who came', () => {
    expect(dropouts(new Set(['a', 'b', 'c']), new Set(['b', 'c', 'd', 'e']))).toEqual({
      stayed: 2,
      left: 1,
      joined: 2,
    });
  });
});
