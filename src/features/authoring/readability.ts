/** How hard a text is to read, in what a writer can act on. */
export interface Readability {
  /** Words in the longest sentence. */
  longest: number;
  /** The beginning of that sentence, when it is longer than the language variant allows. */
  tooLong: string | undefined;
}

/** Easy Finnish keeps to 12 words a sentence (domain guide: Selkomittari); plain language to about 20. */
const MOST_WORDS = { 'fi-x-selko': 12 } as Record<string, number>;
const PLAIN_LANGUAGE = 20;

/** Reads a text as sentences: a full stop, a question mark, an exclamation mark, a list item or an empty line ends one. */
export function readability(text: string, language: string): Readability {
  const sentences = text
    .split(/(?<=[.!?…])\s+|\n\s*\n|\n\s*(?:[-*]|\d+\.)\s+|:\s*\n/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);
  let longest = { words: 0, sentence: '' };
  for (const sentence of sentences) {
    const words = sentence.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
    if (words > longest.words) longest = { words, sentence };
  }
  const most = MOST_WORDS[language] ?? PLAIN_LANGUAGE;
  const beginning = longest.sentence.split(/\s+/).slice(0, 6).join(' ');
  return { longest: longest.words, tooLong: longest.words > most ? `${beginning} …` : undefined };
}
