/** A sentence, and its words in order. */
export interface Sentence {
  text: string;
  words: string[];
}

/** A text as it is read: its paragraphs, each of its sentences. Tables, code and addresses are not read as sentences. */
export interface Prose {
  text: string;
  paragraphs: Sentence[][];
  sentences: Sentence[];
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu;

/** The words of a text, in order. */
export const wordsIn = (text: string): string[] => text.match(WORD) ?? [];

/** A sentence ends with its sign when a new one begins; a small letter after a full stop goes on (as after "esim."). */
const END = /(?<=[.!?…]["”’)]?)\s+(?!\p{Ll})/u;

/** Reads Markdown as sentences: an empty line, an item of a list and a colon at the end of a line end one, too. */
export function proseOf(markdown: string): Prose {
  const text = plain(markdown);
  const paragraphs = text
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|:\s*\n/)
    .map((paragraph) => paragraph.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '').trim())
    .filter(Boolean)
    .map((paragraph) =>
      paragraph
        .split(END)
        .map((sentence) => ({ text: sentence.replace(/\s+/g, ' ').trim(), words: wordsIn(sentence) }))
        .filter(({ words }) => words.length > 0),
    );
  return { text, paragraphs, sentences: paragraphs.flat() };
}

/** The beginning of a sentence, to know it by. */
export function beginningOf(sentence: string, most = 6): string {
  const words = sentence.split(/\s+/);
  return words.slice(0, most).join(' ');
}

function plain(markdown: string): string {
  return markdown
    .replace(/```[\s\S]*?(?:```|$)/g, '\n\n')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<?https?:\/\/\S+/g, '')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/^\s*\|.*$/gm, '\n')
    .replace(/^\s*#{1,6}\s+.*$/gm, '\n\n')
    .replace(/^\s*>\s?/gm, '')
    .replace(/(\*\*|__|~~)/g, '')
    .replace(/(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, '')
    .replace(/\\\n/g, '\n')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
