import { buffer } from 'node:stream/consumers';
import { Workbook } from 'exceljs';
import type { XlsxCell } from '../../src/lib/xlsx/cells';
import { dayNumber } from '../../src/lib/xlsx/cells';
import { workbook } from '../../src/lib/xlsx/workbook';

const about = { title: 'Kasvu & <tiimi>', language: 'fi', made: new Date('2026-11-22T10:00:00Z') };
const columns = [
  { heading: 'Taito', width: 30 },
  { heading: 'Luku', width: 12 },
];

async function opened(pieces: AsyncIterable<Buffer>) {
  const book = new Workbook();
  await book.xlsx.load((await buffer(pieces)) as never);
  return book;
}

const sheet = (rows: Iterable<XlsxCell[]> | AsyncIterable<XlsxCell[]>, name = 'Taulukko') => ({
  name,
  columns,
  rows,
  headings: true,
});

it('is a workbook with headings that stay, numbers, days and texts', async () => {
  const rows: XlsxCell[][] = [
    [{ text: 'Verkkoturva' }, { number: 0.8, style: 's1' }],
    [{ number: dayNumber('2026-05-31'), style: 'date' }, null],
    [
      { number: dayNumber('2026-05-31 10:20:00'), style: 'moment' },
      { number: 0.45, style: 'percent' },
    ],
  ];
  const book = await opened(workbook(about, [sheet(rows)]));
  const [first] = book.worksheets;
  expect([book.title, book.worksheets.map(({ name }) => name)]).toEqual(['Kasvu & <tiimi>', ['Taulukko']]);
  expect(first?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  expect(first?.getCell('A1').font).toMatchObject({ bold: true });
  expect(first?.getCell('B2').value).toBe(0.8);
  expect(first?.getCell('B2').numFmt).toBe('+0.0;-0.0;"±"0.0');
  expect(first?.getCell('A3').value).toEqual(new Date('2026-05-31T00:00:00Z'));
  expect(first?.getCell('B3').value).toBe(null);
  expect(first?.getCell('A4').value).toEqual(new Date('2026-05-31T10:20:00Z'));
  expect([first?.getCell('B4').value, first?.getCell('B4').numFmt]).toEqual([0.45, '0%']);
});

it.each([
  '=1+1',
  '@SUM(A1)',
  '+358 40',
  '-1',
  ' =1',
  '=HYPERLINK("http://evil")',
  '<b>&amp;</b>',
  '_x0041_',
  'a\u0000\uD800b',
  ' välit ',
])('keeps %j a text, never a formula', async (text) => {
  const book = await opened(workbook(about, [sheet([[{ text }, null]])]));
  const cell = book.worksheets[0]?.getCell('A2');
  expect([cell?.formula, typeof cell?.value]).toEqual([undefined, 'string']);
  // exceljs does not read the escape of a line that begins a code; Excel does.
  expect(String(cell?.value).replace('_x005F_', '_')).toBe(text.replace(/[\p{Cc}\p{Cs}]/gu, ''));
});

it('goes on on another sheet when one is full, with the headings again', async () => {
  const rows = Array.from({ length: 7 }, (_, index): XlsxCell[] => [{ text: `rivi ${index}` }, null]);
  const book = await opened(workbook(about, [sheet(rows), sheet([], 'taulukko')], 4));
  expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
    ['Taulukko', 4],
    ['Taulukko 2', 4],
    ['Taulukko 3', 2],
    ['taulukko 4', 1],
  ]);
  expect(book.worksheets[1]?.getCell('A2').value).toBe('rivi 3');
});

it('has names of sheets that Excel takes', async () => {
  const names = ["'a/b\\c?*[x]:'", '', 'Pitkä nimi joka ei mahdu mitenkään välilehteen'];
  const book = await opened(
    workbook(
      about,
      names.map((name) => sheet([], name)),
    ),
  );
  expect(book.worksheets.map(({ name }) => name)).toEqual(['a b c   x', 'Oppiva', 'Pitkä nimi joka ei mahdu mitenk']);
});

it('reads no more rows when nobody reads the file', async () => {
  let made = 0;
  let ended = false;
  async function* rows(): AsyncGenerator<XlsxCell[]> {
    try {
      for (;;) {
        made += 1;
        yield [{ text: `rivi ${Math.random()}` }, { number: Math.random(), style: 'd3' }];
      }
    } finally {
      ended = true;
    }
  }
  const pieces = workbook(about, [sheet(rows())]);
  for (let chunk = 0; chunk < 5; chunk += 1) await pieces.next();
  await pieces.return(undefined);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const then = made;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([ended, made - then]).toEqual([true, 0]);
});
