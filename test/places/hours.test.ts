import { MUNICIPALITIES, REGIONS } from '../../src/features/places/areas';
import {
  exceptionToday,
  openState,
  readExceptions,
  readSpans,
  spansOn,
  weekLines,
} from '../../src/features/places/hours';

const week = [1, 2, 3].map((day) => ({ day, from: '12:00', to: '16:00' }));

it('knows 19 regions and 308 municipalities, each number once', () => {
  expect([REGIONS.length, MUNICIPALITIES.length, new Set(MUNICIPALITIES.map(({ code }) => code)).size]).toEqual([
    19, 308, 308,
  ]);
});

it.each([
  ['9-12, 13.30–16', ['09:00–12:00', '13:30–16:00']],
  ['klo 9–12 ja 13–16', ['09:00–12:00', '13:00–16:00']],
  ['suljettu', []],
])('reads %s', (text, spans) => {
  expect(readSpans(text).map(({ from, to }) => `${from}–${to}`)).toEqual(spans);
});

it.each([
  ['9–12, 11–13', 'overlap'],
  ['16–9', 'ends-before'],
  ['25–26', 'unreadable'],
  ['aamulla', 'unreadable'],
])('says what is wrong with %s', (text, fault) => {
  expect(() => readSpans(text)).toThrow(fault);
});

it('tells of exceptions that speak of the same day', () => {
  expect(() => readExceptions('24.12.2026 suljettu\n23.12.2026–26.12.2026 9–10')).toThrow('overlap');
  expect(() => readExceptions('31.2.2026 suljettu')).toThrow('unreadable');
});

it('is closed on an exception, and a date of one year goes before one of every year', () => {
  const exceptions = readExceptions('1.12.–6.1. suljettu\n2.12.2026 9–10');
  expect(spansOn({ week, exceptions }, '2026-12-01')).toEqual([]);
  expect(spansOn({ week, exceptions }, '2027-01-05')).toEqual([]);
  expect(spansOn({ week, exceptions }, '2026-12-02')).toEqual([{ from: '09:00', to: '10:00' }]);
  expect(spansOn({ week, exceptions }, '2026-11-24')).toHaveLength(1);
});

it('says whether a place is open by the clocks of Finland', () => {
  const hours = { week, exceptions: [] };
  expect(openState(hours, new Date('2026-11-23T12:00:00Z'))).toMatchObject({ state: 'open', at: '16' });
  expect(openState(hours, new Date('2026-11-23T14:00:00Z'))).toMatchObject({
    state: 'later',
    day: '2026-11-24',
    at: '12',
  });
  expect(openState({ week: [], exceptions: [] }, new Date())).toEqual({ state: 'ask' });
  expect(weekLines(hours)).toEqual([{ days: [1, 3], text: '12–16' }]);
});

it('says what is different today, and never opens after the day of closing', () => {
  const exceptions = readExceptions('23.11.2026 suljettu\n24.11.2026 9–10');
  const at = (clock: string) => new Date(`2026-11-${clock}Z`);
  expect(exceptionToday({ week, exceptions }, at('23T08:00'))).toBe('');
  expect(exceptionToday({ week, exceptions }, at('24T06:00'))).toBe('9–10');
  expect(exceptionToday({ week, exceptions }, at('25T08:00'))).toBeUndefined();
  expect(openState({ week, exceptions }, at('23T08:00'))).toMatchObject({ state: 'later', ahead: 1 });
  const hours = { week, exceptions: [] };
  expect(openState(hours, at('23T14:30'), '2026-11-24')).toEqual({ state: 'ended', day: '2026-11-24' });
  expect(openState(hours, at('23T12:00'), '2026-11-24')).toMatchObject({ state: 'open' });
});
