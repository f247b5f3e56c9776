import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { Workbook } from 'exceljs';

/** A file's table as rows of texts, and the lines after it that say what it is about. */
export function readCsv(file: string): { rows: string[][]; about: string[][] } {
  const lines: string[][] = parse(file, {
    bom: true,
    delimiter: ';',
    relax_column_count: true,
    skip_empty_lines: false,
  });
  const end = lines.findIndex((line) => line.length === 1 && line[0] === '');
  return { rows: lines.slice(0, end), about: lines.slice(end + 1) };
}

export async function readXlsx(bytes: Buffer): Promise<Workbook> {
  const book = new Workbook();
  await book.xlsx.load(bytes as never);
  return book;
}

export interface PdfPart {
  role: string;
  text: string;
  alt?: string;
  lang?: string;
  children: PdfPart[];
}
export interface PdfRead {
  title?: string;
  language?: string;
  marked?: boolean;
  pages: { lang: string | null; loose: string; tree?: PdfPart }[];
}

/** A PDF as a screen reader gets it. */
export async function readPdf(bytes: Buffer): Promise<PdfRead> {
  const reader = spawn(process.execPath, ['test/support/read-pdf.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  reader.stdin.end(bytes);
  return JSON.parse(await text(reader.stdout));
}

/** All parts of a role, in the order of reading. */
export function partsOf(pdf: PdfRead, role: string): PdfPart[] {
  const within = (part: PdfPart): PdfPart[] => [
    ...(part.role === role ? [part] : []),
    ...part.children.flatMap(within),
  ];
  return pdf.pages.flatMap(({ tree }) => (tree ? within(tree) : []));
}

/** Rows of all tables, as texts of their cells. */
export const pdfRows = (pdf: PdfRead) => partsOf(pdf, 'TR').map(({ children }) => children.map((cell) => cell.text));
