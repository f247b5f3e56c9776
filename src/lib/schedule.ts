import type { CronMatcher } from 'graphile-worker';

/** When a job runs by itself, by the clock of Finland. Weekly jobs run on Mondays, monthly ones on the first day. */
export interface Scheduled {
  job: string;
  every: 'day' | 'week' | 'month';
  hour: number;
  minute: number;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Helsinki',
  weekday: 'short',
  day: 'numeric',
  hour: 'numeric',
  hourCycle: 'h23',
});

const DAYS = { day: 1, week: 7, month: 31 };

/** How long ago a run may have been missed and is still caught up with at the next start, in milliseconds. */
export const longestDelay = ({ every }: Scheduled): number => DAYS[every] * 24 * 3600 * 1000;

/** Whether the scheduled job runs in the minute that begins at this moment. */
export function isDue({ every, hour, minute }: Scheduled, moment: Date): boolean {
  // Finland is whole hours from UTC, so most minutes need no calendar.
  if (moment.getUTCMinutes() !== minute) return false;
  const now = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  if (Number(now.hour) !== hour) return false;
  return every === 'day' || (every === 'week' ? now.weekday === 'Mon' : now.day === '1');
}

/** The same for the worker, which tells the minute in UTC and leaves the year out: it asks about the last month only. */
export function cronMatcher(scheduled: Scheduled, now: () => Date = () => new Date()): CronMatcher {
  return ({ month, date, hour, min }) => {
    const inYear = (year: number) => new Date(Date.UTC(year, month - 1, date, hour, min));
    const year = now().getUTCFullYear();
    const tomorrow = now().getTime() + 24 * 3600 * 1000;
    const moment = inYear(year).getTime() > tomorrow ? inYear(year - 1) : inYear(year);
    return isDue(scheduled, moment);
  };
}
