import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../../lib/forms';
import { LANGUAGES } from '../../../lib/i18n';
import { severalLines } from '../../../lib/text';
import { WHYS } from './testing.model';

const LONGEST = 1000;
const Words = z
  .string()
  .transform(severalLines)
  .pipe(z.string().max(LONGEST, message('together.testing.long')))
  .default('');

export const InviteForm = z.object({
  id: z.uuid().catch(() => randomUUID()),
  language: z.enum(LANGUAGES).catch('fi'),
  person: z
    .union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(20)], message('together.testing.nobody'))
    .refine((people) => people.length > 0, message('together.testing.nobody')),
});

export const AnswerForm = z.object({ answer: z.enum(['yes', 'no'], message('errors.invalid')) });

/** `id` is made with the page, so that a press sent twice marks one place. Words of one's own need no press besides. */
export const MarkForm = z
  .object({
    id: z.uuid().catch(() => randomUUID()),
    piece: z.string().max(100).catch(''),
    why: z.enum(WHYS).optional().catch(undefined),
    words: Words,
  })
  .refine((form) => (form.why !== undefined && form.why !== 'other') || form.words !== '', {
    error: 'together.testing.why.missing',
    path: ['words'],
  });

export const EndForm = z.object({ how: z.enum(['finished', 'stopped'], message('errors.invalid')), words: Words });
