import { z } from 'zod';
import { message } from '../../lib/forms';
import { CONTRASTS, THEMES } from '../people/people.model';

/** A box that was not ticked is not sent. */
const ticked = z
  .unknown()
  .optional()
  .transform((value) => value === 'yes');

export const LookForm = z.object({
  text_size: z.enum(['0', '1', '2', '3'], message('look.size.choose')).transform(Number),
  contrast: z.enum(CONTRASTS, message('look.contrast.choose')),
  theme: z.enum(THEMES, message('look.theme.choose')),
  hears_pages: ticked,
  explains_words: ticked,
});

export const SimpleForm = z.object({
  simple: z.enum(['on', 'off'], message('errors.invalid')),
  back: z.string().max(2000).default('/'),
});
