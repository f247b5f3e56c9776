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

/** Texts without values are the same every time, and a page asks for about a hundred. */
const plain = new Map<Language, Map<MessageKey, string>>(LANGUAGES.map((language) => [language, new Map()]));

/**
 * Gives the text of a key in a language, with `{value}` filled in; `count` chooses key_one or key_other.
 * An unknown key comes back as it is, so a missing text is visible and breaks nothing.
 */
export function translator(language: Language): Translate {
  const known = plain.get(language) ?? new Map<MessageKey, string>();
  const translate = instance.getFixedT(language);
  return (key, values) => {
    if (values) return translate(key, values) as string;
    let text = known.get(key);
    if (text === undefined) {
      text = translate(key) as string;
      if (text !== key) known.set(key, text);
    }
    return text;
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
