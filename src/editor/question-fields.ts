export type Fields = Record<string, string | string[]>;

/** What was typed into a question's form, and the mark of the question on which it was typed. */
export interface Held {
  mark: string;
  fields: Fields;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isChoice = (field: Field) => field.type === 'radio' || field.type === 'checkbox';

/** The fields of a form, as they would be sent; a name that stands twice has its values in order. */
export function readFields(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string') continue;
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

/**
 * Writes what was typed back into a form that was made anew. Returns the texts for which it has no field any more, so that they
 * can be shown beside it.
 */
export function fillFields(form: HTMLFormElement, fields: Fields): string[] {
  const left = new Map(Object.entries(fields).map(([name, value]) => [name, [value].flat()]));
  const ticked = new Map([...left].map(([name, values]) => [name, new Set(values)]));
  for (const field of form.querySelectorAll<Field>('input:not([type=file]), textarea, select')) {
    const values = left.get(field.name);
    if (isChoice(field)) {
      (field as HTMLInputElement).checked = ticked.get(field.name)?.has(field.value) ?? false;
      left.delete(field.name);
    } else if (values && values.length > 0) field.value = values.shift() ?? '';
  }
  return [...left.values()].flat().filter((text) => text.trim() !== '');
}
