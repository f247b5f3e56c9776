import { dayOf, endOfDay, lastMonthEnd, monthEndBefore, readDay, startOfDay, typedDay } from '../../src/lib/calendar';

it.each([
  ['31.5.2026', '2026-05-31'],
  [' 01.02.2026 ', '2026-02-01'],
  ['31/5/2026', '2026-05-31'],
  ['2026-05-31', '2026-05-31'],
  ['29.2.2024', '2024-02-29'],
])('reads %s', (text, day) => expect(readDay(text)).toBe(day));

it.each(['31.2.2026', '29.2.2026', '2026-13-01', '0.1.2026', '1.1.26', '1.1.0026', 'eilen', '', '2026-05-31T00:00'])(
  'knows no day %j',
  (text) => expect(readDay(text)).toBeUndefined(),
);

it('begins and ends a day by the clocks of Finland, in winter, in summer and when they turn', () => {
  expect(startOfDay('2026-01-31').toISOString()).toBe('2026-01-30T22:00:00.000Z');
  expect(startOfDay('2026-07-31').toISOString()).toBe('2026-07-30T21:00:00.000Z');
  expect(endOfDay('2026-03-29').getTime() - startOfDay('2026-03-29').getTime()).toBe(23 * 3600 * 1000);
  expect(dayOf(new Date('2026-05-31T21:30:00Z'))).toBe('2026-06-01');
});

it('finds the ends of months', () => {
  expect([lastMonthEnd('2026-05-31'), lastMonthEnd('2026-05-30'), lastMonthEnd('2026-01-01')]).toEqual([
    '2026-05-31',
    '2026-04-30',
    '2025-12-31',
  ]);
  expect([monthEndBefore('2026-05-31', 3), monthEndBefore('2026-03-31', 12), monthEndBefore('2026-05-31', 0)]).toEqual([
    '2026-02-28',
    '2025-03-31',
    '2026-05-31',
  ]);
  expect(typedDay('2026-05-31')).toBe('31.5.2026');
});
