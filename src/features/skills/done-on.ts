import { z } from 'zod';
import { dayOf, noonOf, readDay } from '../../lib/calendar';
import { addDays } from '../../lib/dates';
import { message } from '../../lib/forms';

const OLDEST_DAYS = 365;

/** When the work was done: a day that has begun, not more than a year ago. The moment is noon, or now when that is earlier. */
export const DoneOn = z.string(message('skills.observe.day.missing')).transform((text, context) => {
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
