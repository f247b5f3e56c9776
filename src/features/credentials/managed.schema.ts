import { z } from 'zod';
import { message } from '../../lib/forms';
import { COMPLETE_LANGUAGES, type Language } from '../../lib/i18n';
import { oneLine, severalLines } from '../../lib/text';
import { type AchievementText, TEMPLATES } from './achievements.model';

const words = (most: number) =>
  z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(most, message('credentials.managed.long')));
const lines = (most: number) =>
  z
    .string()
    .default('')
    .transform(severalLines)
    .pipe(z.string().max(most, message('credentials.managed.long')));

const inEach = <T extends z.ZodType>(field: string, schema: T) =>
  Object.fromEntries(COMPLETE_LANGUAGES.map((language) => [`${field}_${language}`, schema])) as Record<string, T>;

/** A badge as an administrator writes it: Finnish whole, Swedish and English each whole or left out. */
export const AchievementForm = z
  .object({
    id: z.uuid(message('errors.invalid')),
    ...inEach('name', words(100)),
    ...inEach('criteria', lines(1000)),
    ...inEach('words', words(200)),
    template: z.enum(TEMPLATES, message('credentials.managed.template.missing')),
    given_for: z
      .string()
      .regex(/^$|^(course|path):[0-9a-f-]{36}$/, message('errors.invalid'))
      .default(''),
    valid_months: z
      .union([z.literal(''), z.coerce.number().int().min(1).max(120)], message('credentials.managed.months.wrong'))
      .default('')
      .transform((months) => (months === '' ? null : months)),
    competences: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .transform((given) => [given ?? []].flat().slice(0, 12)),
    level: z
      .union([z.literal(''), z.coerce.number().int().min(1).max(8)], message('errors.invalid'))
      .default('')
      .transform((level) => (level === '' ? null : level)),
  })
  .check((context) => {
    const form = context.value as Record<string, unknown>;
    for (const language of COMPLETE_LANGUAGES) {
      const fields = ['name', 'criteria', 'words'].map((field) => `${field}_${language}`);
      const isBegun = language === 'fi' || fields.some((field) => form[field] !== '');
      if (!isBegun) continue;
      for (const field of fields)
        if (form[field] === '')
          context.issues.push({ code: 'custom', message: 'credentials.managed.missing', path: [field], input: form });
    }
  })
  .transform((form) => ({ ...form, texts: textsOf(form as unknown as Record<string, string>) }));
export type AchievementForm = z.output<typeof AchievementForm>;

function textsOf(form: Record<string, string>): Partial<Record<Language, AchievementText>> {
  const whole = COMPLETE_LANGUAGES.filter((language) => form[`name_${language}`]);
  const text = (language: Language) => ({
    name: form[`name_${language}`] ?? '',
    criteria: form[`criteria_${language}`] ?? '',
    words: form[`words_${language}`] ?? '',
  });
  return Object.fromEntries(whole.map((language) => [language, text(language)]));
}

export const GiveForm = z.object({
  key: z.uuid(message('errors.invalid')),
  person: z
    .string(message('credentials.give.person.missing'))
    .trim()
    .min(1, message('credentials.give.person.missing'))
    .max(200, message('credentials.give.person.unknown')),
  reason: z
    .string(message('credentials.reason.missing'))
    .transform(severalLines)
    .pipe(z.string().min(3, message('credentials.reason.missing')).max(500, message('credentials.give.reason.long'))),
});
