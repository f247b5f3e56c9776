import { addCalendarDays, type Day, dayOf, endOfDay, lastMonthEnd, monthEndBefore, readDay } from '../../lib/calendar';

/**
 * Two days that a report compares. Both are ends of months that are over, whatever day was asked for: with free days, two
 * reports a day apart would differ by what one person did in between, and a subtraction would tell it. Month ends leave a
 * reader few pairs of days to subtract, and counted groups (`release.ts`) see to it that a difference of two of them is about as
 * many people as may show. Closed months never change, so late observations move nothing that was read before.
 */
export interface Period {
  from: Day;
  to: Day;
  /** Data counts when it is older than these moments. */
  fromEnds: Date;
  toEnds: Date;
}

export interface AskedPeriod {
  from?: string | undefined;
  to?: string | undefined;
}

export type PeriodResult =
  | { ok: true; value: Period }
  | { ok: false; values: AskedPeriod; errors: Record<string, string> };

export const PRESETS = [3, 6, 12] as const;
const USUAL_MONTHS = 6;
const EARLIEST = '2000-01-31';

/** The newest month end that is over. */
export function newestMonthEnd(now = new Date()): Day {
  return lastMonthEnd(addCalendarDays(dayOf(now), -1));
}

/**
 * Reads what was asked for; without it, half a year up to the newest month end. A day after the newest month end
 * means that month end. Errors by field, as message keys, for a day that does not exist or a start that is not before the end.
 */
export function readPeriod({ from, to }: AskedPeriod, now = new Date()): PeriodResult {
  const newest = newestMonthEnd(now);
  const end = snapped(to, newest, newest);
  const start = snapped(from, newest, monthEndBefore(end ?? newest, USUAL_MONTHS));
  if (start && end && start < end) return { ok: true, value: periodOf(start, end) };
  const errors = {
    ...(!start && { from: 'reports.from.noSuchDay' }),
    ...(!end && { to: 'reports.to.noSuchDay' }),
    ...(start && end && { from: 'reports.from.late' }),
  };
  return { ok: false, values: { from, to }, errors };
}

export function periodOf(from: Day, to: Day): Period {
  return { from, to, fromEnds: endOfDay(from), toEnds: endOfDay(to) };
}

/** Half a year up to the newest month end. */
export function usualPeriod(now = new Date()): Period {
  const to = newestMonthEnd(now);
  return periodOf(monthEndBefore(to, USUAL_MONTHS), to);
}

/** The periods that a page offers by one press, up to the newest month end. */
export function presets(now = new Date()): { months: number; from: Day; to: Day }[] {
  const to = newestMonthEnd(now);
  return PRESETS.map((months) => ({ months, from: monthEndBefore(to, months), to }));
}

function snapped(asked: string | undefined, newest: Day, usual: Day): Day | undefined {
  if (asked === undefined || asked.trim() === '') return usual;
  const day = readDay(asked);
  if (!day || day < EARLIEST) return undefined;
  const monthEnd = lastMonthEnd(day);
  return monthEnd > newest ? newest : monthEnd;
}
