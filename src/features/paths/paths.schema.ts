import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { addCalendarDays, type Day, dayOf, readDay } from '../../lib/calendar';
import { message } from '../../lib/forms';
import { LANGUAGES, type Language } from '../../lib/i18n';
import type { PathTexts } from './paths.model';

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

const Target = z.union([
  z
    .string()
    .regex(/^team:[0-9a-f-]{36}$/)
    .transform((text) => ({ team_id: text.slice(5) })),
  z
    .string()
    .regex(/^person:[0-9a-f-]{36}$/)
    .transform((text) => ({ person_id: text.slice(7) })),
]);

export const AssignForm = z
  .object({
    who: z.union([z.literal('').transform(() => undefined), Target], message('paths.who.missing')).optional(),
    username: z.string().trim().max(200).default(''),
    due_on: DueDay,
  })
  .refine(({ who, username }) => who !== undefined || username !== '', {
    path: ['who'],
    ...message('paths.who.missing'),
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

/** `place_<course>` holds the course's number on the path; an empty one is not on it. */
export const PathForm = z
  .looseObject({ id: z.uuid().catch(() => randomUUID()), ...languageFields })
  .transform((form, context): { id: string; texts: PathTexts; courseIds: string[] } => {
    const values = form as Record<string, unknown> & { id: string };
    const texts = textsOf(values);
    if (Object.keys(texts).length === 0) fault(context, 'title_fi', 'paths.title.missing');
    const places = placesOf(values);
    if (places.length === 0) fault(context, 'courses', 'paths.courses.missing');
    if (places.some(({ place }) => !Number.isInteger(place) || place < 1 || place > 999)) {
      fault(context, 'courses', 'paths.courses.number');
    }
    return { id: values.id, texts, courseIds: places.sort((a, b) => a.place - b.place).map(({ id }) => id) };
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

function placesOf(values: Record<string, unknown>): { id: string; place: number }[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const id = /^place_([0-9a-f-]{36})$/.exec(key)?.[1];
    return id && typeof value === 'string' && value.trim() !== '' ? [{ id, place: Number(value) }] : [];
  });
}
