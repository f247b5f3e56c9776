import { type Language, translator } from '../../lib/i18n';
import { contentFaultsOf } from '../quizzes/question-types/check';
import { type ContentTypeName, typeOf } from '../quizzes/question-types/registry';
import { mapWords, type Words } from '../quizzes/question-types/words';
import { EXCHANGE_LANGUAGES, type ExchangeLanguage, type ExchangeQuestion } from './exchange.schema';

export const ours = (language: ExchangeLanguage): Language => (language === 'fi_selko' ? 'fi-x-selko' : language);
export const theirs = (language: Language): ExchangeLanguage => (language === 'fi-x-selko' ? 'fi_selko' : language);

/** The content of a question as its tables hold it, from the exchange format. */
export function contentFrom(value: unknown): object {
  return renamed(value) as object;
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const isText = entries.every(([key]) => (EXCHANGE_LANGUAGES as readonly string[]).includes(key));
  return Object.fromEntries(
    entries.map(([key, item]) => (isText ? [ours(key as ExchangeLanguage), item] : [key, renamed(item)])),
  );
}

/** The same back to the exchange format; languages without a text are left out. */
export function contentTo(content: object): Record<string, unknown> {
  return mapWords(content, (text: Words) =>
    Object.fromEntries(
      Object.entries(text)
        .filter(([, written]) => written !== '')
        .map(([language, written]) => [theirs(language as Language), written]),
    ),
  ) as Record<string, unknown>;
}

/** What to mend in the content of a question, in English sentences with the place first, as in other files of faults. */
export function contentFaults({ content, prompt }: ExchangeQuestion, type: ContentTypeName): string[] {
  if (!content) return ['content is missing'];
  const read = typeOf(type).content.safeParse(contentFrom(content), { reportInput: true });
  if (!read.success) {
    return read.error.issues.map(({ path, message }) => `content ${path.join(' ')}: ${message}`);
  }
  const say = translator('en');
  const languages = (Object.keys(prompt) as ExchangeLanguage[]).map(ours);
  return contentFaultsOf(type, read.data, languages).map(({ path, key }) => `content ${path}: ${say(key)}`);
}
