import type { Day } from '../../lib/calendar';
import { COMPLETE_LANGUAGES, type Language } from '../../lib/i18n';

/** A text in the languages that it has. */
export type InLanguages = Partial<Record<Language, string>>;

export interface FrozenSkill {
  code: string;
  level: number | null;
  names: InLanguages;
}

/** Minutes and times of one kind of task, of a certificate of work. */
export interface WorkSum {
  kind: string;
  minutes: number;
  times: number;
}

/** What is said on a certificate or a badge, as it was when it was offered: later changes of courses and names do not reach it. */
export interface CredentialContent {
  titles: InLanguages;
  /** Name of the organisation. */
  issuer: string;
  skills: FrozenSkill[];
  /** The day of the finish. */
  finished_on?: Day;
  /** As estimated for the course or the courses of a path. */
  minutes?: number;
  lessons?: number;
  /** Names of the courses of a path. */
  parts?: InLanguages[];
  /** Of a badge. */
  criteria?: InLanguages;
  picture_words?: InLanguages;
  template?: string;
  /** Of a certificate of work. */
  work?: { from: Day; to: Day; sums: WorkSum[]; topics: string[]; signer: string; signer_role: string };
}

/** The text in a language, else in the nearest one that it has. */
export function inLanguage(texts: InLanguages | undefined, language: Language): string {
  if (!texts) return '';
  const order: Language[] = [language, ...(language === 'fi-x-selko' ? ['fi' as const] : []), ...COMPLETE_LANGUAGES];
  for (const one of order) if (texts[one]) return texts[one];
  return Object.values(texts).find((text) => text) ?? '';
}

/** For the law and for screens: the language of the text that inLanguage gives. */
export function languageOf(texts: InLanguages | undefined, language: Language): Language {
  const words = inLanguage(texts, language);
  return (Object.entries(texts ?? {}).find(([, text]) => text === words)?.[0] as Language | undefined) ?? language;
}

/** Whole hours and halves: "2,5" of 160 minutes; at least a half. Time was estimated, so no more is told. */
export const hoursOf = (minutes: number): number => Math.max(0.5, Math.round(minutes / 30) / 2);
