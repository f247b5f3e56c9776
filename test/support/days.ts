import { addCalendarDays, type Day, dayOf } from '../../src/lib/calendar';

/** The day so many days from today, or before it when negative. */
export const inDays = (days: number): Day => addCalendarDays(dayOf(new Date()), days);

/** The next day after today that has this month and day, such as 03-01: a test that names a year fails when it has come. */
export function nextDay(monthAndDay: string): Day {
  const today = dayOf(new Date());
  const year = Number(today.slice(0, 4));
  return [year, year + 1].map((one) => `${one}-${monthAndDay}`).find((day) => day > today) as Day;
}
