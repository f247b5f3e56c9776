import { addCalendarDays, clockOf, type Day, dayOf, readDay } from '../../lib/calendar';

/** Clock times as 09:30. */
export interface Span {
  from: string;
  to: string;
}
export interface Exception {
  /** Days, both included: 2026-12-24, or 12-24 for every year. */
  from: string;
  to: string;
  /** Empty: closed. */
  spans: Span[];
}
export interface Hours {
  /** From Monday (1) to Sunday (7). */
  week: (Span & { day: number })[];
  exceptions: Exception[];
}

export type HoursFault = 'unreadable' | 'ends-before' | 'overlap';
export class WrongHours extends Error {
  constructor(
    readonly fault: HoursFault,
    readonly line: string,
  ) {
    super(fault);
  }
}

const CLOSED = /^(kiinni|suljettu|stängt|closed|-|–)?$/i;

/** Reads "9–12, 13.30–16"; nothing or "suljettu" is closed. Throws WrongHours for what is no time, ends first or overlaps. */
export function readSpans(text: string): Span[] {
  if (CLOSED.test(text.trim())) return [];
  const spans = text
    .split(/[,;]|\s(?:ja|och|and)\s/)
    .map((part) => {
      const [, from, to] = /^\s*(?:klo\s+)?([\d.:]+)\s*[-–]\s*([\d.:]+)\s*$/.exec(part) ?? [];
      const span = { from: readClock(from), to: readClock(to) };
      if (!span.from || !span.to) throw new WrongHours('unreadable', text);
      if (span.from >= span.to) throw new WrongHours('ends-before', text);
      return span as Span;
    })
    .sort((a, b) => a.from.localeCompare(b.from));
  if (spans.some((span, index) => index > 0 && span.from < (spans[index - 1]?.to ?? '')))
    throw new WrongHours('overlap', text);
  return spans;
}

function readClock(text = ''): string | undefined {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(text) ?? [];
  const isTime = hour !== '' && (Number(hour) < 24 || (hour === '24' && minute === '00')) && Number(minute) < 60;
  return isTime ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}

/**
 * Reads exceptions, one on a line: "24.12.2026 suljettu", "1.6.–31.8. 10–12" (every year). Throws WrongHours with the line
 * that is wrong, and for two lines that speak of the same day.
 */
export function readExceptions(text: string): Exception[] {
  const lines = text.split('\n').filter((line) => line.trim());
  const read = lines.map((line) => {
    const [, first, last, rest = ''] =
      /^\s*(\d{1,2}\.\d{1,2}\.(?:\d{4})?)(?:\s*[-–]\s*(\d{1,2}\.\d{1,2}\.(?:\d{4})?))?[\s:]*(.*)$/.exec(line) ?? [];
    const [from, to] = [readDate(first), readDate(last ?? first)];
    if (!from || !to || from.length !== to.length) throw new WrongHours('unreadable', line);
    if (from.length > 5 && from > to) throw new WrongHours('ends-before', line);
    return { from, to, spans: readSpans(rest) };
  });
  const clash = read.findIndex((one, index) =>
    read
      .slice(0, index)
      .some((other) => other.from.length === one.from.length && one.from <= other.to && other.from <= one.to),
  );
  if (clash >= 0) throw new WrongHours('overlap', lines[clash] ?? '');
  return read;
}

function readDate(text = ''): string | undefined {
  const every = /^\d{1,2}\.\d{1,2}\.$/.test(text);
  const day = readDay(every ? `${text}2024` : text);
  return every ? day?.slice(5) : day;
}

export const weekdayOf = (day: Day): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;

/** When the place is open on the day; an exception of one year goes before one of every year, and both before the week. */
export function spansOn(hours: Hours, day: Day): Span[] {
  const covers = ({ from, to }: Exception) => {
    const at = day.slice(10 - from.length);
    return from <= to ? from <= at && at <= to : at >= from || at <= to;
  };
  const found = hours.exceptions.filter(covers).sort((a, b) => b.from.length - a.from.length)[0];
  return found ? found.spans : hours.week.filter((span) => span.day === weekdayOf(day));
}

export interface OpenState {
  /** 'ended': the place is closed for good from `day` on, before it would open again. */
  state: 'open' | 'later' | 'ask' | 'ended';
  /** When it closes or opens next, 16.00 */
  at?: string;
  day?: Day;
  /** In how many days. */
  ahead?: number;
}

const LOOKED_AHEAD = 60;
const shown = (clock: string) => clock.replace(/^0/, '').replace(/:00$/, '').replace(':', '.');

/** Whether the place is open now, or when next; 'ask' when no hours are known for the next two months. */
export function openState(hours: Hours, now: Date, closedOn: Day | null = null): OpenState {
  const today = dayOf(now);
  const clock = clockOf(now).replace('.', ':');
  for (let ahead = 0; ahead <= LOOKED_AHEAD; ahead += 1) {
    const day = addCalendarDays(today, ahead);
    if (closedOn && closedOn <= day) return { state: 'ended', day: closedOn };
    const spans = spansOn(hours, day).sort((a, b) => a.from.localeCompare(b.from));
    const open = ahead === 0 && spans.find(({ from, to }) => from <= clock && clock < to);
    if (open) return { state: 'open', at: shown(open.to), day };
    const next = spans.find(({ from }) => ahead > 0 || from > clock);
    if (next) return { state: 'later', at: shown(next.from), day, ahead };
  }
  return { state: 'ask' };
}

/** Hours of today when they are not those of the week; empty: closed today though the week says open. */
export function exceptionToday(hours: Hours, now: Date): string | undefined {
  const today = dayOf(now);
  const usual = spansText(hours.week.filter((span) => span.day === weekdayOf(today)));
  const text = spansText(spansOn(hours, today));
  return text === usual ? undefined : text;
}

/** The week as lines, days with the same hours together: [{ days: [1, 4], text: '12–16' }]. */
export function weekLines({ week }: Hours): { days: [number, number]; text: string }[] {
  const lines: { days: [number, number]; text: string }[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const text = spansText(week.filter((span) => span.day === day));
    const last = lines.at(-1);
    if (text && last?.text === text && last.days[1] === day - 1) last.days[1] = day;
    else if (text) lines.push({ days: [day, day], text });
  }
  return lines;
}

export const spansText = (spans: readonly Span[]): string =>
  spans.map(({ from, to }) => `${shown(from)}–${shown(to)}`).join(', ');

/** Exceptions the way they are typed. */
export const exceptionsText = ({ exceptions }: Hours, closed: string): string =>
  exceptions
    .map(({ from, to, spans }) => `${typed(from)}${from === to ? '' : `–${typed(to)}`} ${spansText(spans) || closed}`)
    .join('\n');

const typed = (day: string) =>
  day.length === 5
    ? `${day.split('-').reverse().map(Number).join('.')}.`
    : day.split('-').reverse().map(Number).join('.');

/** Minutes open in an ordinary week. */
export const weekMinutes = ({ week }: Hours): number =>
  week.reduce((sum, { from, to }) => sum + minutes(to) - minutes(from), 0);

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}
