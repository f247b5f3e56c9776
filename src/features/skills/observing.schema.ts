import { z } from 'zod';
import { dayOf, noonOf, readDay } from '../../lib/calendar';
import { addDays } from '../../lib/dates';
import { message } from '../../lib/forms';

const OLDEST_DAYS = 365;

const asList = (value: unknown) => (value === undefined ? [] : [value].flat());

/** When the work was done: a day that has begun, not more than a year ago. The moment is noon, or now when that is earlier. */
const DoneOn = z.string(message('skills.observe.day.missing')).transform((text, context) => {
  const day = readDay(text);
  const fault = (key: string) => {
    context.addIssue({ code: 'custom', message: key });
    return z.NEVER;
  };
  if (!day) return fault('skills.observe.day.missing');
  if (day > dayOf(new Date())) return fault('skills.observe.day.future');
  if (day < dayOf(addDays(new Date(), -OLDEST_DAYS))) return fault('skills.observe.day.old');
  return new Date(Math.min(noonOf(day).getTime(), Date.now()));
});

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
