import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';
import { PageSchema } from '../blocks/page/page';
import { BlockId, LONGEST_LINE, LONGEST_TEXT, MOST_BLOCKS } from '../blocks/registry';

/** What the editor sends while one types. */
export const SentPage = z.object({
  version: z.int().min(1),
  language: z.enum(LANGUAGES),
  title: z.string().trim().max(LONGEST_LINE),
  doc: PageSchema,
  /** Followers that the writer read and found fitting as they are. */
  read: z.array(BlockId).max(MOST_BLOCKS).default([]),
  /** Fields of questions that were written where they stand, named as in the form of the draft. */
  fields: z
    .record(
      z.string().regex(/^q_[\w-]{1,190}$/),
      z.union([z.string().max(LONGEST_TEXT), z.array(z.string().max(LONGEST_LINE)).max(100)]),
    )
    .default({}),
  /** A press in the form of a question: a row more, a row less, another type. */
  press: z
    .string()
    .regex(/^(add-option|add-row|remove-row|up-row|down-row|type-question):[\w:/-]{1,200}$/)
    .optional(),
});
export type SentPage = z.output<typeof SentPage>;

export const Presence = z.object({ language: z.enum(LANGUAGES) });
