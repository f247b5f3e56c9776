import { cronMatcher, isDue, type Scheduled } from '../../src/lib/schedule';

const at = (every: Scheduled['every'], hour = 3): Scheduled => ({ job: 'a', every, hour, minute: 15 });

it('runs by the clock of Finland, in summer and in winter', () => {
  expect(isDue(at('day'), new Date('2026-07-01T00:15Z'))).toBe(true);
  expect(isDue(at('day'), new Date('2026-07-01T01:15Z'))).toBe(false);
  expect(isDue(at('day'), new Date('2026-12-01T01:15Z'))).toBe(true);
  expect(isDue(at('day'), new Date('2026-12-01T01:16Z'))).toBe(false);
});

it('runs weekly on Monday and monthly on the first day, as days are in Finland', () => {
  expect(isDue(at('week', 1), new Date('2026-11-22T23:15Z'))).toBe(true);
  expect(isDue(at('week', 1), new Date('2026-11-23T23:15Z'))).toBe(false);
  expect(isDue(at('month', 1), new Date('2026-11-30T23:15Z'))).toBe(true);
  expect(isDue(at('month', 1), new Date('2026-12-01T23:15Z'))).toBe(false);
});

it('runs once a day in a year, also on the two days when clocks turn', () => {
  const days = new Map<string, number>();
  for (let moment = Date.UTC(2026, 0, 1); moment < Date.UTC(2027, 0, 1); moment += 15 * 60_000) {
    if (!isDue({ ...at('day'), hour: 5 }, new Date(moment))) continue;
    const day = new Date(moment).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  expect(days.size).toBe(365);
  expect([...days.values()].filter((times) => times !== 1)).toEqual([]);
});

it('knows the year that the worker leaves out, over a new year too', () => {
  const match = cronMatcher(at('week', 3), () => new Date('2027-01-05T10:00Z'));
  // 28 December 2026 is a Monday; 28 December 2027 is not.
  expect(match({ min: 15, hour: 1, date: 28, month: 12, dow: 1 })).toBe(true);
  expect(match({ min: 15, hour: 1, date: 4, month: 1, dow: 1 })).toBe(true);
  expect(match({ min: 15, hour: 1, date: 3, month: 1, dow: 0 })).toBe(false);
});
