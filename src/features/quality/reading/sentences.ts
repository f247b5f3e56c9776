import type { Language } from '../../../lib/i18n';
import type { Hit } from '../finding';
import { beginningOf, type Prose } from '../prose';

/** Easy Finnish keeps to 12 words a sentence (Selkomittari); plain language to about 20, English, with its small words, to 25. */
const MOST_WORDS: Record<Language, number> = { 'fi-x-selko': 12, fi: 20, sv: 22, en: 25 };

/** The most words of a sentence in a language variant. */
export const mostWords = (language: Language): number => MOST_WORDS[language];

/** Sentences with more words than the language variant bears. */
export function longSentences({ sentences }: Prose, language: Language): Hit[] {
  const most = MOST_WORDS[language];
  return sentences
    .filter(({ words }) => words.length > most)
    .map(({ text, words }) => ({
      rule: 'longSentence',
      quote: beginningOf(text),
      values: { words: words.length, most },
    }));
}

/** A line of thought that goes on after a comma. */
const CLAUSE =
  /(?:^|[,;]\s+|\s(?:ja|tai|mutta)\s+)(?:että|koska|jos|kun|jotta|vaikka|kunnes|ennen kuin|sillä|jo(?:ka|ta|nka|ssa|sta|hon|lla|lta|lle|tka|iden|ita|issa|ista|ihin|illa|ilta|ille)|mi(?:kä|tä|nkä|ssä|stä|hin|llä|ltä|lle|nne)|missä|mistä|mihin|miten|milloin)(?=\s)/giu;

/** Easy Finnish has at most one subordinate clause in a sentence. */
export function manyClauses({ sentences }: Prose, language: Language): Hit[] {
  if (language !== 'fi-x-selko') return [];
  return sentences
    .filter(({ text }) => (text.match(CLAUSE) ?? []).length > 1 && !text.trim().endsWith('?'))
    .map(({ text }) => ({ rule: 'manyClauses', quote: beginningOf(text) }));
}

/** A thought to a line: so many sentences without a break are too many in easy Finnish, and so many words in all languages. */
const MOST_IN_LINES = 4;
const MOST_IN_PARAGRAPH = 120;

export function longParagraphs({ paragraphs, text }: Prose, language: Language): Hit[] {
  return paragraphs.flatMap((sentences) => {
    const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0);
    const first = sentences[0]?.text ?? '';
    const isUnbroken =
      language === 'fi-x-selko' && sentences.length >= MOST_IN_LINES && isOnOneLine(text, sentences[1]?.text ?? '');
    return words > MOST_IN_PARAGRAPH || isUnbroken
      ? [{ rule: 'longParagraph', quote: beginningOf(first), values: { sentences: sentences.length } } as const]
      : [];
  });
}

/** Whether a sentence goes on from the one before it on the same line. */
const isOnOneLine = (text: string, sentence: string) => {
  const at = text.indexOf(beginningOf(sentence, 2));
  return at > 0 && !/\n\s*$/.test(text.slice(0, at));
};
