import * as cheerio from 'cheerio';
import { parse } from 'csv-parse/sync';
import type { Cell } from 'exceljs';
import { pdfRows, readPdf, readXlsx } from '../../support/report-files';
import { addressesOf, everyRoute } from './support/addresses';
import { completeOrganisations, idOf, OURS } from './support/organisations';
import { type Crawl, openCrawl, VISITORS, type Visitor } from './support/visitors';

/** What a report of one's own is asked for before it is saved. */
const ASKED = [
  '?source=skills&group=competence',
  '?source=growth&group=competence&months=12',
  '?source=coverage&group=competence',
  '?source=training&group=course&columns=expiring&columns=late',
];

interface Asked {
  /** Without its ending. */
  path: string;
  query: string;
  visitor: Visitor;
}

let crawl: Crawl;
const reports: Asked[] = [];

beforeAll(async () => {
  crawl = await openCrawl('same-numbers');
  await completeOrganisations(crawl.owner);
  await crawl.owner.raw("update people set language = 'fi'");
  const ours = await idOf(crawl.owner, OURS);
  // Every report is a workbook, too, and nothing else is: a new one is here by itself.
  for (const route of everyRoute('get').filter(({ path }) => path.endsWith('.xlsx')))
    for (const address of await addressesOf(crawl.owner, route, ours))
      for (const query of route.path === '/reports/own/new.xlsx' ? ASKED : ['']) {
        const path = address.replace(/\.xlsx$/, '');
        const visitor = await whoMay(`${path}.csv${query}`);
        reports.push({ path, query, visitor });
      }
});
afterAll(() => crawl?.close());

async function whoMay(address: string): Promise<Visitor> {
  // One's own training is the learner's, who has some.
  const likeliest: Visitor[] = address.startsWith('/training') ? ['learner'] : [...VISITORS].reverse();
  for (const visitor of likeliest) {
    const { status } = await crawl.get(visitor, address);
    if (status === 200) return visitor;
  }
  throw new Error(`Nobody may read ${address}`);
}

it('knows every kind of report', () => {
  expect(reports.length).toBeGreaterThan(18);
});

it('has the same numbers on the page, in CSV, in Excel and in PDF', async () => {
  const told: string[] = [];
  const silent: string[] = [];
  for (const { path, query, visitor } of reports) {
    const of = (ending: string) => `${path}.${ending}${query}`;
    const csv = inCsv(await crawl.file(visitor, of('csv')));
    const others = {
      page: onPage((await crawl.get(visitor, `${path}${query}`)).text),
      xlsx: await inXlsx(await crawl.file(visitor, of('xlsx'))),
      pdf: await inPdf(await crawl.file(visitor, of('pdf'))),
    };
    for (const [name, rows] of Object.entries(others)) {
      const numbered = rows.filter(({ numbers }) => numbers.length > 0);
      if (numbered.length === 0) silent.push(`${path}${query} ${name}`);
      for (const row of numbered)
        if (!csv.some((one) => (name === 'pdf' ? holdsTight(one, row) : holds(one, row))))
          told.push(`${path}${query} ${name} “${row.label}” ${row.numbers}`);
    }
    for (const row of csv.filter(({ numbers }) => numbers.length > 0))
      if (!others.xlsx.some((one) => holds(one, row))) told.push(`${path}${query} csv “${row.label}” ${row.numbers}`);
  }
  expect(told).toEqual([]);
  // One's own training is a list of cards on the page, not a table.
  expect(silent).toEqual(['/training page']);
});

interface Row {
  label: string;
  /** All cells, one after another. */
  cells: string[];
  /** Of all cells but the first. */
  numbers: number[];
}

/** The numbers of a text as JavaScript writes them: "1 234", "1,5" and "−2" as people do. */
const numbersOf = (text: string) =>
  [
    ...text
      .replaceAll('\u2212', '-')
      .replace(/(?<=\d)[\u00A0\u202F](?=\d{3}\b)/g, '')
      .matchAll(/(?<![\d–])-?\d+(?:[.,]\d+)?/g),
  ].map(([found]) => Number(found.replace(',', '.')));

function rowOf(raw: readonly string[]): Row {
  const cells = raw.map((cell) => cell.replace(/[\t\n\r ]+/g, ' ').trim()).filter((cell) => cell !== '');
  return { label: cells[0] ?? '', cells, numbers: cells.slice(1).flatMap(numbersOf) };
}

/** Whether the row of the file begins as the other does, somewhere, and has all its numbers. */
const holds = (row: Row, other: Row) =>
  row.cells.some((cell) => other.cells.some((one) => one.length > 0 && one.startsWith(cell))) &&
  other.numbers.every((number) => row.numbers.includes(number) || numbersOf(row.label).includes(number));

/** Without spaces, which break lines in the narrow columns of a PDF, and without signs that one of them leaves out. */
const tight = (cell: string) =>
  cell
    .replace(/\s/g, '')
    .replaceAll('\u2212', '-')
    .replace(/^'?[+±]?/, '')
    .replace(/%$/, '');

/** Whether each cell with a number of the other is a cell of the row, too. */
const holdsTight = (row: Row, other: Row) => {
  const known = new Set(row.cells.map(tight));
  return known.has(tight(other.label)) && other.cells.every((cell) => !/\d/.test(cell) || known.has(tight(cell)));
};

const inCsv = (bytes: Buffer) =>
  (parse(bytes, { bom: true, delimiter: ';', relax_column_count: true }) as string[][]).map(rowOf);

const inPdf = async (bytes: Buffer) => pdfRows(await readPdf(bytes)).map(rowOf);

async function inXlsx(bytes: Buffer): Promise<Row[]> {
  const { worksheets } = await readXlsx(bytes);
  const rows: Row[] = [];
  for (const sheet of worksheets)
    sheet.eachRow((row) => {
      const cells: string[] = [];
      row.eachCell((cell) => cells.push(asWritten(cell)));
      rows.push(rowOf(cells));
    });
  return rows;
}

function asWritten({ value, numFmt }: Cell): string {
  if (value instanceof Date) return `${value.getUTCDate()}.${value.getUTCMonth() + 1}.${value.getUTCFullYear()}`;
  if (typeof value === 'number') return String(Math.round((numFmt?.includes('%') ? 100 * value : value) * 100) / 100);
  return String(value ?? '');
}

function onPage(html: string): Row[] {
  const $ = cheerio.load(html);
  return $('main table tr')
    .toArray()
    .map((row) =>
      rowOf(
        $(row)
          .children('th, td')
          .toArray()
          .map((cell) => $(cell).text()),
      ),
    );
}
