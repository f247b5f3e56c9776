import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addCalendarDays, type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import type { PlanLine } from './plans.model';

const FARTHEST_DAYS = 3 * 366;

/** A day from today on, or none. */
const OpenDay = z
  .string()
  .trim()
  .default('')
  .transform((text, context): Day | null => {
    if (text === '') return null;
    const day = readDay(text);
    const today = dayOf(new Date());
    const fault = !day
      ? 'plans.day.none'
      : day < today
        ? 'plans.day.past'
        : day > addCalendarDays(today, FARTHEST_DAYS)
          ? 'plans.day.far'
          : undefined;
    if (fault) context.addIssue({ code: 'custom', ...message(fault) });
    return day ?? null;
  });

export const WordsForm = z.object({
  words: z.string().trim().max(5000, message('plans.words.long')).default(''),
  ends_on: OpenDay,
  text_version: z.coerce.number(message('errors.invalid')).int(message('errors.invalid')).catch(0),
});

/** `what`: goal, own, course:<id> or path:<id>. */
export const LineForm = z
  .object({
    id: z.uuid().catch(() => randomUUID()),
    what: z
      .string()
      .regex(/^(goal|own|(course|path):[0-9a-f-]{36})$/, message('plans.line.missing'))
      .default('own'),
    competence_code: z.string().trim().max(50).default(''),
    level: z.coerce.number(message('errors.invalid')).int().min(1).max(8).optional().catch(undefined),
    line_words: z.string().trim().max(1000, message('plans.line.long')).default(''),
    by_day: OpenDay,
  })
  .transform(({ id, what, competence_code, level, line_words, by_day }, context): PlanLine => {
    const [kind = 'own', thing = null] = what.split(':') as [PlanLine['kind'], string?];
    const code = kind === 'goal' && competence_code !== '' ? competence_code : null;
    if ((kind === 'own' || kind === 'goal') && !code && line_words === '')
      context.addIssue({ code: 'custom', path: ['line_words'], ...message('plans.line.empty') });
    return {
      ...{ id, kind, words: line_words, by_day, competence_code: code, level: code ? (level ?? null) : null },
      course_id: kind === 'course' ? (thing ?? null) : null,
      path_id: kind === 'path' ? (thing ?? null) : null,
    };
  });

export const ProposeForm = z.object({ supervisor: z.uuid(message('plans.supervisor.missing')) });
export const ReturnForm = z.object({
  returned_words: z
    .string(message('plans.return.missing'))
    .trim()
    .min(1, message('plans.return.missing'))
    .max(2000, message('plans.return.long')),
});
