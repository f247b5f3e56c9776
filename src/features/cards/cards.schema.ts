import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES } from '../../lib/i18n';
import { oneLine, severalLines } from '../../lib/text';
import { VISIBILITIES } from '../loop/kinds';
import { THEMES } from '../loop/themes';
import { type CardKindName, kindOf, POPULATION_GROUPS } from './kinds';

const line = (most: number) =>
  z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(most, message('cards.long')));
const lines = (most: number) =>
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(most, message('cards.long')));
const day = z
  .union([z.literal(''), z.iso.date(message('cards.day'))])
  .default('')
  .transform((text) => text || null);
const orNone = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal(''), schema], message('errors.invalid'))
    .default('')
    .transform((value) => value || null);

/** The form of a kind of card: its texts as `body_<field>`. */
export function cardForm(kind: CardKindName) {
  const { fields, asksGroup, day: asksDay } = kindOf(kind);
  const texts = Object.fromEntries(
    fields.map(({ key, needed }) => [
      `body_${key}`,
      needed ? lines(3000).pipe(z.string().min(1, message('cards.missing'))) : lines(3000),
    ]),
  );
  return z
    .object({
      id: z.uuid(message('errors.invalid')),
      title: line(200).pipe(z.string().min(1, message('cards.missing'))),
      theme: z.enum(THEMES, message('cards.missing')),
      language: z.enum(LANGUAGES).catch('fi'),
      population_group: asksGroup
        ? z.enum(POPULATION_GROUPS, message('cards.missing'))
        : orNone(z.enum(POPULATION_GROUPS)),
      happens_on: asksDay === 'look' ? z.iso.date(message('cards.day')) : day,
      space_id: orNone(z.uuid()),
      visibility: z.enum(VISIBILITIES, message('cards.missing')),
      ...texts,
    })
    .refine((form) => form.space_id || form.visibility === 'organisation' || form.visibility === 'public', {
      error: 'cards.needsSpace',
      path: ['space_id'],
    });
}

/** A challenge from anybody, with or without an account. `website` is for machines only: people do not see it. */
export const AnybodysForm = z.object({
  id: z.uuid(message('errors.invalid')),
  organisation: z.uuid(message('cards.missing')),
  what: lines(3000).pipe(z.string().min(1, message('cards.missing'))),
  stops: lines(3000),
  theme: z.enum(THEMES, message('cards.missing')),
  website: z.string().default(''),
});
export const StepForm = z.object({
  id: z.uuid(message('errors.invalid')),
  status: z.string().max(40),
  note: line(500),
});
export const ResponseForm = z.object({
  id: z.uuid(message('errors.invalid')),
  body: lines(2000).pipe(z.string().min(1, message('cards.missing'))),
});
export const LessonForm = z.object({ id: z.uuid(message('errors.invalid')) });
export const ReceiptForm = z.object({ code: line(60) });
