import type { Language } from '../../../lib/i18n';
import type { Hit } from '../finding';
import { proseOf } from '../prose';
import { longParagraphs, longSentences, manyClauses } from './sentences';
import { numbers, participles, passives } from './voice';
import { abbreviations, capitals, type Explained, hardWordsIn, longWords } from './words';

/** What makes a text hard to read, each thing once for the text, in the order of a writer's work: sentences, words, the rest. */
export function hardToRead(text: string, language: Language, explained: Explained): Hit[] {
  if (!text.trim()) return [];
  const prose = proseOf(text);
  const sentences = longSentences(prose, language);
  const long = new Set(sentences.map(({ quote }) => quote));
  return [
    ...sentences,
    // One thing at a time: a long sentence is cut first.
    ...manyClauses(prose, language).filter(({ quote }) => !long.has(quote)),
    ...longParagraphs(prose, language),
    ...hardWordsIn(prose, language, explained),
    ...longWords(prose, language, explained),
    ...abbreviations(prose, language, explained),
    ...capitals(prose),
    ...passives(prose, language),
    ...participles(prose, language),
    ...numbers(prose, language),
  ];
}
