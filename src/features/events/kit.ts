import type { Language } from '../../lib/i18n';
import kit from './kit.json';

/** A way of working together: what it is for, its steps with minutes; they become the agenda of an event. */
export interface Method {
  key: string;
  kinds: string[];
  name: Record<'fi' | 'sv' | 'en', string>;
  about: Record<'fi' | 'sv' | 'en', string>;
  steps: { minutes: number; fi: string; sv: string; en: string }[];
}

/** Methods and agendas that come with the product. */
export const METHODS: readonly Method[] = kit;
export const methodOf = (key: string): Method | undefined => METHODS.find((one) => one.key === key);

/** The language in which the kit is written for a reader. */
export const kitLanguage = (language: Language): 'fi' | 'sv' | 'en' =>
  language === 'sv' || language === 'en' ? language : 'fi';
