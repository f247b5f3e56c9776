import { cleanText } from '../h5p.cleaning';
import { completeDependencies, type KnownLibrary, libraryFolder, parseLibraryName } from '../h5p.libraries';
import { librariesIn } from '../h5p.params';
import type { Field } from '../semantics/field';
import { newValue } from '../semantics/values';
import {
  folderNamed,
  isObject,
  type Params,
  type Path,
  pathName,
  putAt,
  type Shelf,
  spotsByName,
  spotsOf,
} from '../semantics/walk';
import { readsAllOf } from './shape';

/** One thing that a newer library reads otherwise. `stops`: the content would lose something, so it does not move. */
export interface Difference {
  kind: 'lost' | 'otherKind' | 'choice' | 'markup' | 'script' | 'missing' | 'inner' | 'new' | 'notRun';
  stops: boolean;
  /** The field's label, or the library. */
  label: string;
  /** What is in the content, shortened. */
  value: string;
}

export interface Plan {
  main: string;
  params: unknown;
  dependencies: string[];
  differences: Difference[];
  /** Whether the newer library reads all that the content holds. */
  keepsAll: boolean;
}

/** Installed libraries by folder; `hasScript`: it brings upgrades.js, a program that rewrites older contents. */
export type Installed = ReadonlyMap<string, KnownLibrary & { hasScript: boolean }>;

/**
 * How a content would be under a newer version of its library, and everything that this changes. Contents within it go to
 * the versions that the newer library asks for. Nothing of a library is run: a content that only its program could rewrite
 * stays where it is, and one whose fields are all there still goes without it.
 */
export function planMove(params: unknown, from: string, to: string, shelf: Shelf, installed: Installed): Plan {
  const differences: Difference[] = [];
  const tell = (kind: Difference['kind'], label: string, value: unknown = '') =>
    differences.push({ kind, stops: !['inner', 'new', 'notRun'].includes(kind), label, value: short(value) });
  const told = new Set<string>();
  const checkScript = (older: string, newer: string) => {
    if (!installed.get(newer)?.hasScript || told.has(newer)) return;
    told.add(newer);
    tell(readsAllOf(shelf.get(older), shelf.get(newer)) ? 'notRun' : 'script', newer);
  };
  checkScript(from, to);
  const before = spotsByName(params, from, shelf);
  const moved = structuredClone(params);
  const put = new Set<string>();
  // The walk goes into a content after this has given it its new library, so that it is read by that one.
  for (const { field, value, path } of spotsOf(moved, to, shelf)) {
    const was = before.get(pathName(path));
    if (field.kind === 'library' && isObject(value) && typeof value.library === 'string') {
      const older = folderNamed(value.library);
      const offered = offeredFor(field.options, value.library);
      if (!offered) tell('choice', field.label, value.library);
      else if (offered !== value.library && older) {
        const newer = folderNamed(offered) ?? '';
        if (!shelf.get(newer)) tell('missing', newer);
        else {
          checkScript(older, newer);
          tell('inner', value.library, offered);
          value.library = offered;
        }
      }
    } else if (!was && value === undefined && isObject(moved) && !path.some((_key, at) => put.has(upTo(path, at)))) {
      const start = newValue(field, shelf);
      if (start === undefined || start === '') continue;
      putAt(moved as Params, path, start);
      put.add(pathName(path));
      if (!field.hidden && !field.common) tell('new', field.label, start);
    }
  }
  compare(before, spotsByName(moved, to, shelf), tell);
  const main = parseLibraryName(to);
  const { libraries, missing } = completeDependencies([...(main ? [main] : []), ...librariesIn(moved)], installed);
  for (const { folder } of missing) tell('missing', folder);
  return {
    main: to,
    params: moved,
    dependencies: libraries.map(libraryFolder),
    differences,
    keepsAll: !differences.some(({ stops }) => stops),
  };
}

type Spots = ReturnType<typeof spotsByName>;

function compare(
  before: Spots,
  after: Spots,
  tell: (kind: Difference['kind'], label: string, value: unknown) => unknown,
): void {
  for (const [name, { field, value }] of before) {
    if (isEmpty(value) || field.kind === 'group' || field.kind === 'list') continue;
    const now = after.get(name)?.field;
    if (!now) tell('lost', field.label, value);
    else if (now.kind !== field.kind || mediaOf(now) !== mediaOf(field)) tell('otherKind', now.label, value);
    else if (now.kind === 'select' && !now.options.some((option) => option.value === String(value))) {
      // What the older library did not offer either is no doing of the newer one.
      const offered = field.kind === 'select' && field.options.some((option) => option.value === String(value));
      if (offered) tell('choice', now.label, value);
    } else if (now.kind === 'text' && field.kind === 'text' && typeof value === 'string') {
      if (cleanText(value, now.tags) !== cleanText(value, field.tags)) tell('markup', now.label, value);
    }
  }
}

const upTo = (path: Path, at: number) => pathName(path.slice(0, at + 1));
const mediaOf = (field: Field) => (field.kind === 'media' ? field.media : undefined);
const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** The version of this library that a field offers now, as content.json names it. */
function offeredFor(options: readonly string[], library: string): string | undefined {
  if (options.includes(library)) return library;
  const name = parseLibraryName(library)?.machineName;
  return options.find((option) => parseLibraryName(option)?.machineName === name);
}

const LONGEST = 80;

function short(value: unknown): string {
  const plain = wordsIn(value)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return '–';
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}

/** What a person would know of a value: its texts and numbers, not how they are written down. */
function wordsIn(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).map(wordsIn).filter(Boolean).join(', ');
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
