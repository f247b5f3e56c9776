import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';

/** Longest times a reader may ask for, in minutes. */
export const TIMES = [15, 30, 60] as const;
export const KINDS = ['course', 'lesson', 'practice', 'path'] as const;
export type Kind = (typeof KINDS)[number];
/** From the basic level to the highest: two levels of the framework each. */
export const BANDS = [1, 2, 3, 4] as const;

const oneOf = (values: readonly number[]) =>
  z.coerce
    .number()
    .refine((value) => values.includes(value))
    .optional()
    .catch(undefined);

/** What the catalogue is asked for; anything else in the address is as if it were not there. */
export const CatalogueQuery = z.object({
  q: z.string().trim().max(200).catch(''),
  kind: z.enum(KINDS).optional().catch(undefined),
  lang: z.enum(LANGUAGES).optional().catch(undefined),
  time: oneOf(TIMES),
  level: oneOf(BANDS),
  skill: z
    .string()
    .regex(/^[\w.-]{1,40}$/)
    .optional()
    .catch(undefined),
  left: z.literal('yes').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export type CatalogueQuery = z.output<typeof CatalogueQuery>;
export const FILTERS = ['kind', 'lang', 'time', 'level', 'skill', 'left'] as const;
export type Filter = (typeof FILTERS)[number];

/** Somebody looks for something, so what they have under way and kept does not stand before it. */
export const isFiltered = (query: CatalogueQuery) =>
  query.q !== '' || FILTERS.some((filter) => query[filter] !== undefined);
