import { inOurScope } from '../../../lib/streamed';
import type { ReportDocument } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import { csvOf } from './document-csv';
import { MOST_IN_PDF, pdfOf } from './document-pdf';
import { xlsxOf } from './document-xlsx';

/** Endings of addresses that give a report as a file. */
export const ENDINGS = ['csv', 'xlsx', 'pdf'] as const;
export type Ending = (typeof ENDINGS)[number];

interface Format {
  mime: string;
  write: (document: ReportDocument, reader: Reader) => AsyncIterable<string | Uint8Array>;
  /** Files of more rows are made in the background: they take longer than a person waits. */
  fromRows: number;
}

const FORMATS: Record<Ending, Format> = {
  csv: { mime: 'text/csv; charset=utf-8', write: csvOf, fromRows: 200_000 },
  xlsx: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: xlsxOf,
    fromRows: 100_000,
  },
  pdf: { mime: 'application/pdf', write: pdfOf, fromRows: 1500 },
};

export const mimeOf = (ending: Ending) => FORMATS[ending].mime;

/** The report as pieces of a file. Its rows are read in the scope of who asks now, and `each` is told of each of them. */
export function piecesOf(
  document: ReportDocument,
  ending: Ending,
  reader: Reader,
  each: () => void = () => undefined,
): AsyncIterable<string | Uint8Array> {
  const sections = document.sections.map((section) =>
    section.table
      ? { ...section, table: { ...section.table, rows: told(inOurScope(section.table.rows), each) } }
      : section,
  );
  return FORMATS[ending].write({ ...document, sections }, reader);
}

async function* told<T>(rows: AsyncIterable<T>, each: () => void): AsyncGenerator<T> {
  for await (const row of rows) {
    each();
    yield row;
  }
}

/** How many rows a file will have, as far as its tables tell; undefined when none of them does. */
export function expectedRows({ sections }: ReportDocument, ending: Ending): number | undefined {
  const counts = sections.flatMap(({ table }) => {
    const rows = table?.expected ?? (Array.isArray(table?.rows) ? table.rows.length : undefined);
    return rows === undefined ? [] : [ending === 'pdf' ? Math.min(rows, MOST_IN_PDF) : rows];
  });
  return counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : undefined;
}

export const takesLong = (document: ReportDocument, ending: Ending) =>
  (expectedRows(document, ending) ?? 0) > FORMATS[ending].fromRows;

export function fileNameOf({ slug, scope, period }: ReportDocument): string {
  return [slug, scope, period?.from, period?.to].filter(Boolean).join('-');
}

/** The whole file in memory, for a mail. */
export async function reportFile(document: ReportDocument, ending: Ending, reader: Reader) {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(document, ending, reader)) pieces.push(Buffer.from(piece));
  return { filename: `${fileNameOf(document)}.${ending}`, contentType: mimeOf(ending), content: Buffer.concat(pieces) };
}
