import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, readDay } from './calendar';
import { message } from './forms';
import type { MessageKey } from './i18n';
import { oneLine, severalLines } from './text';

/** Made with the page: a form sent twice is done once. */
export const FormKey = z.uuid().catch(() => randomUUID());

const words = (clean: (text: string) => string) => (most: number, missing?: MessageKey) => {
  const long = z
    .string()
    .default('')
    .transform(clean)
    .pipe(z.string().max(most, message('errors.invalid')));
  return missing ? long.pipe(z.string().min(1, message(missing))) : long;
};
/** One line of text; `missing` is told when it is empty. */
export const lineField = words(oneLine);
export const linesField = words(severalLines);

/** A day or nothing; `wrong` is told of what is no day. */
export const dayField = (wrong: MessageKey) =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, context): Day | null => {
      if (text === '') return null;
      const day = readDay(text);
      if (day === undefined) context.addIssue({ code: 'custom', message: wrong });
      return day ?? null;
    });

/** One line for each thing, without empty and repeated ones. */
export const listField = (most: number) =>
  z
    .string()
    .default('')
    .transform((text) => [...new Set(severalLines(text).split('\n').map(oneLine).filter(Boolean))])
    .pipe(z.array(z.string().max(200, message('errors.invalid'))).max(most, message('errors.invalid')));

/** What stands in a set of boxes, also when only one is ticked. */
export const boxesField = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string().max(300)).max(60),
);
