import { z } from 'zod';
import { LANGUAGES, type Language } from '../../../lib/i18n';

/** A text of a question by language. In a question's content every object whose keys are all languages is such a text. */
export type Words = Partial<Record<Language, string>>;

/** The content of a question as it is in one language: each text of several languages is one string. */
export type Told<C> = C extends string | number | boolean | null | undefined
  ? C
  : C extends readonly (infer I)[]
    ? Told<I>[]
    : [keyof C] extends [never]
      ? C
      : [keyof C] extends [Language]
        ? string
        : { [K in keyof C]: Told<C[K]> };

/** A text of at most so many characters in each language. */
export const words = (longest: number) => z.partialRecord(z.enum(LANGUAGES), z.string().max(longest));

/** What tells a thing of a question from the others of it; answers keep it. */
export const Key = z.string().regex(/^[a-z0-9]{1,12}$/);

/** True for a text of several languages, an empty one too. */
export function isWords(value: unknown): value is Words {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([key, text]) => (LANGUAGES as readonly string[]).includes(key) && typeof text === 'string',
    )
  );
}

/** A copy of the content with `change` done to each of its texts; `path` is the way there, such as `pairs.a.left`. */
export function mapWords(
  value: unknown,
  change: (text: Words, path: readonly string[]) => unknown,
  path: readonly string[] = [],
): unknown {
  if (isWords(value)) return change(value, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => mapWords(item, change, [...path, String(item?.key ?? index)]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapWords(item, change, [...path, name])]),
  );
}

/** The content in the first of these languages that each text has; an empty string where it has none of them. */
export function tell<C>(content: C, languages: readonly Language[]): Told<C> {
  const best = (text: Words) => text[languages.find((language) => text[language]?.trim()) as Language] ?? '';
  return mapWords(content, best) as Told<C>;
}

/** A text in every language that it has, as lines that are not empty: accepted answers stand one on a line. */
export function linesOf(text: Words | undefined): string[] {
  return Object.values(text ?? {}).flatMap(linesIn);
}

export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
