import type { Response } from 'express';
import { CSV_START, type CsvCell, csvLine } from '../../lib/csv';
import { attachment } from '../../lib/send-file';

/** Sends a table as a CSV file to keep. */
export function sendTable(res: Response, lang: string, name: string, rows: readonly (readonly CsvCell[])[]): void {
  res.setHeader('Content-Type', 'text/csv; charset=utf-8');
  res.setHeader('Content-Disposition', attachment(name, 'csv'));
  res.send(CSV_START + rows.map((row) => csvLine(row, lang)).join(''));
}
