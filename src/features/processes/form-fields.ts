import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { oneLine, severalLines } from '../../lib/text';
import { OUTPUT_LANGUAGES, type Words } from './words';

/** Made with the page: a form sent twice is done once. */
export const Key = z.uuid().catch(() => randomUUID());

/** A Finnish identity number or account number: never what a shared text needs. */
const PRIVATE = /\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b|\bFI\d{2}(?: ?\d{4}){3} ?\d{2}\b/i;
const told = (most: number) =>
  z
    .string()
    .max(most, message('processes.error.long'))
    .refine((text) => !PRIVATE.test(text), message('processes.error.private'));

export const line = (most: number, missing?: string) => {
  const text = z.string().default('').transform(oneLine);
  const long = text.pipe(told(most));
  return missing ? long.pipe(z.string().min(1, message(missing))) : long;
};

export const lines = (most: number, missing?: string) => {
  const text = z.string().default('').transform(severalLines);
  const long = text.pipe(told(most));
  return missing ? long.pipe(z.string().min(1, message(missing))) : long;
};

/** A day that must be there. */
export const SomeDay = z
  .string()
  .trim()
  .default('')
  .transform((text, context): Day => {
    const day = readDay(text);
    if (day === undefined) context.addIssue({ code: 'custom', message: 'processes.error.day' });
    return day ?? '';
  });

/** A day or nothing. */
export const MaybeDay = z
  .string()
  .trim()
  .default('')
  .transform((text, context): Day | null => {
    if (text === '') return null;
    const day = readDay(text);
    if (day === undefined) context.addIssue({ code: 'custom', message: 'processes.error.day' });
    return day ?? null;
  });

export const DayNotAhead = SomeDay.refine(
  (day) => day === '' || day <= dayOf(new Date()),
  message('processes.error.ahead'),
);

type Field = z.ZodType<string, string | undefined>;

/** The three fields of a text that has languages: name_fi, name_sv, name_en. */
export function inLanguages<const N extends string>(name: N, most: number, isLong = false) {
  const field = (isLong ? lines(most) : line(most)) as Field;
  return Object.fromEntries(OUTPUT_LANGUAGES.map((one) => [`${name}_${one}`, field])) as Record<
    `${N}_${(typeof OUTPUT_LANGUAGES)[number]}`,
    Field
  >;
}

/** The three fields as words; languages that were left empty are left out. */
export const wordsOf = (form: Record<string, unknown>, name: string): Words =>
  Object.fromEntries(OUTPUT_LANGUAGES.map((one) => [one, form[`${name}_${one}`]]).filter(([, text]) => text !== ''));

/** Words as the fields of a form. */
export const fieldsOf = (name: string, words: Words): Record<string, string> =>
  Object.fromEntries(OUTPUT_LANGUAGES.map((one) => [`${name}_${one}`, words[one] ?? '']));

/** At least one language must have it; the message stands by the Finnish field. */
export function someLanguage(name: string, missing: string) {
  return (form: Record<string, unknown>, context: z.RefinementCtx): void => {
    if (Object.keys(wordsOf(form, name)).length === 0)
      context.addIssue({ code: 'custom', path: [`${name}_fi`], message: missing });
  };
}
