import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';
import { severalLines } from '../../lib/text';

const LONGEST = 2000;

/** `request` names the request, so that the same form sent twice asks once. */
export const AskForm = z.object({
  message: z
    .string(message('support.message.missing'))
    .trim()
    .min(1, message('support.message.missing'))
    .max(LONGEST, message('support.message.long')),
  lesson: z.uuid().optional().catch(undefined),
  request: z.uuid().catch(() => randomUUID()),
});

/** A page of learning, where somebody may be when they ask: kept as where to look, and opened by whoever answers. */
export const Place = z
  .string()
  .max(300)
  .regex(/^\/(learn|paths|skills\/practice)(\/[\w.~%-]+)*$/)
  .catch('');

/** `to` is empty for the supervisors of one's teams. */
export const ToWhom = z.object({ to: z.uuid().nullable().catch(null), place: Place });

export const ReplyForm = z.object({
  id: z.uuid().catch(() => randomUUID()),
  body: z
    .string(message('support.reply.missing'))
    .trim()
    .min(1, message('support.reply.missing'))
    .max(LONGEST, message('support.message.long')),
});

/** A form with one tick sends a text, with several a list. */
export const OfferForm = z.object({
  codes: z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]),
  words: z
    .string()
    .catch('')
    .transform(severalLines)
    .pipe(z.string().max(300, message('support.offer.words.long'))),
});
