import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../../lib/forms';
import { LANGUAGES } from '../../../lib/i18n';
import { severalLines } from '../../../lib/text';

const LONGEST = 2000;
/** The longest passage that is quoted. */
export const LONGEST_QUOTE = 600;

const Body = z
  .string(message('together.comment.missing'))
  .transform(severalLines)
  .pipe(z.string().min(1, message('together.comment.missing')).max(LONGEST, message('authoring.note.long')));

/** `id` is made with the form, so that the same one sent twice says it once. */
const id = z.uuid().catch(() => randomUUID());

/** `passage`: where it begins and its words ("12|The words"); empty for the whole piece. `words` were pasted instead. */
export const CommentForm = z.object({
  id,
  piece: z.string().max(100).catch(''),
  language: z.enum(LANGUAGES).catch('fi'),
  passage: z
    .string()
    .max(LONGEST_QUOTE + 10)
    .catch(''),
  words: z.string().trim().max(LONGEST_QUOTE, message('together.comment.longQuote')).default(''),
  body: Body,
});

export const ReplyForm = z.object({ id, body: Body });
export const SettleForm = z.object({ resolved: z.enum(['yes', 'no'], message('errors.invalid')) });
