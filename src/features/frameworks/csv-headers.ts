import type { Language } from '../../lib/i18n';
import type { ItemKind } from './reading';

export type Column =
  | { field: 'code' | 'parent' | 'kind' | 'level' | 'starter' }
  | { field: 'name' | 'about'; language: Language };

/** What a column may be called, in the languages of those who make the file. */
const WORDS: Record<'code' | 'parent' | 'kind' | 'level' | 'starter', readonly string[]> = {
  code: ['koodi', 'tunnus', 'kod', 'code', 'id'],
  parent: ['yläkoodi', 'ylätaso', 'yläkohta', 'överkod', 'överordnad', 'parent', 'parent code'],
  kind: ['laji', 'tyyppi', 'slag', 'typ', 'kind', 'type'],
  level: ['taso', 'nivå', 'level'],
  starter: ['aloitustaito', 'aloitus', 'startfärdighet', 'starter', 'start'],
};
const NAMES: Record<string, Language> = {
  nimi: 'fi',
  otsikko: 'fi',
  taito: 'fi',
  namn: 'sv',
  titel: 'sv',
  name: 'en',
  title: 'en',
};
const ABOUTS: Record<string, Language> = {
  kuvaus: 'fi',
  selite: 'fi',
  beskrivning: 'sv',
  description: 'en',
  about: 'en',
};
const LANGUAGES: Record<string, Language> = {
  ...{ fi: 'fi', suomi: 'fi', finska: 'fi', finnish: 'fi', sv: 'sv', ruotsi: 'sv', svenska: 'sv', swedish: 'sv' },
  ...{ en: 'en', englanti: 'en', engelska: 'en', english: 'en' },
  ...{
    selko: 'fi-x-selko',
    selkosuomi: 'fi-x-selko',
    'lätt finska': 'fi-x-selko',
    'easy finnish': 'fi-x-selko',
    'fi-x-selko': 'fi-x-selko',
  },
};

const KINDS: Record<string, ItemKind> = {
  ...{ alue: 'area', 'osa-alue': 'area', område: 'area', area: 'area' },
  ...{
    taito: 'competence',
    osaaminen: 'competence',
    färdighet: 'competence',
    kompetens: 'competence',
    skill: 'competence',
    competence: 'competence',
  },
  ...{
    osaan: 'can_do',
    'osaan-lause': 'can_do',
    'jag kan': 'can_do',
    'kan-mening': 'can_do',
    'can do': 'can_do',
    'can-do': 'can_do',
    can_do: 'can_do',
  },
};

const plain = (text: string) => text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');

/** "Nimi (sv)", "nimi_sv", "Nimi sv" and "nimi" are names; undefined for a column that is not known. */
export function readHeader(text: string): Column | undefined {
  const header = plain(text).replaceAll('_', ' ');
  for (const [field, words] of Object.entries(WORDS)) if (words.includes(header)) return { field: field as 'code' };
  const [, word = '', rest = ''] = /^(\S+) ?(.*)$/u.exec(header) ?? [];
  const asked = rest
    .replace(/^[(:,-]\s*/, '')
    .replace(/\)$/, '')
    .trim();
  const language = asked === '' ? undefined : LANGUAGES[asked];
  if (asked !== '' && language === undefined) return undefined;
  const name = Object.hasOwn(NAMES, word) ? NAMES[word] : undefined;
  if (name) return { field: 'name', language: language ?? name };
  const about = Object.hasOwn(ABOUTS, word) ? ABOUTS[word] : undefined;
  return about && { field: 'about', language: language ?? about };
}

/** The kind that a cell names in any of the languages; undefined for an unknown word. */
export function readKind(text: string): ItemKind | undefined {
  const word = plain(text);
  return Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
}

const YES = new Set(['x', '1', 'kyllä', 'ja', 'yes', 'true']);
export const readYes = (text: string): boolean => YES.has(plain(text));
