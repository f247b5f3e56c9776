import { parseLibraryName } from '../h5p.libraries';
import type { Field } from '../semantics/field';

type Known = { fields: readonly Field[] } | undefined;

/**
 * Whether two versions of a library read the same fields of the same kinds. Then what was written for one is whole for the
 * other, and a program that rewrites contents has nothing to do.
 */
export function sameShape(a: Known, b: Known): boolean {
  return a !== undefined && b !== undefined && shapeOf(a.fields) === shapeOf(b.fields);
}

const shapeOf = (fields: readonly Field[]): string => fields.map(shapeOfField).sort().join(',');

function shapeOfField(field: Field): string {
  switch (field.kind) {
    case 'group':
      return `${field.name}:group${field.single ? 1 : ''}(${shapeOf(field.fields)})`;
    case 'list':
      return `${field.name}:list(${shapeOfField(field.field)})`;
    case 'select':
      return `${field.name}:select(${field.options.map(({ value }) => value).sort()})`;
    case 'library':
      return `${field.name}:library(${field.options.map((option) => parseLibraryName(option)?.machineName).sort()})`;
    case 'media':
      return `${field.name}:${field.media}`;
    case 'text':
      return `${field.name}:text(${field.tags?.toSorted() ?? ''})`;
    default:
      return `${field.name}:${field.kind}`;
  }
}
