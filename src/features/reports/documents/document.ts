import type { Day } from '../../../lib/calendar';
import type { HiddenReason } from '../../skills/suppression';

/**
 * One report, whatever it is read on: the page, CSV, Excel and PDF are made from this and from nothing else, so they cannot
 * hold different numbers. All words are already in the reader's language. See `answerReport` for how it is answered.
 */
export interface ReportDocument {
  /** The beginning of the files' names, in the reader's language: 'growth'. */
  slug: string;
  title: string;
  /** Who it is about, in words: a team's or an organisation's name. */
  scope: string;
  period?: { from: Day; to: Day };
  about: ReportAbout;
  sections: readonly ReportSection[];
}

/** How sure the figures are, in whole sentences. It stands on the page and in each file. */
export interface ReportAbout {
  /** How many people the figures are about; null when the report is not about people, or may not tell. */
  n: number | null;
  /** Who was asked and who is in it. */
  coverage: string;
  /** How old the evidence is, and which month is closed. */
  freshness: string;
  definitions: readonly { term: string; meaning: string }[];
  /** What was hidden and why; empty when nothing was. */
  hidden: readonly string[];
}

export interface ReportSection {
  heading: string;
  /** Paragraphs before the chart and the table: what they tell. */
  words: readonly string[];
  /** Drawn from the rows of `table`. */
  chart?: ReportChart;
  table?: ReportTable;
}

export interface ReportTable {
  /** When it says more than the heading of the section. */
  caption?: string;
  columns: readonly ReportColumn[];
  /** Read once, from the first to as many as are needed; see `streamed` in lib/streamed.ts for rows of a large query. */
  rows: Iterable<ReportRow> | AsyncIterable<ReportRow>;
  /** About how many rows there will be. Large files are then made in the background, with progress. */
  expected?: number;
}

/**
 * What the values of a column are: count (whole), number (see `decimals`), level (0-8), change (of levels, with its sign),
 * percent (0-100), date (a Day, or a Date), moment (a Date with its time), verdict ('grew' | 'fell' | 'cannot-tell').
 */
export type ColumnKind = 'text' | 'count' | 'number' | 'level' | 'change' | 'percent' | 'date' | 'moment' | 'verdict';

/** The first column that shows on the page is the heading of its row. */
export interface ReportColumn {
  key: string;
  heading: string;
  kind: ColumnKind;
  /** Only of kind 'number'; 1 when left out. */
  decimals?: number;
  /** Left out of the page and the PDF: codes, parts of what the page says in one cell. */
  filesOnly?: boolean;
}

/** Cells in the order of the columns. */
export type ReportRow = readonly ReportCell[];

/** A word may stand in place of a number ("most"). Null is an empty cell: there is no such value. */
export type ReportCell = string | number | Date | null | HiddenCell | MarkedCell;

/** There is a value that may not be shown. Never written as 0 or as nothing. */
export interface HiddenCell {
  hidden: HiddenReason;
  /** The smallest group that would show. */
  least?: number;
}

/** A text with a link, or with the look of a tag, on the page; in files the text alone. */
export interface MarkedCell {
  text: string;
  href?: string;
  tag?: { colour?: 'moss' | 'cloud' | 'line'; symbol?: string };
}

/**
 * A chart of the section's own table. `label` and `values` are keys of its columns: each row is a category, each value
 * column a series. Cells that are hidden or in words are left out of the drawing; the table says why.
 */
export interface ReportChart {
  /** bars: side by side; stacked: parts of a whole; line: over time; interval: a dot and its range around zero; heat: a grid. */
  kind: 'bars' | 'stacked' | 'line' | 'interval' | 'heat';
  label: string;
  values: readonly string[];
  /** The ends of the range, for 'interval' and 'line' with one series. */
  low?: string;
  high?: string;
  /** What the picture shows, in a sentence: the finding, not the kind of chart. */
  finding: string;
}

/** A cell whose value may not be shown. `least`: the smallest group that would. */
export const hiddenCell = (hidden: HiddenReason, least?: number): HiddenCell =>
  least === undefined ? { hidden } : { hidden, least };

export const isHidden = (cell: ReportCell | undefined): cell is HiddenCell =>
  typeof cell === 'object' && cell !== null && 'hidden' in cell;
export const isMarked = (cell: ReportCell | undefined): cell is MarkedCell =>
  typeof cell === 'object' && cell !== null && 'text' in cell;

/** Rows for a page or a chart: at most `most`, and whether there are more. Reads no further than it must. */
export async function firstRows({ rows }: ReportTable, most: number): Promise<{ rows: ReportRow[]; more: boolean }> {
  const first: ReportRow[] = [];
  for await (const row of rows) {
    if (first.length === most) return { rows: first, more: true };
    first.push(row);
  }
  return { rows: first, more: false };
}
