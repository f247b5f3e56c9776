const DAY = 24 * 3600 * 1000;

/** `date` moved by whole days of 24 hours. */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY);
}
