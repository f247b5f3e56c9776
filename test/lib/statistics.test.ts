import fc from 'fast-check';
import { betaTail, mean, sd, tQuantile975 } from '../../src/lib/statistics';

describe('tQuantile975', () => {
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [4, 2.7764],
    [5, 2.5706],
    [10, 2.2281],
    [11, 2.201],
    [29, 2.0452],
    [120, 1.9799],
    [100_000, 1.96],
  ])('with %i degrees of freedom is %f, as printed tables say', (df, t) => {
    expect(tQuantile975(df)).toBeCloseTo(t, 4);
  });

  it('falls towards 1.96 and never below', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (df) => {
        expect(tQuantile975(df)).toBeGreaterThan(tQuantile975(df + 1));
        expect(tQuantile975(df)).toBeGreaterThan(1.959963);
      }),
    );
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses %d degrees of freedom', (df) => {
    expect(() => tQuantile975(df)).toThrow(RangeError);
  });
});

describe('betaTail', () => {
  const count = fc.integer({ min: 0, max: 400 });
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

  it('rises with a success, falls with a failure and stays a probability', () => {
    fc.assert(
      fc.property(count, count, share, (right, wrong, p) => {
        const now = betaTail(right, wrong, p);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        expect(betaTail(right + 1, wrong, p)).toBeGreaterThanOrEqual(now - 1e-9);
        expect(betaTail(right, wrong + 1, p)).toBeLessThanOrEqual(now + 1e-9);
      }),
    );
  });

  it('mirrors: sure of more than p right is sure of less than 1 - p wrong', () => {
    fc.assert(
      fc.property(count, count, share, (right, wrong, p) => {
        expect(betaTail(right, wrong, p) + betaTail(wrong, right, 1 - p)).toBeCloseTo(1, 8);
      }),
    );
  });

  it('knows nothing before the first answer, and keeps its footing at thousands', () => {
    expect(betaTail(0, 0, 0.7)).toBeCloseTo(0.3, 12);
    expect(betaTail(3500, 1500, 0.7)).toBeCloseTo(0.5, 1);
    expect([betaTail(3, 1, 0), betaTail(3, 1, 1)]).toEqual([1, 0]);
  });

  it('refuses what cannot be counted', () => {
    expect(() => betaTail(1.5, 0, 0.7)).toThrow(RangeError);
    expect(() => betaTail(1, -1, 0.7)).toThrow(RangeError);
    expect(() => betaTail(1, 1, 1.1)).toThrow(RangeError);
  });
});

describe('mean and sd', () => {
  it('are the textbook ones', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(sd([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  it('refuse too few values', () => {
    expect(() => mean([])).toThrow(RangeError);
    expect(() => sd([1])).toThrow(RangeError);
  });
});
