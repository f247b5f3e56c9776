import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { htmlLang, type Language } from '../../../lib/i18n';
import { ROOT } from '../../../lib/root';
import type { Hit } from '../finding';
import type { Prose } from '../prose';

const FILE = z.object({
  words: z.record(z.string(), z.record(z.string(), z.string())),
  abbreviations: z.record(z.string(), z.record(z.string(), z.string())),
  known: z.record(z.string(), z.array(z.string())),
});
const DATA = FILE.parse(JSON.parse(fs.readFileSync(path.join(ROOT, 'src/data/plain-words.json'), 'utf8')));

/** Letters of a word without hyphens that are hard to take in at once. Finnish puts words together. */
const MOST_LETTERS: Record<Language, number> = { 'fi-x-selko': 20, fi: 26, sv: 24, en: 18 };

/** What is explained to the reader: beginnings of words, in small letters. */
export type Explained = readonly string[];

const isExplained = (word: string, explained: Explained) =>
  explained.some((stem) => word.startsWith(stem) || word.includes(`-${stem}`));

/** Long words that neither the lesson nor the list of hard words explains, each once. */
export function longWords({ sentences }: Prose, language: Language, explained: Explained): Hit[] {
  const most = MOST_LETTERS[language];
  const met = new Set<string>();
  return sentences
    .flatMap(({ words }) => words)
    .filter((word) => {
      const small = word.toLowerCase();
      const isLong = word.split('-').some((part) => part.length > most);
      if (!isLong || met.has(small) || isExplained(small, explained)) return false;
      met.add(small);
      return true;
    })
    .map((word) => ({ rule: 'longWord', quote: word, values: { word, letters: word.length } }));
}

interface Plain {
  find: RegExp;
  instead: string;
  stem: string;
}
const plainer = new Map<Language, Plain[]>();

/** `*` at the end of an entry: any ending. Between letters of another word nothing is found. */
function plainerWords(language: Language): Plain[] {
  const known = plainer.get(language);
  if (known) return known;
  const entries = Object.entries(DATA.words[htmlLang(language)] ?? {});
  const made = entries.map(([word, instead]) => {
    const stem = word.replace(/\*$/, '');
    const end = word.endsWith('*') ? '\\p{L}*' : '(?![\\p{L}-])';
    return { find: new RegExp(`(?<![\\p{L}-])${stem}${end}`, 'giu'), instead, stem };
  });
  plainer.set(language, made);
  return made;
}

/** Words of offices, with a plainer one instead. */
export function hardWordsIn({ sentences }: Prose, language: Language, explained: Explained): Hit[] {
  const text = sentences.map((sentence) => sentence.text).join('\n');
  return plainerWords(language).flatMap(({ find, instead, stem }): Hit[] => {
    const [word] = text.match(find) ?? [];
    if (!word || isExplained(stem, explained)) return [];
    return [{ rule: 'hardWord', quote: word, values: { word, instead } }];
  });
}

const ACRONYM = /(?<![\p{L}\p{N}.-])\p{Lu}{2,6}(?![\p{L}\p{N}])/gu;

/** Shortened words with what they stand for, and letters that the text does not open. */
export function abbreviations({ text, sentences }: Prose, language: Language, explained: Explained): Hit[] {
  const tongue = htmlLang(language);
  const said = sentences.map((sentence) => sentence.text).join('\n');
  const short = Object.entries(DATA.abbreviations[tongue] ?? {}).flatMap(([word, instead]): Hit[] => {
    const found = shortened(word).exec(said);
    return found ? [{ rule: 'abbreviation', quote: found[0], values: { word, instead } }] : [];
  });
  const known = new Set([...(DATA.known[tongue] ?? []), ...(DATA.known.all ?? [])]);
  const met = new Set<string>();
  const letters = [...said.matchAll(ACRONYM)].flatMap(({ 0: word, index }): Hit[] => {
    const isShouted =
      /\p{Lu}{2,}\s*$/u.test(said.slice(0, index)) || /^\s*\p{Lu}{2,}/u.test(said.slice(index + word.length));
    const isOpened = text.includes(`(${word})`) || text.includes(`${word} (`);
    if (known.has(word) || met.has(word) || isShouted || isOpened || isExplained(word.toLowerCase(), explained))
      return [];
    met.add(word);
    return [{ rule: 'abbreviation', quote: word, values: { word, instead: '' } }];
  });
  return [...short, ...letters];
}

/** A single letter is one only before a number, and small: "n. 5", not "Pekka N." */
function shortened(word: string): RegExp {
  const escaped = word.replace(/[.]/g, '\\.').replace(/ /g, '\\s?');
  const isLetter = /^\p{L}\.?$/u.test(word);
  return new RegExp(`(?<![\\p{L}.])${escaped}${isLetter ? '(?=\\s?\\d)' : '(?!\\p{L})'}`, isLetter ? 'u' : 'iu');
}

/** Three words in a row in capitals: harder to read, and spelt letter by letter by some screen readers. */
export function capitals({ sentences }: Prose): Hit[] {
  return sentences.flatMap(({ text }): Hit[] => {
    const [found] = text.match(/\p{Lu}{3,}(?:\s+\p{Lu}{2,}){2,}/u) ?? [];
    return found ? [{ rule: 'capitals', quote: found }] : [];
  });
}
