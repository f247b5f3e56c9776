import { createHash } from 'node:crypto';
import { type CsvCell, csvLine } from '../../lib/csv';
import { type FieldErrors, readForm } from '../../lib/forms';
import { areaName, findArea } from './areas';
import { exceptionsText, spansText } from './hours';
import type { PlaceWords, SupportPlace } from './places.model';
import { PlaceForm } from './places.schema';

/** The columns of a file of places, in and out. */
export const COLUMNS = [
  ...(['key', 'name', 'address', 'directions', 'municipality', 'lat', 'lon'] as const),
  ...(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'exceptions'] as const),
  ...(['languages', 'services', 'forms', 'access', 'phone', 'remote_link', 'supporters'] as const),
] as const;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const LISTS = ['languages', 'services', 'forms', 'access'] as const;

export interface ReadLine {
  /** In the file, the first line is 1. */
  line: number;
  name: string;
  /** Tells the place from others, so that the same file again changes and does not double. */
  key: string;
  id: string;
  place?: PlaceWords;
  errors: FieldErrors;
}

/** Most lines that one file may hold. */
export const MOST_LINES = 2000;

/** Reads a file of places line by line. Undefined when its first line does not name the columns `name` and `municipality`. */
export function readLines(content: string, organisationId: string): ReadLine[] | undefined {
  const rows = readTable(content.replace(/^\uFEFF/, ''));
  const heads = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  if (!heads.includes('name') || !heads.includes('municipality')) return undefined;
  const seen = new Set<string>();
  return rows.slice(1, MOST_LINES + 1).map(({ line, cells }) => {
    const cell = Object.fromEntries(heads.map((head, index) => [head, unguarded(cells[index] ?? '')]));
    const name = cell.name?.trim() ?? '';
    const key = (cell.key?.trim() || `${name}, ${cell.municipality?.trim()}, ${cell.address?.trim()}`)
      .slice(0, 200)
      .toLowerCase();
    const form = readForm(PlaceForm, formOf(cell));
    const errors: FieldErrors = form.ok ? {} : form.errors;
    if (cells.length > heads.length) errors.form = 'places.fault.cells';
    if (seen.has(key)) errors.name = 'places.fault.twice';
    seen.add(key);
    const isGood = form.ok && Object.keys(errors).length === 0;
    return { line, name, key, id: idOf(organisationId, key), errors, ...(isGood && { place: form.value }) };
  });
}

/** The same key of the same organisation has the same id. */
function idOf(organisationId: string, key: string): string {
  const hex = createHash('sha256').update(`place ${organisationId} ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The place that each good line changes, by its key: the one with that key, else the only one added by hand with that id, or
 * with that name in that municipality. A file of what was exported so changes places, and doubles none.
 */
export function changedBy(
  lines: readonly ReadLine[],
  own: readonly Pick<SupportPlace, 'id' | 'import_key' | 'name' | 'area_code'>[],
): Map<string, { id: string; isAdopted: boolean }> {
  const byKey = new Map(own.flatMap((one) => (one.import_key ? [[one.import_key, one.id] as const] : [])));
  const byHand = own.filter((one) => !one.import_key);
  const found = new Map<string, { id: string; isAdopted: boolean }>();
  const taken = new Set<string>();
  for (const { key, place } of lines) {
    const known = byKey.get(key);
    if (!place) continue;
    if (known) found.set(key, { id: known, isAdopted: false });
    else {
      const named = byHand.filter((one) => one.name === place.name.toLowerCase() && one.area_code === place.area_code);
      const one = byHand.find(({ id }) => id === key) ?? (named.length === 1 ? named[0] : undefined);
      if (one && !taken.has(one.id)) found.set(key, { id: one.id, isAdopted: true });
      if (one) taken.add(one.id);
    }
  }
  return found;
}

const unguarded = (cell: string) => cell.replace(/^'(?=[=+\-@])/, '');

function formOf(cell: Record<string, string>): Record<string, unknown> {
  const list = (name: string) =>
    (cell[name] ?? '')
      .split(/[,|]/)
      .map((one) => one.trim())
      .filter(Boolean);
  return {
    ...cell,
    area_code: findArea(cell.municipality ?? '')?.code,
    ...Object.fromEntries(DAYS.map((day, index) => [`day${index + 1}`, cell[day] ?? ''])),
    exceptions: (cell.exceptions ?? '').replaceAll('|', '\n'),
    ...Object.fromEntries(LISTS.map((name) => [name, list(name)])),
    ...(list('forms').length === 0 && { forms: ['near'] }),
    ...(list('languages').length === 0 && { languages: ['fi'] }),
    visibility: 'organisation',
    space_id: '',
  };
}

/** A line of the file that gives the place again. */
export function placeLine(place: SupportPlace): string {
  const days = DAYS.map((_, index) => spansText(place.hours.week.filter(({ day }) => day === index + 1)));
  const exceptions = exceptionsText(place.hours, 'suljettu').replaceAll('\n', ' | ');
  const map = [place.lat, place.lon].map((degrees) => degrees?.toString() ?? '');
  const cells: CsvCell[] = [
    ...[
      place.import_key ?? place.id,
      place.name,
      place.address,
      place.directions,
      areaName(place.area_code, 'fi'),
      ...map,
    ],
    ...[...days, exceptions, ...LISTS.map((name) => place[name].join(', '))],
    ...[place.phone, place.remote_link, place.supporters],
  ];
  return csvLine(cells, 'en');
}

/** Rows of a file with semicolons, tabs or commas, quoted cells over several lines too; empty lines are passed over. */
function readTable(text: string): { line: number; cells: string[] }[] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const separator = first.includes(';') ? ';' : first.includes('\t') ? '\t' : ',';
  const rows: { line: number; cells: string[] }[] = [];
  let [cells, cell, isQuoted, line, start] = [[] as string[], '', false, 1, 1];
  const end = () => {
    cells.push(cell);
    if (cells.some((one) => one.trim())) rows.push({ line: start, cells });
    [cells, cell, start] = [[], '', line + 1];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (!isQuoted && letter === separator) {
      cells.push(cell);
      cell = '';
    } else if (!isQuoted && letter === '\n') end();
    else if (letter !== '\r') cell += letter;
    if (letter === '\n') line += 1;
  }
  end();
  return rows;
}
