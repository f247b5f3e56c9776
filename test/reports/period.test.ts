import { presets, readPeriod } from '../../src/features/reports/period';

const now = new Date('2026-05-20T09:00:00Z');
const days = (from?: string, to?: string) => {
  const result = readPeriod({ from, to }, now);
  return result.ok ? [result.value.from, result.value.to] : result.errors;
};

it.each([
  ['nothing', undefined, undefined, ['2025-10-31', '2026-04-30']],
  ['empty fields', '', ' ', ['2025-10-31', '2026-04-30']],
  ['days inside months', '15.1.2026', '15.4.2026', ['2025-12-31', '2026-03-31']],
  ['ends of months', '31.1.2026', '2026-03-31', ['2026-01-31', '2026-03-31']],
  ['a day to come', '1.1.2026', '24.12.2026', ['2025-12-31', '2026-04-30']],
  ['an end alone', undefined, '31.1.2026', ['2025-07-31', '2026-01-31']],
])('reads %s', (_, from, to, expected) => expect(days(from, to)).toEqual(expected));

it.each([
  ['30.2.2026', '31.3.2026', { from: 'reports.from.noSuchDay' }],
  ['1.1.2026', 'eilen', { to: 'reports.to.noSuchDay' }],
  ['1.1.1800', '32.1.2026', { from: 'reports.from.noSuchDay', to: 'reports.to.noSuchDay' }],
  ['31.3.2026', '31.3.2026', { from: 'reports.from.late' }],
  ['20.4.2026', '15.4.2026', { from: 'reports.from.late' }],
])('refuses %s – %s', (from, to, errors) => expect(days(from, to)).toEqual(errors));

it('counts what happened until the last day ended in Finland', () => {
  const result = readPeriod({ from: '31.1.2026', to: '30.4.2026' }, now);
  if (!result.ok) throw new Error('refused');
  expect([result.value.fromEnds, result.value.toEnds].map((moment) => moment.toISOString())).toEqual([
    '2026-01-31T22:00:00.000Z',
    '2026-04-30T21:00:00.000Z',
  ]);
});

it('takes the end of a month only when the month is over', () => {
  expect(presets(new Date('2026-05-31T20:59:00Z'))[0]?.to).toBe('2026-04-30');
  expect(presets(new Date('2026-05-31T21:00:00Z'))[0]).toEqual({ months: 3, from: '2026-02-28', to: '2026-05-31' });
});
