import { CSV_START, csvLine } from '../../../lib/csv';
import type { ReportDocument } from '../documents/document';
import { aboutLines } from '../documents/document-about';
import { csvCell, type Reader } from '../documents/document-cells';

/**
 * The report as pieces of a CSV file, row by row: the table first, so that programs find its header where they look for it, and
 * what it is about after it. With several sections each begins with its heading.
 */
export async function* csvOf(document: ReportDocument, reader: Reader): AsyncGenerator<string> {
  const line = (...cells: string[]) => csvLine(cells, reader.lang);
  const tables = document.sections.filter(({ table }) => table);
  yield CSV_START;
  for (const [index, { heading, table }] of tables.entries()) {
    if (!table) continue;
    if (tables.length > 1) yield `${index > 0 ? line('') : ''}${line(heading)}`;
    yield line(...table.columns.map((column) => column.heading));
    for await (const row of table.rows)
      yield csvLine(
        table.columns.map((column, at) => csvCell(row[at] ?? null, column, reader)),
        reader.lang,
      );
  }
  yield line('');
  for (const [term, words] of aboutLines(document, reader)) yield line(term, words);
}
