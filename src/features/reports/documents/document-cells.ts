import { type Day, noonOf } from '../../../lib/calendar';
import type { CsvCell } from '../../../lib/csv';
import type { Formatter } from '../../../lib/format';
import type { Language, Translate } from '../../../lib/i18n';
import { type HiddenCell, isHidden, isMarked, type ReportCell, type ReportColumn } from './document';

/** In whose language a report is written. */
export interface Reader {
  lang: Language;
  t: Translate;
  fmt: Formatter;
}

const DECIMALS = { count: 0, level: 1, change: 1, percent: 0 } as const;

/** With how many decimals a column's numbers are written; undefined when its values are not numbers. */
export function decimalsOf({ kind, decimals }: ReportColumn): number | undefined {
  if (kind === 'number') return decimals ?? 1;
  return kind in DECIMALS ? DECIMALS[kind as keyof typeof DECIMALS] : undefined;
}

/** A cell as it is read on the page and in the PDF; empty for no value. */
export function cellWords(cell: ReportCell, column: ReportColumn, { t, fmt }: Reader): string {
  if (cell === null) return '';
  if (isHidden(cell)) return hiddenWords(cell, t);
  if (isMarked(cell)) return cell.text;
  if (typeof cell === 'number') return numberWords(cell, column, fmt);
  const date = dateOf(cell, column);
  if (date) return column.kind === 'moment' ? fmt.dateTime(date) : fmt.date(date);
  return column.kind === 'verdict' ? t(`common.change.${cell}`) : String(cell);
}

function hiddenWords({ hidden, least }: HiddenCell, t: Translate): string {
  if (hidden === 'small' && least !== undefined) return t('common.hidden.small', { least });
  return t(`reports.hidden.${hidden}`);
}

/** A cell of a CSV file: numbers stay numbers, dates are written as people write them, the rest is text. */
export function csvCell(cell: ReportCell, column: ReportColumn, reader: Reader): CsvCell {
  if (cell === null) return null;
  const decimals = decimalsOf(column);
  if (typeof cell === 'number' && decimals !== undefined) return { value: cell, decimals };
  return cellWords(cell, column, reader);
}

/** The moment of a date cell; undefined for any other. A day without a time is its noon in Finland. */
export function dateOf(cell: ReportCell, { kind }: ReportColumn): Date | undefined {
  if (cell instanceof Date) return cell;
  return kind === 'date' && typeof cell === 'string' && DAY.test(cell) ? noonOf(cell as Day) : undefined;
}
const DAY = /^\d{4}-\d\d-\d\d$/;

function numberWords(value: number, column: ReportColumn, fmt: Formatter): string {
  const decimals = decimalsOf(column) ?? 0;
  if (column.kind === 'change') return fmt.signed(value, decimals);
  const written = fmt.number(value, decimals);
  return column.kind === 'percent' ? `${written}\u00A0%` : written;
}
