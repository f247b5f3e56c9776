const DAY = 24 * 3600 * 1000;

/** `date` moved by whole days of 24 hours. */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY);
}

/** Days of 24 hours between two moments; fractions are kept. */
export function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / DAY;
}
