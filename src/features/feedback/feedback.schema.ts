import { z } from 'zod';
import { message } from '../../lib/forms';
import { severalLines } from '../../lib/text';
import { WHAT } from './feedback.model';

/** The first press: did it help? */
export const FirstPress = z.object({
  useful: z.coerce.number(message('feedback.useful.missing')).int().min(0).max(2),
});

/** The second: what about it; words are free to leave out. A form with one tick sends a text, with several a list. */
export const SecondPress = z.object({
  what: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .catch([])
    .transform((all) => WHAT.filter((known) => all.includes(known))),
  words: z
    .string()
    .catch('')
    .transform(severalLines)
    .pipe(z.string().max(1000, message('feedback.words.long'))),
});
