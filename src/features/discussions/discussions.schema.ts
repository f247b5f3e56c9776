import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';
import { severalLines } from '../../lib/text';
import { SIGNED } from './discussions.model';

/** The longest message, in letters. */
const LONGEST = 4000;

const Body = z
  .string(message('discussions.body.missing'))
  .transform(severalLines)
  .pipe(z.string().min(1, message('discussions.body.missing')).max(LONGEST, message('discussions.body.long')));

/** `id` is made with the form, so that the same one sent twice says it once. */
export const MessageForm = z.object({
  id: z.uuid().catch(() => randomUUID()),
  body: Body,
  signed: z.enum(SIGNED).catch('first'),
  reply_to: z.uuid().nullable().catch(null),
});
export const ChangeForm = z.object({ body: Body });
export const FollowForm = z.object({ follow: z.enum(['yes', 'no'], message('errors.invalid')) });
