import fc from 'fast-check';
import {
  addToPoint,
  type Estimate,
  estimate,
  estimateAt,
  estimatePoints,
  pointAt,
  type Source,
} from '../../src/features/skills/estimate';
import { monthsAgo, NOW, someEvidence } from './arbitraries';

const HEAVY: Source[] = ['demonstration', 'badge', 'task'];

const anyDate = fc.date({ min: monthsAgo(130), max: NOW, noInvalidDate: true });

describe('estimatePoints', () => {
  it('say at every date what an estimate from all observations so far says', () => {
    fc.assert(
      fc.property(fc.array(someEvidence(), { maxLength: 40 }), anyDate, (observations, date) => {
        const soFar = observations.filter((one) => one.at <= date);
        expectSame(estimateAt(pointAt(estimatePoints(observations), date), date), byHand(soFar, date));
        expectSame(estimate(observations, date), byHand(soFar, date));
      }),
      { numRuns: 500 },
    );
  });

  it('come one after each observation, in order of time, and can be continued from a stored one', () => {
    fc.assert(
      fc.property(fc.array(someEvidence(), { minLength: 1, maxLength: 20 }), (observations) => {
        const points = estimatePoints(observations);
        const inOrder = observations.toSorted((a, b) => a.at.getTime() - b.at.getTime());
        expect(points.map((point) => point.at)).toEqual(inOrder.map((one) => one.at));
        expect(addToPoint(points.at(-2), inOrder.at(-1)!)).toEqual(points.at(-1));
      }),
    );
  });

  it('count both of two observations made at the same moment', () => {
    const both = (['quiz', 'peer'] as const).map((source, index) => ({ source, level: 2 + index, at: NOW }));
    expect(estimateAt(pointAt(estimatePoints(both), NOW), NOW)).toMatchObject({ level: 2.5, weight: 2 });
  });

  it('refuse an observation older than the point, and say nothing before the first', () => {
    const [point] = estimatePoints([{ source: 'quiz', level: 2, at: NOW }]);
    expect(() => addToPoint(point, { source: 'quiz', level: 2, at: monthsAgo(1) })).toThrow(RangeError);
    expect(pointAt([point!], monthsAgo(1))).toBeUndefined();
    expect(estimateAt(undefined, NOW).confidence).toBe('none');
  });

  it('lose nothing to a clock that runs behind', () => {
    const [point] = estimatePoints([{ source: 'quiz', level: 2, at: NOW }]);
    expect(estimateAt(point, new Date(NOW.getTime() - 50))).toEqual(estimateAt(point, NOW));
  });
});

/** The reference's formula written out plainly, weight by weight, without sums that are carried along. */
function byHand(evidence: Parameters<typeof estimate>[0], now: Date): Estimate {
  const rows = evidence.map(({ source, level, at }) => {
    const months = (now.getTime() - at.getTime()) / 86_400_000 / 30.4375;
    return { source, level, weight: (HEAVY.includes(source) ? 2 : 1) * 0.5 ** (months / 12) };
  });
  const own = rows.filter((row) => row.source === 'self').reduce((sum, row) => sum + row.weight, 0);
  for (const row of rows) if (row.source === 'self') row.weight *= Math.min(1, 1 / own);

  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  if (weight === 0) return { level: null, weight, confidence: 'none', spread: null };
  const level = rows.reduce((sum, row) => sum + row.weight * row.level, 0) / weight;
  const spread = Math.sqrt(rows.reduce((sum, row) => sum + row.weight * (row.level - level) ** 2, 0) / weight);
  const word = weight < 1 ? 'low' : weight < 3 ? 'medium' : 'high';
  return { level, weight, confidence: rows.every((row) => row.source === 'self') ? 'own-view' : word, spread };
}

function expectSame(left: Estimate, right: Estimate): void {
  expect(left.level ?? -1).toBeCloseTo(right.level ?? -1, 9);
  expect(left.weight).toBeCloseTo(right.weight, 9);
  expect(left.spread ?? -1).toBeCloseTo(right.spread ?? -1, 4);
  // At a threshold the last bit decides; everywhere else the word is the same.
  const atThreshold = [1, 3].some((threshold) => Math.abs(right.weight - threshold) < 1e-8);
  if (!atThreshold) expect(left.confidence).toBe(right.confidence);
}
