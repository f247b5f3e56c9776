const DAY = 86_400_000;
const DAYS_PER_MONTH = 30.4375;

/** History is told from the start of today, so that it is always fresh and on one day always the same. */
export class Calendar {
  readonly today: Date;

  constructor(now: Date) {
    this.today = new Date(Math.floor(now.getTime() / DAY) * DAY);
  }

  daysAgo(days: number): Date {
    return new Date(this.today.getTime() - days * DAY);
  }

  monthsAgo(months: number): Date {
    return this.daysAgo(months * DAYS_PER_MONTH);
  }

  /** Months from then to today, with fractions. */
  age(date: Date): number {
    return (this.today.getTime() - date.getTime()) / DAY / DAYS_PER_MONTH;
  }

  isPast(date: Date): boolean {
    return date.getTime() < this.today.getTime();
  }
}

/** How long the history is, in months. */
export const HISTORY_MONTHS = 18;

export function later(date: Date, { days = 0, minutes = 0, seconds = 0 }): Date {
  return new Date(date.getTime() + days * DAY + minutes * 60_000 + seconds * 1000);
}

/** The date itself, as a column of type date wants it. */
export const dateOnly = (date: Date): string => date.toISOString().slice(0, 10);
