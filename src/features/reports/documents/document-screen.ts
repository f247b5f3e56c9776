import {
  firstRows,
  type HiddenCell,
  isHidden,
  isMarked,
  type ReportCell,
  type ReportColumn,
  type ReportDocument,
  type ReportRow,
  type ReportSection,
  type ReportTable,
} from './document';
import { type AboutLine, aboutParts } from './document-about';
import { cellWords, decimalsOf, type Reader } from './document-cells';
import { chartData, type ScreenChart, screenChart } from './document-chart';

/** More rows than this are read in the files. */
export const MOST_ON_SCREEN = 200;

/** A report with everything said in words, for views/reports/document.ejs and its parts. */
export interface ReportScreen {
  title: string;
  scope: string;
  period: ReportDocument['period'];
  about: AboutLine[];
  definitions: ReportDocument['about']['definitions'];
  sections: ScreenSection[];
}

export interface ScreenSection {
  id: string;
  title: string;
  words: readonly string[];
  chart?: ScreenChart;
  table?: {
    caption: string;
    columns: { text: string; className?: string }[];
    rows: ScreenRow[];
    /** How many rows show, when there are more. */
    cut?: number;
  };
}

export interface ScreenRow {
  start: ScreenCell;
  /** The whole row may not be shown. */
  hidden?: string;
  cells: ScreenCell[];
}

export interface ScreenCell {
  label: string;
  words: string;
  isNumber: boolean;
  isHidden: boolean;
  verdict?: string;
  link?: string;
  tag?: { colour?: string; symbol?: string };
}

/** Reads the rows that a page shows, and says every cell in the reader's language. */
export async function screenOf(document: ReportDocument, reader: Reader): Promise<ReportScreen> {
  const sections: ScreenSection[] = [];
  for (const [index, section] of document.sections.entries())
    sections.push(await screenSection(section, `part-${index + 1}`, reader));
  const { title, scope, period, about } = document;
  return { title, scope, period, about: aboutParts(document, reader), definitions: about.definitions, sections };
}

async function screenSection(section: ReportSection, id: string, reader: Reader): Promise<ScreenSection> {
  const { heading, words, table } = section;
  if (!table) return { id, title: heading, words };
  const { rows, more } = await firstRows(table, MOST_ON_SCREEN);
  const shown = shownColumns(table);
  const data = section.chart && !more ? chartData(section.chart, table.columns, rows, reader) : undefined;
  return {
    id,
    title: heading,
    words,
    ...(section.chart && data && { chart: screenChart(data, section.chart.finding, id, reader) }),
    table: {
      caption: table.caption ?? heading,
      columns: shown.map(({ column }) =>
        isNumeric(column) ? { text: column.heading, className: 'num' } : { text: column.heading },
      ),
      rows: rows.map((row) => screenRow(row, shown, reader)),
      ...(more && { cut: rows.length }),
    },
  };
}

/** The columns that people read, with their places in a row. */
export function shownColumns({ columns }: ReportTable): ShownColumn[] {
  return columns.map((column, at) => ({ column, at })).filter(({ column }) => !column.filesOnly);
}
interface ShownColumn {
  column: ReportColumn;
  at: number;
}

/** A row in words. When nothing of it but its heading may show, that is said once. */
export function screenRow(row: ReportRow, shown: readonly ShownColumn[], reader: Reader): ScreenRow {
  const cells = shown.map(({ column, at }) => screenCell(row[at] ?? null, column, reader));
  const [start, ...rest] = cells as [ScreenCell, ...ScreenCell[]];
  const reasons = shown.slice(1).map(({ at }) => row[at]);
  const [first] = reasons;
  const isWhole = isHidden(first) && reasons.every((cell) => isHidden(cell) && isSame(cell, first));
  return isWhole ? { start, hidden: rest[0]?.words ?? '', cells: [] } : { start, cells: rest };
}

function screenCell(cell: ReportCell, column: ReportColumn, reader: Reader): ScreenCell {
  return {
    label: column.heading,
    words: cellWords(cell, column, reader),
    isNumber: isNumeric(column) && typeof cell === 'number',
    isHidden: isHidden(cell),
    ...(column.kind === 'verdict' && typeof cell === 'string' && { verdict: cell }),
    ...(isMarked(cell) && cell.href !== undefined && { link: cell.href }),
    ...(isMarked(cell) && cell.tag && { tag: cell.tag }),
  };
}

export const isNumeric = (column: ReportColumn) => decimalsOf(column) !== undefined;
const isSame = (one: HiddenCell, other: HiddenCell) => one.hidden === other.hidden && one.least === other.least;
