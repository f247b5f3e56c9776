import type { Field, GroupField } from './field';

/** From the parameters down: names of fields, numbers of items. */
export type Path = readonly (string | number)[];
export type Params = Record<string, unknown>;

/** The libraries whose fields are known, by folder (`H5P.Image-1.1`). */
export interface Shelf {
  get(folder: string): { title: string; fields: Field[] } | undefined;
}

/** A place in a content: its field, its value, and the folder of the library whose field it is. */
export interface Spot {
  path: Path;
  field: Field;
  value: unknown;
  folder: string;
}

/** Contents within contents, and lists within lists, stop somewhere, and so does what one content may hold. */
const DEEPEST = 48;
const MOST_SPOTS = 100_000;

/** `H5P.Image-1.1` of `H5P.Image 1.1`; undefined for what is no name of a library. */
export function folderNamed(library: unknown): string | undefined {
  const [, name, version] = /^([A-Za-z_$][\w.$-]{0,254})[ -](\d{1,5}\.\d{1,5})$/.exec(String(library)) ?? [];
  return name && `${name}-${version}`;
}

/** Every place in a content that its semantics tell of, from the outside in: groups and lists too, also what has no value yet. */
export function* spotsOf(params: unknown, folder: string, shelf: Shelf): Generator<Spot> {
  let left = MOST_SPOTS;
  for (const top of topOf(params, folder, shelf)) {
    for (const spot of spotsUnder(top, shelf, 0)) {
      if (left-- <= 0) return;
      yield spot;
    }
  }
}

/** The places by their names; of a group and its only child, which share one, the child. */
export function spotsByName(params: unknown, folder: string, shelf: Shelf): Map<string, Spot> {
  return new Map(Array.from(spotsOf(params, folder, shelf), (spot) => [pathName(spot.path), spot]));
}

/** The places of a content's own fields. */
export function topOf(params: unknown, folder: string, shelf: Shelf, path: Path = []): Spot[] {
  const inside = isObject(params) ? params : {};
  return (shelf.get(folder)?.fields ?? []).map((field) => ({
    path: [...path, field.name],
    field,
    value: own(inside, field.name),
    folder,
  }));
}

function* spotsUnder(spot: Spot, shelf: Shelf, depth: number): Generator<Spot> {
  yield spot;
  if (depth > DEEPEST) return;
  for (const child of childrenOf(spot, shelf)) yield* spotsUnder(child, shelf, depth + 1);
}

/** What lies right inside a group, a list or a content within the content. */
export function childrenOf({ field, value, path, folder }: Spot, shelf: Shelf): Spot[] {
  if (field.kind === 'group') {
    const [only] = field.fields;
    if (only && isFlat(field, value)) return [{ path, field: only, value, folder }];
    const inside = isObject(value) ? value : {};
    return field.fields.map((child) => ({
      path: [...path, child.name],
      field: child,
      value: own(inside, child.name),
      folder,
    }));
  }
  if (field.kind === 'list') {
    if (!Array.isArray(value)) return [];
    return value.map((item, index) => ({ path: [...path, index], field: field.field, value: item, folder }));
  }
  if (field.kind === 'library' && isObject(value)) {
    const inner = folderNamed(value.library);
    return inner ? topOf(value.params, inner, shelf, [...path, 'params']) : [];
  }
  return [];
}

/**
 * Whether the group's value is its only child's (h5p-php-library, validateGroup). Some programs write an object
 * nevertheless, which is taken as it is.
 */
export function isFlat(group: GroupField, value: unknown): boolean {
  const [only] = group.fields;
  if (!group.single || !only) return false;
  if (!isObject(value) || !Object.hasOwn(value, only.name)) return true;
  if (!['group', 'library', 'media', 'other'].includes(only.kind)) return false;
  if (Object.keys(value).length > 1) return true;
  return only.kind === 'group' && only.fields.some(({ name }) => name === only.name);
}

/** The value at a path; undefined where nothing is. */
export function valueAt(params: unknown, path: Path): unknown {
  let value = params;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/**
 * Puts a value at a path of `params`, which it changes; objects and lists on the way are made. `undefined` takes a name of
 * an object away and empties an item of a list.
 */
export function putAt(params: Params, path: Path, value: unknown): void {
  let at: Record<string | number, unknown> = params;
  path.slice(0, -1).forEach((key, index) => {
    const next = Object.hasOwn(at, key) ? at[key] : undefined;
    const isList = typeof path[index + 1] === 'number';
    // PHP writes an object without names as an empty list.
    if (isList ? !Array.isArray(next) : !isObject(next)) at[key] = isList ? [] : {};
    at = at[key] as Record<string | number, unknown>;
  });
  const last = path.at(-1);
  if (last === undefined) return;
  if (value !== undefined) at[last] = value;
  else if (Array.isArray(at)) at[last as number] = null;
  else delete at[last];
}

/** A path as the name of a form's field. Names of fields hold no dots, so two paths never share a name. */
export const pathName = (path: Path) => path.join('.');

export function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const own = (value: Params, key: string) => (Object.hasOwn(value, key) ? value[key] : undefined);
