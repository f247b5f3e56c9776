import fs from 'node:fs';
import path from 'node:path';
import { htmlLang, type Language } from '../../lib/i18n';
import { ROOT } from '../../lib/root';

export const TONGUES = ['fi', 'sv', 'en'] as const;
export type Tongue = (typeof TONGUES)[number];

/** Words that mean the same, in each tongue. */
type Group = Record<Tongue, string[]>;

interface Term extends Record<Tongue, string> {
  fi_selko_explanation: string;
}

const read = (file: string) => JSON.parse(fs.readFileSync(path.join(ROOT, 'src', 'data', file), 'utf8'));
const terms: Term[] = read('glossary.json').terms;
const groups: Group[] = [
  ...(read('synonyms.json') as Group[]),
  ...terms.map(({ fi, sv, en }) => ({ fi: alternatives(fi), sv: alternatives(sv), en: alternatives(en) })),
];

/** A term of the glossary may be several: 'course, training' or 'level / stage'. */
function alternatives(term: string): string[] {
  return term
    .split(/[,/;(]/)
    .map((word) => word.replace(')', '').trim().toLowerCase())
    .filter((word) => word !== '');
}

/** The words of a text as search reads them: small letters, letters and digits only. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Words that nobody looks for: how do I, what is. */
const ASKING = new Set(
  `miten mitä mikä kuinka missä milloin miksi haluan haluaisin voin voi voiko saan saa pitää oppia opetella käyttää tehdä on ja tai
   että en ei minun mun hur vad vilken var när varför jag vill kan får man lära mig att och eller är i på en ett för med
   how what which where when why do does i want can to learn use make is the a an and or my of in on for with`.split(
    /\s+/,
  ),
);

/** What is looked for in a typed text: at most eight words, those of asking left out unless there are no others. */
export function soughtWords(text: string): string[] {
  const all = [...new Set(wordsOf(text))].filter((word) => word.length <= 60);
  const telling = all.filter((word) => !ASKING.has(word));
  return (telling.length > 0 ? telling : all).slice(0, 8);
}

/** Two forms of one word, as far as can be told without a dictionary: alike but for the end. */
function isSameWord(typed: string, known: string): boolean {
  if (typed === known) return true;
  const least = Math.max(4, known.length - 2);
  return (
    known.length >= 5 &&
    typed.length >= least &&
    typed.length <= known.length + 5 &&
    typed.startsWith(known.slice(0, least))
  );
}

/** Other ways to say a word or the whole search, for each tongue, each as its words; without itself. */
export function otherWords(typed: string): Record<Tongue, string[][]> {
  const whole = wordsOf(typed).join(' ');
  const same = groups.filter((group) =>
    TONGUES.some((tongue) => group[tongue].some((word) => isSameWord(whole, wordsOf(word).join(' ')))),
  );
  return byTongue((tongue) =>
    [...new Set(same.flatMap((group) => group[tongue]))]
      .map(wordsOf)
      .filter((words) => words.length > 0 && words.join(' ') !== whole)
      .slice(0, MOST_OTHERS),
  );
}

const MOST_OTHERS = 6;

export const byTongue = <T>(make: (tongue: Tongue) => T) =>
  Object.fromEntries(TONGUES.map((tongue) => [tongue, make(tongue)])) as Record<Tongue, T>;

/** The glossary's word that somebody typed, with what it means in easy Finnish; undefined for readers of other languages. */
export function explained(typed: string, language: Language): { word: string; meaning: string } | undefined {
  if (htmlLang(language) !== 'fi') return undefined;
  const whole = wordsOf(typed).join(' ');
  const term = terms.find(({ fi }) => alternatives(fi).some((word) => isSameWord(whole, word)));
  return term && { word: term.fi, meaning: term.fi_selko_explanation };
}
