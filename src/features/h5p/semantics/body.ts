import { cleanText } from '../h5p.cleaning';
import { readTyped } from './typed';
import { type Params, pathName, putAt, type Shelf, spotsOf } from './walk';

export type Typed = Readonly<Record<string, string | readonly string[]>>;

/**
 * The parameters with what was typed in a form: fields are named by their paths. What the form did not show stays as it is;
 * what was typed into texts is cleaned by the tags that the field allows. `params` itself is not changed.
 */
export function withTyped(params: Params, folder: string, shelf: Shelf, typed: Typed): Params {
  const changed = structuredClone(params);
  for (const { path, field, value } of spotsOf(params, folder, shelf)) {
    const given = typed[pathName(path)];
    if (given === undefined || !['text', 'number', 'boolean', 'select'].includes(field.kind)) continue;
    // A box that is not ticked sends nothing, so each has a silent "no" before it.
    const last = typeof given === 'string' ? given : (given.at(-1) ?? '');
    const next = readTyped(field, value, last);
    if (next !== value) putAt(changed, path, field.kind === 'text' ? cleanText(String(next), field.tags) : next);
  }
  return changed;
}
