import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { ReportCell, ReportDocument } from '../../src/features/reports/documents/document';
import { screenOf } from '../../src/features/reports/documents/document-screen';
import { csvOf } from '../../src/features/reports/files/document-csv';
import { pdfOf } from '../../src/features/reports/files/document-pdf';
import { xlsxOf } from '../../src/features/reports/files/document-xlsx';
import { aDocument, HOSTILE, readerIn } from '../support/a-document';
import { partsOf, pdfRows, readCsv, readPdf, readXlsx } from '../support/report-files';

/** Numbers and texts as a person compares them: signs and spaces of typography are alike. */
const plain = (words: unknown) =>
  String(words ?? '')
    .replaceAll('\u2212', '-')
    .replace(/^[+±](?=\d)/, '')
    .replace(/[\u00A0\u202F\s]+/g, ' ')
    .replace(/ ?%$/, '')
    .trim();

/** Each row of the page as texts; a row that may not be shown has one cell for all the rest. */
async function onScreen(document: ReportDocument, lang: 'fi' | 'sv' | 'en') {
  const { sections } = await screenOf(document, readerIn(lang));
  return (sections[0]?.table?.rows ?? []).map(({ start, hidden, cells }) =>
    [start.words, ...(hidden ? [hidden] : cells.map(({ words }) => words))].map(plain),
  );
}

it.each(['fi', 'sv', 'en'] as const)('holds the same on the page, in CSV, Excel and PDF (%s)', async (lang) => {
  const reader = readerIn(lang);
  const screen = await onScreen(aDocument(), lang);

  const csv = readCsv(await text(csvOf(aDocument(), reader)));
  // A formula is kept from being one by an apostrophe; the code is not on the page.
  const asRead = (cell: string) => plain(cell.replace(/^'(?=[=+@-])/, ''));
  const inCsv = csv.rows.slice(1).map(([, ...cells]) => cells.map(asRead));
  const thousands = (cell: string) => (/^\d{1,3}([ ,]\d{3})+$/.test(cell) ? cell.replace(/[ ,]/g, '') : cell);
  expect(inCsv.map((row) => (row[1] === row.at(-1) ? row.slice(0, 2) : row))).toEqual(
    screen.map((row) => row.map(thousands)),
  );

  const pdf = await readPdf(await buffer(pdfOf(aDocument(), reader)));
  expect(
    pdfRows(pdf)
      .slice(1)
      .map((row) => row.map(plain)),
  ).toEqual(screen);

  const [sheet] = (await readXlsx(await buffer(xlsxOf(aDocument(), reader)))).worksheets;
  const values = (row: number) => ((sheet?.getRow(row).values ?? []) as unknown[]).slice(3);
  expect(values(2)).toEqual([
    reader.t('common.change.grew'),
    0.8,
    0.2,
    1.4,
    13,
    0.46,
    4.1,
    new Date('2026-05-31T00:00:00Z'),
    new Date('2026-05-31T10:20:00Z'),
  ]);
  expect(values(3).slice(0, 7)).toEqual([reader.t('common.change.cannot-tell'), 0, -0.6, 1, 1234, 0.07, 3.5]);
  expect(values(5)).toEqual(Array(9).fill(reader.t('common.hidden.small', { least: 5 })));
});

it('never writes what is hidden as a number or as nothing', async () => {
  const cells: ReportCell[] = [{ hidden: 'small' }, { hidden: 'protects-another' }];
  const document = aDocument({
    sections: [
      {
        heading: 'Osa',
        words: [],
        table: {
          columns: ['a', 'b', 'c'].map((key) => ({ key, heading: key, kind: key === 'a' ? 'text' : 'count' })),
          rows: [['Rivi', ...cells]],
        },
      },
    ],
  });
  const reader = readerIn('en');
  const words = [reader.t('reports.hidden.small'), reader.t('reports.hidden.protects-another')];
  expect((await onScreen(document, 'en'))[0]).toEqual(['Rivi', ...words]);
  expect(readCsv(await text(csvOf(document, reader))).rows[1]).toEqual(['Rivi', ...words]);
  expect(pdfRows(await readPdf(await buffer(pdfOf(document, reader))))[1]).toEqual(['Rivi', ...words]);
});

it('says in each file whom it is about, how many, how fresh, what words mean and what is hidden', async () => {
  const reader = readerIn('fi');
  const { about } = readCsv(await text(csvOf(aDocument(), reader)));
  const book = await readXlsx(await buffer(xlsxOf(aDocument(), reader)));
  const sheet = book.getWorksheet(reader.t('reports.about.sheet'));
  const inSheet = sheet
    ?.getSheetValues()
    .slice(1)
    .map((row) => (row as string[]).slice(1));
  const pdf = await readPdf(await buffer(pdfOf(aDocument(), reader)));
  const paragraphs = partsOf(pdf, 'P')
    .map((part) => part.text)
    .join('\n');
  const { coverage, freshness, hidden } = aDocument().about;
  for (const sentence of [
    '13 henkilöä',
    coverage,
    freshness,
    ...hidden,
    'Tiimi <yö>',
    '30.11.2025–31.5.2026',
    'Yksi taito kasvoi.',
  ]) {
    expect([sentence, about.some(([, words]) => words?.includes(sentence))]).toEqual([sentence, true]);
    expect([sentence, inSheet?.some(([, words]) => words?.includes(sentence))]).toEqual([sentence, true]);
    expect([sentence, paragraphs.includes(sentence)]).toEqual([sentence, true]);
  }
  expect([book.title, pdf.title]).toEqual(Array(2).fill('Kasvu & osaaminen: Tiimi <yö>'));
});

it('lets no text be a formula in a spreadsheet', async () => {
  const reader = readerIn('fi');
  const { rows, about } = readCsv(await text(csvOf(aDocument(), reader)));
  for (const cell of [...rows, ...about].flat())
    expect([cell, /^\s*[=@]|^[+-](?![\d,.]+$)/.test(cell)]).toEqual([cell, false]);
  const book = await readXlsx(await buffer(xlsxOf(aDocument(), reader)));
  const cells: unknown[] = [];
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.formula ?? cell.value))));
  expect(cells).toEqual(expect.arrayContaining(HOSTILE.filter((one) => one !== '-2+3')));
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBe(undefined))));
});

