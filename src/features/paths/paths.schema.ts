import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addCalendarDays, type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { LANGUAGES, type Language } from '../../lib/i18n';
import { RELATIONS, ROLES } from '../organisations/organisations.model';
import type { PathStep, PathTexts } from './paths.model';
import type { Whom } from './rules.model';

const FARTHEST_DAYS = 5 * 366;

/** A day from today on, or none; within five years, because a later one is a slip of the finger. */
const DueDay = z
  .string()
  .trim()
  .default('')
  .transform((text, context): Day | null => {
    if (text === '') return null;
    const day = readDay(text);
    const today = dayOf(new Date());
    const fault =
      day === undefined
        ? 'paths.due.notADay'
        : day < today
          ? 'paths.due.past'
          : day > addCalendarDays(today, FARTHEST_DAYS)
            ? 'paths.due.far'
            : undefined;
    if (fault) context.addIssue({ code: 'custom', message: fault });
    return day ?? null;
  });

const Target = z.string().transform((text, context): Whom | undefined => {
  const [kind = '', ...rest] = text.split(':');
  const code = rest.join(':');
  const isId = z.uuid().safeParse(code).success;
  if (text === '') return undefined;
  if (kind === 'team' && isId) return { kind, team_id: code };
  if (kind === 'person' && isId) return { kind: 'people', people: [code] };
  if (kind === 'role' && code !== 'expert' && (ROLES as readonly string[]).includes(code)) return { kind, code };
  if (kind === 'relation' && (RELATIONS as readonly string[]).includes(code)) return { kind, code };
  if (kind === 'profile' && /^[\w.-]{1,80}$/.test(code)) return { kind, code };
  context.addIssue({ code: 'custom', ...message('paths.who.missing') });
  return z.NEVER;
});

const People = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((ids) => [...new Set([ids].flat())].filter((id) => z.uuid().safeParse(id).success).slice(0, 500));

const DueDays = z
  .string()
  .trim()
  .default('')
  .transform((text, context): number | null => {
    if (text === '') return null;
    const days = Number(text);
    if (!(Number.isInteger(days) && days >= 1 && days <= 730))
      context.addIssue({ code: 'custom', ...message('paths.dueDays.number') });
    return days;
  });

/** Whom an agreement means, by when, and whether also those who come later; `id` makes a form sent twice do it once. */
export const AssignForm = z
  .object({
    id: z.uuid().catch(() => randomUUID()),
    who: Target.optional(),
    people: People,
    username: z.string().trim().max(200).default(''),
    standing: z.literal('yes').optional().catch(undefined),
    due_on: DueDay,
    due_days: DueDays,
  })
  .refine(({ who, people, username }) => who !== undefined || people.length > 0 || username !== '', {
    path: ['who'],
    ...message('paths.who.missing'),
  })
  .refine(({ due_on, due_days }) => due_on === null || due_days === null, {
    path: ['due_days'],
    ...message('paths.dueDays.both'),
  });

const titleField = (language: Language) => `title_${language}`;

const Title = z.string().trim().max(200, message('paths.title.long')).default('');
const Summary = z.string().trim().max(1000, message('paths.summary.long')).default('');
const languageFields = Object.fromEntries(
  LANGUAGES.flatMap((language) => [
    [titleField(language), Title],
    [`summary_${language}`, Summary],
  ]),
);

const LONGEST_MONTHS = 120;
/** How long before its end a completion is asked to be renewed, where nothing else was chosen. */
export const USUAL_RENEWAL_DAYS = 60;

/** Days to renew in; an empty field means the usual. */
const RenewalDays = z
  .string()
  .trim()
  .default('')
  .transform((text, context): number => {
    const days = text === '' ? USUAL_RENEWAL_DAYS : Number(text);
    if (!(Number.isInteger(days) && days >= 1 && days <= 365))
      context.addIssue({ code: 'custom', ...message('paths.renewal.number') });
    return days;
  });

/**
 * `place_<course>` holds the course's number on a new path; an empty one is not on it, and other steps are added later. `valid_<course>` holds for how many
 * months a completion is valid; empty for good.
 */
export const PathForm = z
  .looseObject({ id: z.uuid().catch(() => randomUUID()), renewal_days: RenewalDays, ...languageFields })
  .transform((form, context): { id: string; texts: PathTexts; steps: PathStep[]; renewal_days: number } => {
    const values = form as Record<string, unknown> & { id: string; renewal_days: number };
    const texts = textsOf(values);
    if (Object.keys(texts).length === 0) fault(context, 'title_fi', 'paths.title.missing');
    const places = placesOf(values);
    if (places.some(({ place }) => !Number.isInteger(place) || place < 1 || place > 999)) {
      fault(context, 'courses', 'paths.courses.number');
    }
    if (places.some(({ months }) => months !== null && !isMonths(months)))
      fault(context, 'courses', 'paths.valid.number');
    const steps = places
      .sort((a, b) => a.place - b.place)
      .map(({ id, months }): PathStep => ({ course_id: id, valid_months: months }));
    return { id: values.id, texts, steps, renewal_days: values.renewal_days };
  });

function fault(context: z.core.$RefinementCtx, field: string, key: string): void {
  context.addIssue({ code: 'custom', path: [field], message: key });
}

function textsOf(values: Record<string, unknown>): PathTexts {
  const written = LANGUAGES.filter((language) => values[titleField(language)] !== '');
  return Object.fromEntries(
    written.map((language) => [
      language,
      { title: String(values[titleField(language)]), summary: String(values[`summary_${language}`] ?? '') },
    ]),
  );
}

const isMonths = (months: number) => Number.isInteger(months) && months >= 1 && months <= LONGEST_MONTHS;

function placesOf(values: Record<string, unknown>): { id: string; place: number; months: number | null }[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const id = /^place_([0-9a-f-]{36})$/.exec(key)?.[1];
    return id && typeof value === 'string' && value.trim() !== ''
      ? [{ id, place: Number(value), months: monthsOf(values[`valid_${id}`]) }]
      : [];
  });
}

const monthsOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : null);
