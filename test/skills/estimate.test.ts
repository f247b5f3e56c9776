import fc from 'fast-check';
import { estimate, type Source } from '../../src/features/skills/estimate';
import { likelyRange, standardError } from '../../src/features/skills/likely-range';
import { monthsAgo, NOW, someEvidence } from './arbitraries';
import { vectors } from './vectors';

const OTHERS: Source[] = [
  'peer',
  'experience_expert',
  'supervisor',
  'quiz',
  'demonstration',
  'badge',
  'task',
  'earlier',
];
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

describe('estimate', () => {
  it.each(vectors.estimate)('agrees with the reference: $evidence', ({ evidence, result }) => {
    const now = estimate(
      evidence.map(([source, level, age]) => ({ source, level, at: monthsAgo(age) })),
      NOW,
    );
    expect(now.level).toBeCloseTo(result.level, 2);
    expect(now.weight).toBeCloseTo(result.weight, 3);
    expect(now.spread).toBeCloseTo(result.spread, 2);
    expect(now.confidence).toBe(result.confidence.replace(' ', '-'));
  });

  it('is nothing without evidence, and leaves out what was not yet observed', () => {
    const nothing = { level: null, weight: 0, confidence: 'none', spread: null };
    expect(estimate([], NOW)).toEqual(nothing);
    expect(estimate([{ source: 'quiz', level: 3, at: later(1) }], NOW)).toEqual(nothing);
    expect(likelyRange(estimate([], NOW))).toBeNull();
  });

  it('calls one year old demonstration exactly medium and a day more low', () => {
    const seen = [{ source: 'demonstration' as const, level: 3, at: monthsAgo(12) }];
    expect(estimate(seen, NOW).confidence).toBe('medium');
    expect(estimate(seen, later(1)).confidence).toBe('low');
  });

  it('refuses levels off the scale and dates that are none', () => {
    expect(() => estimate([{ source: 'quiz', level: 9, at: NOW }], NOW)).toThrow(RangeError);
    expect(() => estimate([{ source: 'quiz', level: Number.NaN, at: NOW }], NOW)).toThrow(RangeError);
  });

  it('never weighs less for one more piece of evidence', () => {
    fc.assert(
      fc.property(fc.array(someEvidence()), someEvidence(), (evidence, more) => {
        const weight = estimate([...evidence, more], NOW).weight;
        expect(weight).toBeGreaterThanOrEqual(estimate(evidence, NOW).weight * (1 - 1e-12));
      }),
    );
  });

  it('never counts more than 1 for own views, however many', () => {
    fc.assert(
      fc.property(fc.array(someEvidence(['self']), { minLength: 1 }), (evidence) => {
        const own = estimate(evidence, NOW);
        expect(own.weight).toBeLessThanOrEqual(1 + 1e-12);
        expect(own.confidence).toBe('own-view');
      }),
    );
  });

  it('does not depend on the order in which evidence is listed', () => {
    fc.assert(
      fc.property(fc.array(someEvidence(), { minLength: 1 }), (evidence) => {
        const shuffled = estimate(evidence.toReversed(), NOW);
        expect(shuffled.level).toBeCloseTo(estimate(evidence, NOW).level!, 9);
      }),
    );
  });

  it('keeps the level while evidence grows old, when the cap on own views takes no part', () => {
    const uncapped = fc
      .tuple(fc.array(someEvidence(OTHERS), { minLength: 1 }), fc.option(someEvidence(['self']), { nil: undefined }))
      .map(([others, own]) => (own ? [...others, own] : others));
    fc.assert(
      fc.property(uncapped, fc.integer({ min: 0, max: 3650 }), (evidence, days) => {
        const now = estimate(evidence, NOW);
        const then = estimate(evidence, later(days));
        expect(then.level).toBeCloseTo(now.level!, 9);
        expect(then.weight).toBeLessThanOrEqual(now.weight);
      }),
    );
  });

  it('lies between the lowest and the highest level that was observed', () => {
    fc.assert(
      fc.property(fc.array(someEvidence(), { minLength: 1 }), (evidence) => {
        const { level } = estimate(evidence, NOW);
        const levels = evidence.map((piece) => piece.level);
        expect(level).toBeGreaterThanOrEqual(Math.min(...levels) - 1e-9);
        expect(level).toBeLessThanOrEqual(Math.max(...levels) + 1e-9);
      }),
    );
  });
});

describe('likelyRange', () => {
  it('says more doubt after one quiz of six answers than those answers alone leave: nearly four levels (95 %)', () => {
    const now = estimate([{ source: 'quiz', level: 4, at: NOW }], NOW);
    const { low, high } = likelyRange(now)!;
    expect(standardError(now)!).toBeGreaterThan(vectors.rasch_map.se);
    expect(high - low).toBeCloseTo(3.7, 1);
  });

  it('holds the level, stays on the scale and widens with time', () => {
    fc.assert(
      fc.property(
        fc.array(someEvidence(OTHERS), { minLength: 1 }),
        fc.integer({ min: 1, max: 3650 }),
        (evidence, days) => {
          const now = estimate(evidence, NOW);
          const near = likelyRange(now)!;
          const far = likelyRange(estimate(evidence, later(days)))!;
          expect(near.low).toBeGreaterThanOrEqual(0);
          expect(near.high).toBeLessThanOrEqual(8);
          expect(near.low).toBeLessThanOrEqual(now.level!);
          expect(near.high).toBeGreaterThanOrEqual(now.level!);
          expect(far.low).toBeLessThanOrEqual(near.low + 1e-9);
          expect(far.high).toBeGreaterThanOrEqual(near.high - 1e-9);
        },
      ),
    );
  });

  it('is wider where sources disagree', () => {
    const agreeing = estimate(
      ['quiz', 'peer'].map((source) => ({ source: source as Source, level: 4, at: NOW })),
      NOW,
    );
    expect(standardError({ ...agreeing, spread: 1 })!).toBeGreaterThan(standardError(agreeing)!);
  });
});
