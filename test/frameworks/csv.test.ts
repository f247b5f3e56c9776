import fc from 'fast-check';
import { csvRows, HEADERS, readCsv } from '../../src/features/frameworks/csv';
import { FileFault, type Line, MOST_ROWS } from '../../src/features/frameworks/reading';
import type { FrameworkNode } from '../../src/features/skills/framework';
import { CSV_START, csvLine } from '../../src/lib/csv';
import { decodeText, NotText } from '../../src/lib/decode';
import { plain, trees } from './arbitraries';

const given = { title: 'Meidän taidot', names: new Map([['4.2', ['Omat tiedot turvassa']]]) };
const read = (text: string) => readCsv(text, given);
const shape = (text: string) =>
  read(text).framework.nodes.map(({ kind, code, parent_code }) => [kind, code, parent_code]);
const told = (text: string) =>
  read(text)
    .lines.filter(({ status }) => status !== 'read')
    .map((line) => [line.row, line.status, line.key]);
const wrong = (text: string) => read(text).lines.filter(({ status }) => status === 'wrong');

const TREE = [
  ['area', 'A', null],
  ['competence', 'A.1', 'A'],
  ['can_do', 'A.1-1', 'A.1'],
];

const GOOD: [name: string, text: string][] = [
  [
    'semicolons and Finnish headers',
    'koodi;yläkoodi;laji;taso;nimi\nA;;alue;;Alku\nA.1;A;taito;;Ohjaus\nA.1-1;A.1;osaan;2;Kysyn ensin',
  ],
  [
    'commas and English headers',
    'code,parent,kind,level,name\nA,,area,,Start\nA.1,A,skill,,Guiding\nA.1-1,A.1,can do,2,I ask first',
  ],
  [
    'tabs and Swedish headers',
    'kod\töverkod\tslag\tnivå\tnamn\nA\t\tområde\t\tStart\nA.1\tA\tfärdighet\t\tHandleda\nA.1-1\tA.1\tjag kan\t2\tJag frågar',
  ],
  ['headers in any case and order', 'NIMI;TASO;Koodi;Yläkoodi\nAlku;;A;\nOhjaus;;A.1;A\nKysyn ensin;2;A.1-1;A.1'],
  ['kinds told by the place in the tree', 'koodi;yläkoodi;nimi\nA;;Alku\nA.1;A;Ohjaus\nA.1-1;A.1;Kysyn ensin'],
  [
    'quoted new lines and separators',
    'koodi;yläkoodi;nimi\nA;;"Alku;\nja loppu"\nA.1;A;"Ohjaus ""hyvin"""\nA.1-1;A.1;Kysyn',
  ],
  ['CRLF and a mark at the start', '\uFEFFkoodi;yläkoodi;nimi\r\nA;;Alku\r\nA.1;A;Ohjaus\r\nA.1-1;A.1;Kysyn\r\n'],
  [
    'names in many languages',
    'koodi;yläkoodi;nimi (fi);namn_sv;name en\nA;;Alku;Start;Start\nA.1;A;Ohjaus;;Guiding\nA.1-1;A.1;Kysyn;;',
  ],
  ['children before their parents', 'koodi;yläkoodi;nimi\nA.1-1;A.1;Kysyn\nA.1;A;Ohjaus\nA;;Alku'],
];

it.each(GOOD)('reads %s', (_name, text) => {
  expect(wrong(text)).toEqual([]);
  expect(shape(text).sort()).toEqual(TREE.toSorted());
});

const BAD: [name: string, text: string, lines: [number, string, string][]][] = [
  [
    'a code that is there twice',
    'koodi;nimi\nA;Yksi\nA;Kaksi',
    [
      [2, 'changed', 'general'],
      [3, 'wrong', 'duplicate'],
    ],
  ],
  ['a parent that is not there', 'koodi;yläkoodi;nimi\nA.1;B;Ohjaus', [[2, 'wrong', 'parentMissing']]],
  [
    'parents in a circle',
    'koodi;yläkoodi;nimi\nA;B;Yksi\nB;A;Kaksi',
    [
      [2, 'wrong', 'cycle'],
      [3, 'wrong', 'cycle'],
    ],
  ],
  [
    'what hangs on a circle',
    'koodi;yläkoodi;nimi\nA;A;Yksi\nB;A;Kaksi',
    [
      [2, 'wrong', 'cycle'],
      [3, 'wrong', 'parentWrong'],
    ],
  ],
  ['a row without a code', 'koodi;nimi\n;Yksi', [[2, 'wrong', 'codeMissing']]],
  ['a code too long', `koodi;nimi\n${'A'.repeat(41)};Yksi`, [[2, 'wrong', 'codeLong']]],
  ['a code with a path in it', 'koodi;nimi\n../A;Yksi', [[2, 'wrong', 'codeForm']]],
  ['a row without a name', 'koodi;nimi\nA;', [[2, 'wrong', 'nameMissing']]],
  ['a name too long', `koodi;nimi\nA;${'x'.repeat(301)}`, [[2, 'wrong', 'nameLong']]],
  ['a level outside', 'koodi;yläkoodi;taso;nimi\nA;;;Alku\nA.1;A;;Ohjaus\nB;A.1;9;Kysyn', [[4, 'wrong', 'level']]],
  ['half a level', 'koodi;yläkoodi;taso;nimi\nA;;;Alku\nA.1;A;;Ohjaus\nB;A.1;3,5;Kysyn', [[4, 'wrong', 'level']]],
  [
    'a decimal comma in a whole level',
    'koodi;yläkoodi;taso;nimi\nA;;;Alku\nA.1;A;;Ohjaus\nB;A.1;3,0;Kysyn',
    [[4, 'changed', 'decimal']],
  ],
  ['a kind that is none', 'koodi;laji;nimi\nA;kori;Yksi', [[2, 'wrong', 'kind']]],
  ['a level on a skill', 'koodi;laji;taso;nimi\nA;taito;2;Yksi', [[2, 'wrong', 'levelNotHere']]],
  ['a can-do line of nothing', 'koodi;laji;nimi\nA;osaan;Kysyn', [[2, 'wrong', 'canDoAlone']]],
  ['more cells than headers', 'koodi;nimi\nA;Yksi;kaksi', [[2, 'wrong', 'cells']]],
  [
    'empty rows and a column that is not known',
    'koodi;nimi;väri\nA;Yksi;\n;;\nB;Kaksi;',
    [
      [1, 'skipped', 'column'],
      [2, 'changed', 'general'],
      [3, 'skipped', 'emptyRow'],
      [4, 'changed', 'general'],
    ],
  ],
  ['a formula, as text', 'koodi;yläkoodi;nimi\nA;;Alku\nA.1;A;=HYPERLINK("http://x")', [[3, 'changed', 'formula']]],
  [
    'a code that means another skill here',
    'koodi;yläkoodi;nimi\nA;;Alku\n4.2;A;Jokin muu',
    [[3, 'changed', 'sameCode']],
  ],
  [
    'rows after a quoted new line, by their line',
    'koodi;nimi\nA;"Yksi\nkaksi"\nA;Kolme',
    [
      [2, 'changed', 'general'],
      [4, 'wrong', 'duplicate'],
    ],
  ],
];

