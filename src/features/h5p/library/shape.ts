import { parseLibraryName } from '../h5p.libraries';
import type { Field } from '../semantics/field';

type Known = { fields: readonly Field[] } | undefined;

/**
 * Whether a newer version of a library asks for every field of the older one in the same place and of the same kind. Then it
 * reads what was written for the older; what it asks for besides gets its usual value.
 */
export function readsAllOf(older: Known, newer: Known): boolean {
  return older !== undefined && newer !== undefined && hasFields(older.fields, newer.fields);
}

const hasFields = (older: readonly Field[], newer: readonly Field[]): boolean =>
  older.every((field) => {
    const now = newer.find(({ name }) => name === field.name);
    return now !== undefined && hasField(field, now);
  });

function hasField(older: Field, newer: Field): boolean {
  switch (older.kind) {
    case 'group':
      return newer.kind === 'group' && newer.single === older.single && hasFields(older.fields, newer.fields);
    case 'list':
      return newer.kind === 'list' && hasField(older.field, newer.field);
    case 'select':
      return newer.kind === 'select' && hasAll(valuesOf(older), valuesOf(newer));
    case 'library':
      return newer.kind === 'library' && hasAll(namesIn(older.options), namesIn(newer.options));
    case 'media':
      return newer.kind === 'media' && newer.media === older.media;
    case 'text':
      return newer.kind === 'text' && (newer.tags === undefined) === (older.tags === undefined);
    default:
      return newer.kind === older.kind;
  }
}

const valuesOf = (field: Extract<Field, { kind: 'select' }>) => field.options.map(({ value }) => value);
const namesIn = (options: readonly string[]) => options.map((option) => parseLibraryName(option)?.machineName);
const hasAll = (some: readonly unknown[], all: readonly unknown[]) => some.every((one) => all.includes(one));
