import { type CsvError, parse } from 'csv-parse/sync';
import { type CsvCell, isFormula } from '../../lib/csv';
import { HIGHEST_LEVEL } from '../skills/estimate';
import type { FrameworkNode } from '../skills/framework';
import { type Column, readHeader, readKind, readYes } from './csv-headers';
import { FileFault, type Item, type Line, MOST_ROWS, type ReadFile } from './reading';
import { buildTree } from './tree';

/** As many columns as a file may have. Ours has thirteen. */
const MOST_COLUMNS = 100;
const LONGEST_RECORD = 100_000;

export interface Given {
  title: string;
  /** Codes of the framework in use with their names. */
  names: ReadonlyMap<string, readonly string[]>;
}

interface Record {
  cells: string[];
  row: number;
}

/**
 * Reads a framework from a table: a row for each area, skill and can-do line. The separator is the one of ; , and tab with
 * which most headers are known. Row numbers are lines of the file, as a spreadsheet's reader finds them. Throws FileFault
 * when there is no table to read.
 */
export function readCsv(text: string, { title, names }: Given): ReadFile {
  const table = tableOf(text);
  const [header, ...records] = table.records;
  if (!header || records.every(isEmpty)) throw new FileFault('empty');
  const columns = columnsOf(header.cells);
  if (records.length > MOST_ROWS) throw new FileFault('rows', { most: MOST_ROWS });

  const before: Line[] = header.cells.flatMap((cell, index) =>
    columns[index] === undefined && cell.trim() !== ''
      ? [{ row: header.row, code: '', status: 'skipped' as const, column: cell.trim().slice(0, 60), key: 'column' }]
      : [],
  );
  const items: Item[] = [];
  const told: Line[] = [];
  for (const record of records) {
    if (isEmpty(record)) told.push({ row: record.row, code: '', status: 'skipped', key: 'emptyRow' });
    else {
      const item = itemOf(record, columns, header.cells);
      if ('status' in item) told.push(item);
      else items.push(item);
    }
  }
  const tree = buildTree(items, { fi: title, sv: title, en: title }, names);
  const lines = [...before, ...[...told, ...tree.lines].toSorted((a, b) => a.row - b.row)];
  const framework = { title, licence: '', citation: '', source_note: '', nodes: tree.nodes, targets: [] };
  return { framework, lines, version: '' };
}

const isEmpty = ({ cells }: Record) => cells.every((cell) => cell.trim() === '');

function tableOf(text: string): { records: Record[] } {
  if (text.trim() === '') throw new FileFault('empty');
  const firstLine = text.slice(0, 20_000);
  const known = [';', ',', '\t'].map((delimiter) => {
    const cells = recordsOf(firstLine, delimiter, true)[0]?.cells ?? [];
    return { delimiter, count: cells.filter((cell) => readHeader(cell) !== undefined).length };
  });
  const best = known.toSorted((a, b) => b.count - a.count)[0];
  if (!best || best.count < 2) throw new FileFault('header');
  return { records: recordsOf(text, best.delimiter, false) };
}

function recordsOf(text: string, delimiter: string, isFirstOnly: boolean): Record[] {
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: LONGEST_RECORD,
      // A quotation mark in the middle of a cell is a letter like any other.
      relax_quotes: true,
      ...(isFirstOnly && { to: 1 }),
    }) as unknown as { record: string[]; info: { lines: number } }[];
    let row = 1;
    return rows.map(({ record, info }) => {
      const at = row;
      // A cell may hold new lines: the next record starts after the lines that this one took.
      row = info.lines + 1;
      return { cells: record, row: at };
    });
  } catch (error) {
    if (isFirstOnly) return [];
    throw new FileFault('quotes', { row: (error as CsvError & { lines?: number }).lines ?? 1 });
  }
}

function columnsOf(headers: readonly string[]): (Column | undefined)[] {
  if (headers.length > MOST_COLUMNS) throw new FileFault('columns', { most: MOST_COLUMNS });
  const columns = headers.map(readHeader);
  const keys = columns.flatMap((column) => (column ? [JSON.stringify(column)] : []));
  const twice = columns.findIndex(
    (column) => column && keys.filter((key) => key === JSON.stringify(column)).length > 1,
  );
  if (twice !== -1) throw new FileFault('headerTwice', { column: headers[twice]?.trim() ?? '' });
  if (!columns.some((column) => column?.field === 'code')) throw new FileFault('noCode');
  if (!columns.some((column) => column?.field === 'name')) throw new FileFault('noName');
  return columns;
}