it.each(BAD)('tells of %s', (_name, text, lines) => {
  expect(told(text)).toEqual(lines);
});

const FAULTS: [key: string, text: string][] = [
  ['empty', ''],
  ['empty', 'koodi;nimi\n'],
  ['header', 'jotain;muuta\n1;2'],
  ['header', 'vain yksi rivi tekstiä'],
  ['noCode', 'yläkoodi;nimi\nA;B'],
  ['noName', 'koodi;taso\nA;1'],
  ['headerTwice', 'koodi;nimi;nimi\nA;B;C'],
  ['quotes', 'koodi;nimi\nA;"Yksi\nB;Kaksi'],
  ['columns', `koodi;nimi${';x'.repeat(120)}\nA;B`],
];

it.each(FAULTS)('refuses a file that is no table: %s', (key, text) => {
  expect(() => read(text)).toThrow(new FileFault(key));
});

it('knows every header and kind that it writes, in each language', () => {
  for (const language of ['fi', 'sv', 'en'] as const) {
    const node: FrameworkNode = { kind: 'competence', code: 'A.1', parent_code: null, data: {}, texts: [] };
    const [row] = csvRows(
      [{ ...node, texts: [{ language: 'fi', field: 'name', text: 'Nimi', status: 'unreviewed' }] }],
      language,
    );
    const text = csvLine(HEADERS[language], language) + csvLine(row ?? [], language);
    expect(read(text).lines.map(({ status, key }) => [status, key])).toEqual([['changed', 'general']]);
  }
});

it('reads fifty thousand rows, and refuses one more', () => {
  const rows = (count: number) =>
    `koodi;yläkoodi;nimi\nA;;Alku\n${Array.from({ length: count - 1 }, (_, n) => `A.${n};A;Taito ${n}`).join('\n')}`;
  const started = Date.now();
  expect(read(rows(MOST_ROWS)).framework.nodes).toHaveLength(MOST_ROWS);
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(() => read(rows(MOST_ROWS + 1))).toThrow(new FileFault('rows'));
});

it('walks a long chain of parents once', () => {
  const chain = Array.from({ length: 20_000 }, (_, n) => `A${n};A${n + 1};Taito`).join('\n');
  const lines = read(`koodi;yläkoodi;nimi\n${chain}`).lines;
  expect(new Set(lines.map(({ status }) => status))).toEqual(new Set(['wrong']));
});

describe('encodings', () => {
  const text = 'koodi;nimi\nA;Työ, ääni ja öljy';
  const names = (bytes: Buffer) => read(decodeText(bytes).text).framework.nodes.at(-1)?.texts[0]?.text;
  const utf16be = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 without', Buffer.from(text, 'utf16le')],
    ['UTF-16 the other way round', utf16be],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ])('reads %s', (_name, bytes) => expect(names(bytes)).toBe('Työ, ääni ja öljy'));

  it('takes no picture for a text', () => {
    expect(() => decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))).toThrow(
      NotText,
    );
    expect(() => decodeText(Buffer.from([0xff, 0xfe, 0x41]))).toThrow(NotText);
  });
});

it('reads back what it writes, whatever the words, in each language', () => {
  fc.assert(
    fc.property(trees, fc.constantFrom('fi', 'sv', 'en'), (nodes, language) => {
      const text =
        CSV_START + [HEADERS[language], ...csvRows(nodes, language)].map((row) => csvLine(row, language)).join('');
      const { framework, lines } = read(text);
      expect(lines.filter((line: Line) => line.status === 'wrong')).toEqual([]);
      expect(plain(framework.nodes)).toEqual(plain(nodes));
    }),
    { numRuns: 60 },
  );
});
