import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addCalendarDays, type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { SHARES } from './talks.model';

const EARLIEST_DAYS = -60;
const FARTHEST_DAYS = 3 * 366;

/** A day near enough to be meant: two months back, as talks are written down later too, to three years on. */
const NearDay = (missing: 'needed' | 'optional') =>
  z
    .string()
    .trim()
    .default('')
    .transform((text, context): Day | null => {
      if (text === '' && missing === 'optional') return null;
      const day = text === '' ? undefined : readDay(text);
      const today = dayOf(new Date());
      const isNear =
        day !== undefined &&
        day >= addCalendarDays(today, EARLIEST_DAYS) &&
        day <= addCalendarDays(today, FARTHEST_DAYS);
      const fault = text === '' ? 'talks.day.missing' : day === undefined ? 'talks.day.none' : 'talks.day.far';
      if (!isNear) context.addIssue({ code: 'custom', message: fault });
      return day ?? null;
    });

const Words = z.string().trim().max(4000, message('talks.words.long')).default('');
const Yes = z.preprocess((value) => value === 'yes', z.boolean());
const Version = z.coerce.number(message('errors.invalid')).int().min(0).max(1_000_000).catch(0);

export const ProposalForm = z.object({
  key: z.uuid().catch(() => randomUUID()),
  /** The one whom the actor wants to talk with. */
  with: z.uuid(message('talks.with.missing')),
  planned_on: NearDay('needed'),
});

export const DayForm = z.object({ planned_on: NearDay('needed') });

export const PreparationForm = z.object({
  well: Words,
  learn: Words,
  other: Words,
  is_shown: Yes,
  is_kept: Yes,
  version: Version,
});
export type PreparationForm = z.output<typeof PreparationForm>;

export const SharingForm = z.object({
  shared: z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.enum(SHARES, message('errors.invalid'))).max(SHARES.length),
  ),
});

const emptyAsNull = (value: unknown) => (value === '' || value === undefined ? null : value);

export const GoalForm = z
  .object({
    key: z.uuid().catch(() => randomUUID()),
    competence: z.preprocess(emptyAsNull, z.string().max(40).nullable()),
    level: z.preprocess(emptyAsNull, z.coerce.number().int().min(1).max(8).nullable()),
    words: z.string().trim().max(300, message('talks.goal.long')).default(''),
  })
  .refine(({ competence, words }) => competence !== null || words !== '', {
    path: ['words'],
    ...message('talks.goal.missing'),
  });
export type GoalForm = z.output<typeof GoalForm>;

export const AgreementForm = z.object({
  agreement: Words,
  next_on: NearDay('optional'),
  text_version: Version,
});
export type AgreementForm = z.output<typeof AgreementForm>;

export const ConfirmationForm = z.object({ version: Version });
export const SupervisorForm = z.object({ supervisor: z.uuid(message('talks.with.missing')) });
