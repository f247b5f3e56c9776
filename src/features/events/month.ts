import { addCalendarDays, type Day } from '../../lib/calendar';

/** The month of a day: its first day, the day after its last, its neighbours as 2026-05, and its days. */
export function monthOf(day: Day) {
  const first = `${day.slice(0, 8)}01`;
  const end = `${addCalendarDays(first, 31).slice(0, 8)}01`;
  const days: Day[] = [];
  for (let one = first; one < end; one = addCalendarDays(one, 1)) days.push(one);
  return { first, end, days, before: addCalendarDays(first, -1).slice(0, 7), after: end.slice(0, 7) };
}
