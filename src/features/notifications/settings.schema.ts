import { z } from 'zod';
import { message } from '../../lib/forms';
import { WAYS } from './groups';

/** After how many days without learning a reminder may come. */
export const UNFINISHED_DAYS = [3, 7, 14, 30] as const;
export const RHYTHMS = ['at_once', 'day', 'week'] as const;

const whole = (least: number, most: number) => z.coerce.number(message('errors.invalid')).int().min(least).max(most);
const Minutes = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, message('errors.invalid'))
  .transform((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))
  .nullable()
  .or(z.literal('').transform(() => null))
  .default(null);
const Days = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(whole(1, 7)).max(7),
);

const OneWay = z.enum(WAYS, message('errors.invalid'));

/** The whole choice at once. Quiet hours need both ends and a day; without days none are quiet. */
export const SettingsForm = z
  .object({
    learning: OneWay,
    talks: OneWay,
    skills: OneWay,
    asked: OneWay,
    reminders: OneWay,
    security: OneWay,
    rhythm: z.enum(RHYTHMS, message('errors.invalid')),
    hour: whole(0, 23),
    weekday: whole(1, 7),
    quiet_from: Minutes,
    quiet_to: Minutes,
    quiet_days: Days,
    unfinished_days: z
      .literal('')
      .transform(() => null)
      .or(z.coerce.number().refine((days) => UNFINISHED_DAYS.some((one) => one === days), message('errors.invalid'))),
  })
  .refine(({ quiet_from, quiet_to }) => (quiet_from === null) === (quiet_to === null), {
    path: ['quiet_to'],
    error: 'notifications.settings.quietBoth',
  })
  .refine(({ quiet_from, quiet_to }) => quiet_from === null || quiet_from !== quiet_to, {
    path: ['quiet_to'],
    error: 'notifications.settings.quietSame',
  });