function itemOf(
  { cells, row }: Record,
  columns: readonly (Column | undefined)[],
  headers: readonly string[],
): Item | Line {
  const item: Item = {
    row,
    code: '',
    parent: null,
    kind: undefined,
    level: undefined,
    starter: false,
    name: {},
    about: {},
  };
  const wrong = (index: number, key: string): Line => ({
    ...{ row, code: item.code, status: 'wrong', key },
    column: headers[index]?.trim() ?? '',
    values: { text: (cells[index] ?? '').trim().slice(0, 60) },
  });
  if (cells.length > headers.length && cells.slice(headers.length).some((cell) => cell.trim() !== ''))
    return { row, code: cells[0]?.trim().slice(0, 60) ?? '', status: 'wrong', key: 'cells' };
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    const text = unguarded(cell).trim();
    if (!column || text === '') continue;
    if (isFormula(text) && text === cell.trim())
      item.changed = { key: 'formula', column: headers[index]?.trim() ?? '' };
    if (column.field === 'name' || column.field === 'about') item[column.field][column.language] = text;
    else if (column.field === 'code') item.code = text;
    else if (column.field === 'parent') item.parent = text;
    else if (column.field === 'starter') item.starter = readYes(text);
    else if (column.field === 'kind') {
      item.kind = readKind(text);
      if (!item.kind) return wrong(index, 'kind');
    } else {
      // A spreadsheet may write 3 as 3,0 or 3.00.
      const level = /^\d(?:[.,]0{1,2})?$/.test(text) ? Number(text[0]) : Number.NaN;
      if (!(level >= 1 && level <= HIGHEST_LEVEL)) return wrong(index, 'level');
      if (text.length > 1) item.changed ??= { key: 'decimal', column: headers[index]?.trim() ?? '' };
      item.level = level;
    }
  }
  return item;
}

/** Our own files guard what looks like a formula by an apostrophe; it is no part of the text. */
const unguarded = (cell: string) => (cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell);

const LANGUAGE_COLUMNS = ['fi', 'fi-x-selko', 'sv', 'en'] as const;

/** The headers of our files, in the language of the person. Every one of them is read back. */
export const HEADERS = {
  fi: [
    'koodi',
    'yläkoodi',
    'laji',
    'taso',
    'aloitustaito',
    'nimi',
    'nimi (selko)',
    'nimi (sv)',
    'nimi (en)',
    'kuvaus',
    'kuvaus (selko)',
    'kuvaus (sv)',
    'kuvaus (en)',
  ],
  sv: [
    'kod',
    'överkod',
    'slag',
    'nivå',
    'startfärdighet',
    'namn (fi)',
    'namn (lätt finska)',
    'namn',
    'namn (en)',
    'beskrivning (fi)',
    'beskrivning (lätt finska)',
    'beskrivning',
    'beskrivning (en)',
  ],
  en: [
    'code',
    'parent',
    'kind',
    'level',
    'starter',
    'name (fi)',
    'name (easy finnish)',
    'name (sv)',
    'name',
    'description (fi)',
    'description (easy finnish)',
    'description (sv)',
    'description',
  ],
} as const;
const KIND_WORDS = {
  fi: { area: 'alue', competence: 'taito', can_do: 'osaan' },
  sv: { area: 'område', competence: 'färdighet', can_do: 'jag kan' },
  en: { area: 'area', competence: 'skill', can_do: 'can do' },
} as const;

/** A framework as the rows of such a table: reading them gives the same areas, skills and can-do lines. */
export function csvRows(nodes: readonly FrameworkNode[], language: 'fi' | 'sv' | 'en'): CsvCell[][] {
  return nodes.flatMap((node) => {
    const { kind, code, parent_code, data } = node;
    if (kind !== 'area' && kind !== 'competence' && kind !== 'can_do') return [];
    const text = (field: string) =>
      LANGUAGE_COLUMNS.map((of) => node.texts.find((one) => one.language === of && one.field === field)?.text ?? '');
    const level = kind === 'can_do' ? String(data.level ?? lowestOf(String(data.band))) : '';
    const starter = data.starter === true ? 'x' : '';
    const names = text(kind === 'can_do' ? 'text' : 'name');
    return [[code, parent_code ?? '', KIND_WORDS[language][kind], level, starter, ...names, ...text('about')]];
  });
}

const LOWEST: { [band: string]: number } = { basic: 1, intermediate: 3, advanced: 5, highly_advanced: 7 };
const lowestOf = (band: string) => LOWEST[band] ?? 1;
