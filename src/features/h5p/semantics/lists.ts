import { newSubContent, newValue } from './values';
import { isObject, type Params, type Path, pathName, putAt, type Shelf, type Spot, spotsOf, valueAt } from './walk';

/** A press on a form: what to do, and the name of the place. */
export interface Press {
  verb: 'add' | 'remove' | 'up' | 'down' | 'choose' | 'clear';
  at: string;
  /** The library that was chosen, for `add` to a list of contents and for `choose`. */
  library?: string | undefined;
}

/** More than this no person writes by hand. */
const MOST_ITEMS = 500;

/**
 * Does what a press asks for and returns the new parameters with the name of the place to show then; undefined when there
 * is no such place, or it cannot be done there.
 */
export function pressed(
  params: Params,
  folder: string,
  shelf: Shelf,
  press: Press,
): { params: Params; at: string } | undefined {
  const spots = [...spotsOf(params, folder, shelf)];
  const named = (kind: string, at: string) =>
    spots.find(({ field, path }) => field.kind === kind && pathName(path) === at);
  const changed = structuredClone(params);
  switch (press.verb) {
    case 'add':
      return added(changed, named('list', press.at), press.library, shelf);
    case 'choose': {
      const spot = named('library', press.at);
      const content = spot && chosen(spot, press.library, shelf);
      return content && put(changed, spot.path, content);
    }
    case 'clear': {
      const spot = named('library', press.at) ?? named('media', press.at);
      return spot && put(changed, spot.path, undefined);
    }
    default: {
      const list = spots.find((spot) => spot.field.kind === 'list' && isItemOf(spot.path, press.at));
      return list && moved(changed, list.path, press);
    }
  }
}

const isItemOf = (list: Path, at: string) => at.startsWith(`${pathName(list)}.`) && /^\d+$/.test(lastOf(at));
const lastOf = (at: string) => at.slice(at.lastIndexOf('.') + 1);

function added(params: Params, list: Spot | undefined, library: string | undefined, shelf: Shelf) {
  if (list?.field.kind !== 'list') return undefined;
  const { field: item } = list.field;
  const items = Array.isArray(list.value) ? list.value.length : 0;
  if (items >= Math.min(list.field.max ?? MOST_ITEMS, MOST_ITEMS)) return undefined;
  const value =
    item.kind === 'library' ? chosen({ ...list, field: item }, library, shelf) : (newValue(item, shelf) ?? null);
  return value === undefined ? undefined : put(params, [...list.path, items], value);
}

/** A new content of the library, when the field offers it; the only one it offers needs no choice. */
function chosen({ field }: Spot, library: string | undefined, shelf: Shelf): Params | undefined {
  if (field.kind !== 'library') return undefined;
  const wanted = library ?? (field.options.length === 1 ? field.options[0] : undefined);
  return wanted !== undefined && field.options.includes(wanted) ? newSubContent(wanted, shelf) : undefined;
}

function moved(params: Params, list: Path, { verb, at }: Press) {
  const items = valueAt(params, list);
  const index = Number(lastOf(at));
  if (!Array.isArray(items) || pathName([...list, index]) !== at || index >= items.length) return undefined;
  if (verb === 'remove') {
    items.splice(index, 1);
    return { params, at: pathName(list) };
  }
  const to = verb === 'up' ? index - 1 : index + 1;
  if (to < 0 || to >= items.length) return undefined;
  items.splice(to, 0, ...items.splice(index, 1));
  return { params, at: pathName([...list, to]) };
}

function put(params: Params, path: Path, value: unknown) {
  // An item of a list that loses its content goes itself.
  const list = typeof path.at(-1) === 'number' ? valueAt(params, path.slice(0, -1)) : undefined;
  if (value === undefined && Array.isArray(list)) {
    list.splice(Number(path.at(-1)), 1);
    return { params, at: pathName(path.slice(0, -1)) };
  }
  putAt(params, path, value);
  return { params, at: pathName(path) };
}

/** A content within the content, as content.json holds it. */
export function isSubContent(value: unknown): value is Params & { library: string } {
  return isObject(value) && typeof value.library === 'string';
}
