import fs from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { ROOT } from './root';

/** Easy Finnish is a language of its own; where it has no text, the reader gets Finnish. */
export const LANGUAGES = ['fi', 'fi-x-selko', 'sv', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Languages whose interface texts must be complete. */
export const COMPLETE_LANGUAGES = ['fi', 'sv', 'en'] as const;

/** A key of the files in src/locales. A test holds that every key that code or a view asks for exists. */
export type MessageKey = string;
export type Translate = (key: MessageKey, values?: Record<string, unknown>) => string;

const LOCALES = path.join(ROOT, 'src', 'locales');

/** All texts of a language, by key. Each feature has a file of its own. */
export function messagesOf(language: Language): Record<MessageKey, string> {
  const folder = path.join(LOCALES, language);
  if (!fs.existsSync(folder)) return {};
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.assign({}, ...files.map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))));
}

const instance = i18next.createInstance();
void instance.init({
  initAsync: false,
  lng: 'fi',
  fallbackLng: { 'fi-x-selko': ['fi'], default: [] },
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, { translation: messagesOf(language) }])),
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  returnNull: false,
});

/**
 * Gives the text of a key in a language, with `{value}` filled in; `count` chooses key_zero (when there is one), key_one or
 * key_other. An unknown key comes back as it is, so a missing text is visible and breaks nothing.
 * i18next chooses the text once for each key and plural form; filling in is done here, because a page asks for a hundred texts.
 */
export function translator(language: Language): Translate {
  const known = translators.get(language);
  if (known) return known;
  const made = makeTranslator(language);
  translators.set(language, made);
  return made;
}

const translators = new Map<Language, Translate>();
const PLACEHOLDER = /\{(\w+)\}/g;

function makeTranslator(language: Language): Translate {
  const choose = instance.getFixedT(language);
  const plurals = new Intl.PluralRules(htmlLang(language));
  const plain = new Map<MessageKey, string>();
  const counted = new Map<string, Map<MessageKey, string>>();

  const textOf = (texts: Map<MessageKey, string>, key: MessageKey, count?: number): string => {
    let text = texts.get(key);
    if (text === undefined) {
      text = choose(key, { skipInterpolation: true, ...(count !== undefined && { count }) }) as string;
      // Unknown keys may come from outside; they are not kept.
      if (text !== key) texts.set(key, text);
    }
    return text;
  };
  const form = (count: number) => {
    const name = count === 0 ? 'zero' : plurals.select(count);
    const texts = counted.get(name) ?? new Map<MessageKey, string>();
    counted.set(name, texts);
    return texts;
  };
  return (key, values) => {
    if (!values) return textOf(plain, key);
    const count = typeof values.count === 'number' ? values.count : undefined;
    const text = count === undefined ? textOf(plain, key) : textOf(form(count), key, count);
    return text.replace(PLACEHOLDER, (_, name: string) => String(values[name] ?? ''));
  };
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** The value for the html element's lang attribute. */
export function htmlLang(language: Language): string {
  return language === 'fi-x-selko' ? 'fi' : language;
}

const SISTERS: Partial<Record<Language, Language>> = { fi: 'fi-x-selko', 'fi-x-selko': 'fi' };

/** The languages in which to look for a text of content: the reader's own, easy and standard Finnish for each other, the rest. */
export function contentLanguages(language: Language): Language[] {
  return [...new Set<Language>([language, SISTERS[language] ?? language, 'fi', 'fi-x-selko', 'sv', 'en'])];
}
