import { dayOf } from '../../../lib/calendar';
import { htmlLang } from '../../../lib/i18n';
import { dayNumber, type XlsxCell } from '../../../lib/xlsx/cells';
import type { XlsxStyle } from '../../../lib/xlsx/styles';
import { type Sheet, workbook } from '../../../lib/xlsx/workbook';
import {
  isHidden,
  type ReportCell,
  type ReportColumn,
  type ReportDocument,
  type ReportTable,
} from '../documents/document';
import { aboutLines } from '../documents/document-about';
import { cellWords, dateOf, decimalsOf, type Reader } from '../documents/document-cells';

/** The report as an Excel workbook in chunks: a sheet for each table, and one that says what it is about. */
export function xlsxOf(document: ReportDocument, reader: Reader, now = new Date()): AsyncGenerator<Buffer> {
  const about = { title: `${document.title}: ${document.scope}`, language: htmlLang(reader.lang), made: now };
  const sheets = document.sections.flatMap(({ heading, table }) => (table ? [sheetOf(heading, table, reader)] : []));
  return workbook(about, [...sheets, aboutSheet(document, reader)]);
}

function sheetOf(name: string, table: ReportTable, reader: Reader): Sheet {
  return {
    name,
    headings: true,
    columns: table.columns.map((column, at) => ({ heading: column.heading, width: widthOf(column, at) })),
    rows: cellsOf(table, reader),
  };
}

async function* cellsOf({ columns, rows }: ReportTable, reader: Reader): AsyncGenerator<XlsxCell[]> {
  for await (const row of rows) yield columns.map((column, at) => xlsxCell(row[at] ?? null, column, reader));
}

/** Numbers are rounded as they show on the page: a sheet that knew more could tell of one person. */
function xlsxCell(cell: ReportCell, column: ReportColumn, reader: Reader): XlsxCell {
  if (cell === null) return null;
  const decimals = decimalsOf(column);
  if (typeof cell === 'number' && decimals !== undefined) {
    const number = Number(cell.toFixed(decimals)) + 0;
    return column.kind === 'percent' ? { number: number / 100, style: 'percent' } : { number, style: styleOf(column) };
  }
  const date = dateOf(cell, column);
  if (date && column.kind === 'moment') return { number: dayNumber(asMoment.format(date)), style: 'moment' };
  if (date) return { number: dayNumber(dayOf(date)), style: 'date' };
  const text = cellWords(cell, column, reader);
  return isHidden(cell) ? { text, style: 'note' } : { text };
}

/** 2026-05-31 10:20:30, in Finland. */
const asMoment = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Helsinki',
  dateStyle: 'short',
  timeStyle: 'medium',
});

function styleOf(column: ReportColumn): XlsxStyle {
  if (column.kind === 'change') return 's1';
  return `d${Math.min(3, decimalsOf(column) ?? 0)}` as XlsxStyle;
}

/** In letters: what a column of its kind needs, and its heading on two lines. */
function widthOf({ heading, kind }: ReportColumn, at: number): number {
  const least = kind === 'text' ? (at < 2 ? 30 : 20) : kind === 'moment' ? 17 : 12;
  return Math.min(50, Math.max(least, Math.ceil(heading.length / 2) + 4));
}

function aboutSheet(document: ReportDocument, reader: Reader): Sheet {
  return {
    name: reader.t('reports.about.sheet'),
    headings: false,
    columns: [
      { heading: '', width: 30 },
      { heading: '', width: 90 },
    ],
    rows: aboutLines(document, reader).map(([term, words]) => [
      { text: term, style: 'heading' },
      { text: words, style: 'wrapped' },
    ]),
  };
}
