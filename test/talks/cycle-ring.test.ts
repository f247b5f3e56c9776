import fc from 'fast-check';
import { angleOf, pointAt, stoneAngles } from '../../src/features/talks/cycle-ring';
import { yearLater } from '../../src/features/talks/cycles.service';

it('has the year begin at the top and go round with the clock', () => {
  expect(angleOf('2026-01-01')).toBe(0);
  expect(angleOf('2026-07-02')).toBeCloseTo(180, 0);
  expect(pointAt(0, 100)).toEqual({ x: 200, y: 100 });
  expect(pointAt(90, 100)).toEqual({ x: 300, y: 200 });
});

it('never lays one stone on another, and keeps their order within the year', () => {
  const day = fc
    .integer({ min: 0, max: 364 })
    .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
  fc.assert(
    fc.property(fc.array(day, { minLength: 4, maxLength: 4 }), (days) => {
      const angles = stoneAngles(days.sort());
      angles.forEach((angle, index) => {
        expect(angle).toBeLessThan(360);
        expect(angle).toBeGreaterThanOrEqual(0);
        if (index > 0) expect(angle - (angles[index - 1] as number)).toBeGreaterThanOrEqual(29.999);
      });
      expect(360 - (angles.at(-1) as number) + (angles[0] as number)).toBeGreaterThanOrEqual(14.999);
    }),
  );
});

it('moves a day to the next year, also the one that leap years alone have', () => {
  expect(yearLater('2026-11-10')).toBe('2027-11-10');
  expect(yearLater('2028-02-29')).toBe('2029-02-28');
});
