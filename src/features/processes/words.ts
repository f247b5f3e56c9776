import { htmlLang, type Language } from '../../lib/i18n';

/** A text by language. Finnish, Swedish and English; what is missing is shown in another, and marked as such. */
export type Words = Partial<Record<'fi' | 'sv' | 'en', string>>;
export const OUTPUT_LANGUAGES = ['fi', 'sv', 'en'] as const;
export type OutputLanguage = (typeof OUTPUT_LANGUAGES)[number];

export interface Said {
  text: string;
  /** The language it is in, when that is not the one asked for. */
  lang?: OutputLanguage;
}

export const outputLanguage = (language: Language | string | undefined): OutputLanguage =>
  language === 'sv' || language === 'en' ? language : 'fi';

/** The text in the language asked for, else in the first that has it. Empty when no language has. */
export function said(words: Words, language: Language): Said {
  const wanted = outputLanguage(htmlLang(language));
  if (words[wanted]) return { text: words[wanted] };
  const other = OUTPUT_LANGUAGES.find((one) => words[one]);
  return other ? { text: words[other] ?? '', lang: other } : { text: '' };
}

/** Whether Finnish and Swedish both are there. */
export const isInBoth = (words: Words): boolean => Boolean(words.fi && words.sv);
