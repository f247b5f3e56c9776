import { randomUUID } from 'node:crypto';
import type { Field } from './field';
import { folderNamed, type Params, type Shelf } from './walk';

/** A library may ask for another that asks for it again. */
const DEEPEST = 6;

/** The parameters of a new content: every default of the semantics, required lists with their first items. */
export function newParams(folder: string, shelf: Shelf, depth = 0): Params {
  const fields = shelf.get(folder)?.fields ?? [];
  return objectOf(fields, (field) => newValue(field, shelf, depth));
}

/** What a field starts with; undefined where it starts empty. */
export function newValue(field: Field, shelf: Shelf, depth = 0): unknown {
  const given = structuredClone(field.default);
  switch (field.kind) {
    case 'text':
      return typeof given === 'string' ? given : field.optional ? undefined : '';
    case 'number':
      return typeof given === 'number' ? given : undefined;
    case 'boolean':
      return given === true;
    case 'select': {
      const known =
        field.options.find(({ value }) => value === given) ?? (field.optional ? undefined : field.options[0]);
      return known?.value;
    }
    case 'list': {
      if (Array.isArray(given)) return given;
      const items = Array.from({ length: field.start }, () => newValue(field.field, shelf, depth));
      return items.filter((item) => item !== undefined);
    }
    case 'group': {
      const [only] = field.fields;
      if (field.single) return only && newValue(only, shelf, depth);
      return objectOf(field.fields, (child) => newValue(child, shelf, depth));
    }
    case 'library': {
      const [only, ...others] = field.options;
      const fills = only !== undefined && others.length === 0 && !field.optional && depth < DEEPEST;
      return fills ? newSubContent(only, shelf, depth + 1) : undefined;
    }
    default:
      return given;
  }
}

/** A new content within the content; undefined for a library that is not installed. `library`: `H5P.Image 1.1`. */
export function newSubContent(library: string, shelf: Shelf, depth = 0): Params | undefined {
  const folder = folderNamed(library);
  const known = folder === undefined ? undefined : shelf.get(folder);
  if (!known || folder === undefined) return undefined;
  return {
    library,
    params: newParams(folder, shelf, depth),
    subContentId: randomUUID(),
    metadata: { contentType: known.title, license: 'U', title: known.title },
  };
}

function objectOf(fields: readonly Field[], valueFor: (field: Field) => unknown): Params {
  const entries = fields.map((field) => [field.name, valueFor(field)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
