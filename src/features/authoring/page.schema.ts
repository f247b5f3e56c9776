import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';
import { PageSchema } from '../blocks/page/page';
import { BlockId, LONGEST_LINE, MOST_BLOCKS } from '../blocks/registry';

/** What the editor sends while one types. */
export const SentPage = z.object({
  version: z.int().min(1),
  language: z.enum(LANGUAGES),
  title: z.string().trim().max(LONGEST_LINE),
  doc: PageSchema,
  /** Followers that the writer read and found fitting as they are. */
  read: z.array(BlockId).max(MOST_BLOCKS).default([]),
});
export type SentPage = z.output<typeof SentPage>;

export const Presence = z.object({ language: z.enum(LANGUAGES) });
