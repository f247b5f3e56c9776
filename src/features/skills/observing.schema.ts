import { z } from 'zod';
import { message } from '../../lib/forms';
import { DoneOn } from './done-on';

const asList = (value: unknown) => (value === undefined ? [] : [value].flat());

/** What someone saw. `key` is made with the form, so that sending it twice records it once. */
export const ObservationForm = z.object({
  key: z.uuid(message('errors.invalid')),
  seen: z.preprocess(asList, z.array(z.string()).max(20)),
  help_level: z
    .enum(['', '0', '1', '2', '3'], message('errors.invalid'))
    .default('')
    .transform((given) => (given === '' ? null : (Number(given) as 0 | 1 | 2 | 3))),
  done_on: DoneOn,
  note: z.string().trim().max(500, message('skills.observe.note.long')).default(''),
  present: z.literal('yes', message('skills.observe.present.missing')),
});
export type ObservationForm = z.output<typeof ObservationForm>;
