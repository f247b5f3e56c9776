import { z } from 'zod';
import { message } from '../../lib/forms';
import { LANGUAGES, type Language } from '../../lib/i18n';
import { oneLine } from '../../lib/text';
import { FILE_KINDS } from '../files/files.model';

/** Under what a file may be shown. `own`: made here; `permission`: its maker said yes. */
export const LICENCES = ['own', 'permission', 'cc0', 'cc-by', 'cc-by-sa', 'cc-by-nc', 'cc-by-nd', 'other'] as const;

export const LACKING = ['alt', 'captions', 'licence'] as const;

const one = z.string().transform(oneLine);

/** What is looked for; an odd value counts as none. */
export const LibraryQuery = z.object({
  q: one.transform((text) => text.slice(0, 100)).catch(''),
  kind: z.enum(FILE_KINDS).optional().catch(undefined),
  licence: z.enum(LICENCES).optional().catch(undefined),
  lacks: z.enum(LACKING).optional().catch(undefined),
  bin: z.literal('yes').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type LibraryQuery = z.output<typeof LibraryQuery>;

const words = (longest: number) => one.pipe(z.string().max(longest, message('media.long')));
const altFields = Object.fromEntries(
  LANGUAGES.map((language) => [`alt_${language}`, words(300).optional()] as const),
) as Record<`alt_${Language}`, z.ZodOptional<ReturnType<typeof words>>>;

export const DetailsForm = z.object({
  name: words(200).pipe(z.string().min(1, message('media.name.missing'))),
  decoration: z.literal('yes').optional().catch(undefined),
  licence: z.enum(['', ...LICENCES]).catch(''),
  author: words(200),
  source: words(500),
  ...altFields,
});
export type DetailsForm = z.output<typeof DetailsForm>;
