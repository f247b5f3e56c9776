import { addCalendarDays, type Day, dayOf } from '../../lib/calendar';

/** When a person wants mail. Hours and minutes are those of the clock in Finland; weekday 1 is Monday. */
export interface MailTimes {
  rhythm: 'at_once' | 'day' | 'week';
  hour: number;
  weekday: number;
  /** Minutes of the day; over midnight when the end is before the start. */
  quiet_from: number | null;
  quiet_to: number | null;
  quiet_days: number[];
}

const HOUR = 60;
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Helsinki',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

/** What the clock in Finland shows, in minutes since its midnight. */
function minutesOf(moment: Date): number {
  const [hours, minutes] = clock.format(moment).split(':').map(Number);
  return (hours ?? 0) * HOUR + (minutes ?? 0);
}

/**
 * The moment when the clock in Finland shows these minutes on the day. In the hour that comes twice in October the first of
 * the two; for one that March leaves out the moment an hour later by the clock.
 */
export function momentOf(day: Day, minutes: number): Date {
  const plain = new Date(`${day}T00:00:00Z`).getTime() + minutes * 60_000;
  const [summer, winter] = [3, 2].map((offset) => new Date(plain - offset * HOUR * 60_000)) as [Date, Date];
  return minutesOf(summer) === minutes && dayOf(summer) === day ? summer : winter;
}

/** 1 for Monday … 7 for Sunday. */
export const weekdayOf = (day: Day): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** When mail that is due at a moment may go: then, or when the quiet hours that it falls in have ended. */
export function afterQuiet(times: MailTimes, moment: Date): Date {
  const { quiet_from, quiet_to, quiet_days } = times;
  if (quiet_from === null || quiet_to === null || quiet_from === quiet_to) return moment;
  const today = dayOf(moment);
  const isOverMidnight = quiet_to < quiet_from;
  // Quiet hours belong to the day on which they begin.
  for (const day of isOverMidnight ? [addCalendarDays(today, -1), today] : [today]) {
    if (!quiet_days.includes(weekdayOf(day))) continue;
    const end = momentOf(isOverMidnight ? addCalendarDays(day, 1) : day, quiet_to);
    if (moment >= momentOf(day, quiet_from) && moment < end) return end;
  }
  return moment;
}

/** When what is told now goes by mail: at once, or with the next collection of the day or week; never in quiet hours. */
export function mailMoment(times: MailTimes, now: Date, isUrgent = false): Date {
  return afterQuiet(times, isUrgent || times.rhythm === 'at_once' ? now : nextCollection(times, now));
}

function nextCollection({ rhythm, hour, weekday }: MailTimes, now: Date): Date {
  for (let day = dayOf(now); ; day = addCalendarDays(day, 1)) {
    const moment = momentOf(day, hour * HOUR);
    if (moment > now && (rhythm === 'day' || weekdayOf(day) === weekday)) return moment;
  }
}
