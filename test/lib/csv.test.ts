import fc from 'fast-check';
import { CSV_START, type CsvCell, csvLine } from '../../src/lib/csv';

const toCsv = (lang: string, header: string[], rows: CsvCell[][]) =>
  CSV_START + [header, ...rows].map((row) => csvLine(row, lang)).join('');

/** Reads what toCsv writes, as RFC 4180 says with semicolons. */
function read(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 1;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else while (text[at] !== ';' && text[at] !== '\r') cell += text[at++];
    rows.at(-1)?.push(cell);
    if (text[at] === ';') at += 1;
    else {
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

it('is UTF-8 with its mark, semicolons and CRLF, and reads back as it was', () => {
  const rows = [
    ['Åsa; "Ö"', 'two\r\nlines'],
    ['', 'a,b'],
  ];
  const text = toCsv('fi', ['Taito', 'Huomio'], rows);
  expect(text.startsWith('\uFEFFTaito;Huomio\r\n')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(read(text)).toEqual([['Taito', 'Huomio'], ...rows]);
});

it('reads back any text, with nothing before it but the apostrophe that makes a formula text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
      const [, row] = read(
        toCsv(
          'fi',
          cells.map(() => 'h'),
          [cells],
        ),
      );
      expect(row?.map((cell, index) => (cell === cells[index] ? cell : cell.slice(1)))).toEqual(cells);
    }),
  );
});

it.each([
  '=1+1',
  '+358401234567',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1+1',
  '"=1+1"',
  "'=1+1",
  '＝1+1',
  "=cmd|' /C calc'!A0",
  '-2+3+cmd|" /C calc"!A0',
])('makes %j text', (text) => {
  const [, row] = read(toCsv('fi', ['h'], [[text]]));
  expect(row).toEqual([`'${text}`]);
});

it.each([
  ['fi', '-0,7'],
  ['sv', '-0,7'],
  ['fi-x-selko', '-0,7'],
  ['en', '-0.7'],
])('keeps a number a number (%s)', (lang, expected) => {
  const row: CsvCell[] = [{ value: -0.7, decimals: 1 }, { value: -0.04, decimals: 1 }, { value: 8, decimals: 0 }, null];
  expect(read(toCsv(lang, ['a', 'b', 'c', 'd'], [row]))[1]).toEqual([expected, lang === 'en' ? '0.0' : '0,0', '8', '']);
});
