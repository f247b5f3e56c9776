import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';

/** Longest times a reader may ask for, in minutes. */
export const TIMES = [15, 30, 60] as const;

/** What the catalogue is asked for; anything else in the address is as if it were not there. */
export const CatalogueQuery = z.object({
  q: z.string().trim().max(200).catch(''),
  lang: z.enum(LANGUAGES).optional().catch(undefined),
  time: z.coerce
    .number()
    .refine((minutes) => TIMES.some((time) => time === minutes))
    .optional()
    .catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export type CatalogueQuery = z.output<typeof CatalogueQuery>;
