/** A day of the calendar in Finland, as 2026-05-31. Days sort as text. */
export type Day = string;

const TIME_ZONE = 'Europe/Helsinki';
const asDay = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE, dateStyle: 'short' });
const asClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hour: 'numeric',
  hourCycle: 'h23',
});

/** The day it is in Finland at this moment. */
export function dayOf(moment: Date): Day {
  return asDay.format(moment);
}

/** Reads 31.5.2026, 31/5/2026 or 2026-05-31. Undefined for what is not a day of any calendar between 1900 and 2999. */
export function readDay(text: string): Day | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const local = /^(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})$/.exec(text.trim());
  const parts = iso ? iso.slice(1) : local?.slice(1).reverse();
  if (!parts) return undefined;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1900 && year < 3000 ? date.toISOString().slice(0, 10) : undefined;
}

/** 31.5.2026, the way a day is typed in Finland. */
export function typedDay(day: Day): string {
  return day.split('-').map(Number).reverse().join('.');
}

/** The moment when the day begins in Finland. */
export function startOfDay(day: Day): Date {
  const midnight = new Date(`${day}T00:00:00Z`);
  // Finland is ahead of UTC by its clock at that time, two hours or three; clocks never turn near midnight.
  return new Date(midnight.getTime() - Number(asClock.format(midnight)) * 3600 * 1000);
}

/** The moment when the day has ended in Finland: the start of the next. */
export function endOfDay(day: Day): Date {
  return startOfDay(addCalendarDays(day, 1));
}

const asTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * The moment when clocks in Finland show this time (13:05, 13.05 or 13) on the day. Undefined for what is no time. Of a time
 * that comes twice in autumn the first; for one that a spring night leaves out, the moment when the clocks are turned past it.
 */
export function momentOf(day: Day, time: string): Date | undefined {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(time) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const wanted = `${hour.padStart(2, '0')}:${minute}`;
  const asUtc = new Date(`${day}T${wanted}:00Z`).getTime();
  const [summer, winter] = [3, 2].map((ahead) => new Date(asUtc - ahead * 3600 * 1000)) as [Date, Date];
  return asTime.format(summer) === wanted ? summer : winter;
}

/** 13.05, what clocks in Finland show at the moment. */
export const clockOf = (moment: Date): string => asTime.format(moment).replace(':', '.');

/** Noon of the day, for writing the day out with a formatter. */
export function noonOf(day: Day): Date {
  return new Date(`${day}T10:00:00Z`);
}

export function addCalendarDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many days later `to` is than `from`; less than 0 when it is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The last day of a month that had ended when `day` ended: the day itself when it is one. */
export function lastMonthEnd(day: Day): Day {
  const next = addCalendarDays(day, 1);
  return addCalendarDays(`${next.slice(0, 8)}01`, -1);
}

/** The end of the month that is `months` before that of a month's end. */
export function monthEndBefore(monthEnd: Day, months: number): Day {
  const date = new Date(`${monthEnd.slice(0, 8)}01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months + 1);
  return addCalendarDays(date.toISOString().slice(0, 10), -1);
}