it('is a PDF that a screen reader reads: language, headings, heads of tables, the words of pictures', async () => {
  const bytes = await buffer(pdfOf(aDocument(), readerIn('sv')));
  const pdf = await readPdf(bytes);
  const raw = bytes.toString('latin1');
  expect([pdf.marked, pdf.language]).toEqual([true, 'sv']);
  for (const sign of ['/StructTreeRoot', '/Scope /Column', '/Scope /Row', '/ColSpan 9', '/DisplayDocTitle true'])
    expect([sign, raw.includes(sign)]).toEqual([sign, true]);
  expect(partsOf(pdf, 'H1').map(({ text: words }) => words)).toEqual(['Kasvu & osaaminen']);
  expect(partsOf(pdf, 'H2').map(({ text: words }) => words)[0]).toBe('Muutos tasoina');
  expect(partsOf(pdf, 'Figure')[0]?.alt).toBe('Verkkoturva kasvoi <eniten>.');
  const [head, ...rows] = partsOf(pdf, 'TR');
  expect(head?.children.map(({ role }) => role)).toEqual(Array(10).fill('TH'));
  for (const row of rows) expect(row.children.map(({ role }) => role).slice(0, 2)).toEqual(['TH', 'TD']);
  expect(pdf.pages.map(({ loose }) => loose)).toEqual(pdf.pages.map(() => ''));
});

function long(rows: number, seen: { made: number; ended: boolean }): ReportDocument {
  const [section] = aDocument().sections;
  async function* made(): AsyncGenerator<ReportCell[]> {
    try {
      for (; seen.made < rows; seen.made += 1)
        yield ['4.2', `Rivi ${seen.made} ${Math.random()} Дарья`, 'grew', 1, 0, 2, seen.made, 50, 3, null, null];
    } finally {
      seen.ended = true;
    }
  }
  return aDocument({
    sections: [{ heading: 'Pitkä', words: [], table: { columns: section?.table?.columns ?? [], rows: made() } }],
  });
}

it('repeats the head of a long table on each page, for the eye only, and keeps real texts where the font lacks letters', async () => {
  const bytes = await buffer(pdfOf(long(120, { made: 0, ended: false }), readerIn('fi')));
  const pdf = await readPdf(bytes);
  expect(pdf.pages.length).toBeGreaterThan(3);
  const raw = bytes.toString('latin1');
  expect(raw.match(/\/S \/TR\b/g)).toHaveLength(121);
  expect(partsOf(pdf, 'TH').filter((part) => part.text === 'Taito')).toHaveLength(1);
  expect(new Set(pdfRows(pdf).map(([start]) => start)).size).toBeGreaterThan(120);
  expect(raw).toContain('/ActualText');
});

it.each([
  ['CSV', csvOf],
  ['Excel', xlsxOf],
  ['PDF', pdfOf],
] as const)('makes no more of %s than its reader takes, and stops the rows when the reader goes', async (_, write) => {
  const seen = { made: 0, ended: false };
  const pieces = Readable.from(write(long(Number.POSITIVE_INFINITY, seen), readerIn('fi')) as AsyncIterable<Buffer>);
  while (seen.made < 200) {
    pieces.read();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(seen.made).toBeLessThan(20_000);
  pieces.destroy();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const then = seen.made;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([seen.ended, seen.made - then]).toEqual([true, 0]);
});
