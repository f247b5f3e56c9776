import { z } from 'zod';
import { message } from '../../lib/forms';
import { COMPLETE_LANGUAGES } from '../../lib/i18n';
import { oneLine, severalLines } from '../../lib/text';

const ticked = z
  .unknown()
  .optional()
  .transform((value) => value === 'yes');

/** What a person chooses when they take a certificate or a badge. */
export const AcceptForm = z.object({
  shown_name: z
    .string(message('credentials.name.missing'))
    .transform(oneLine)
    .pipe(z.string().min(1, message('credentials.name.missing')).max(100, message('credentials.name.long'))),
  is_public: ticked,
  by_email: ticked,
  evidence: z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(1000, message('credentials.evidence.long'))),
  language: z.enum(COMPLETE_LANGUAGES).catch('fi'),
});

export const RevokeForm = z.object({
  reason: z
    .string(message('credentials.reason.missing'))
    .transform(severalLines)
    .pipe(z.string().min(3, message('credentials.reason.missing')).max(300, message('credentials.reason.long'))),
});
