import type { HardWord } from './hard-words';

/** A hard word with the stems of its forms: each form is one word or, for a phrase, several; each may have several stems. */
export interface StemmedWord extends HardWord {
  phrases: string[][][];
}

interface Token {
  text: string;
  start: number;
  end: number;
}

const PART = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>|[^<]+/g;
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?/gu;
/** A word here is a heading's, leads somewhere or is code: it stays as it is. */
const LEFT_ALONE = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'a', 'button', 'code', 'pre']);
/** Where a new block begins, and each hard word is explained anew. */
const BLOCKS = new Set(['p', 'li', 'blockquote', 'td', 'th']);

/** The words of text that may be explained, in lower letters, each once. */
export function wordsToStem(html: string): string[] {
  const words = new Set<string>();
  eachText(html, (text) => {
    for (const { text: word } of tokensOf(text)) words.add(word.toLowerCase());
    return text;
  });
  return [...words];
}

/**
 * Marks the first place of each hard word in each block of a lesson's HTML: a button that opens its explanation, which needs
 * no script. `label` is what the explanation is called aloud. Returns the same HTML when nothing in it is hard.
 */
export function explained(html: string, hard: readonly StemmedWord[], stems: ReadonlyMap<string, string>): string {
  const byStem = Map.groupBy(
    hard.flatMap((word) =>
      word.phrases.flatMap((phrase) => (phrase[0] ?? []).map((first) => ({ word, phrase, first }))),
    ),
    ({ first }) => first,
  );
  let number = 0;
  let met = new Set<string>();
  return eachText(
    html,
    (text) => {
      const tokens = tokensOf(text);
      const stem = (index: number) => stems.get(tokens[index]?.text.toLowerCase() ?? '');
      let written = '';
      let end = 0;
      for (let index = 0; index < tokens.length; index += 1) {
        const fits = (byStem.get(stem(index) ?? '') ?? [])
          .filter(({ phrase }) => phrase.every((some, offset) => some.includes(stem(index + offset) ?? '')))
          .sort((a, b) => b.phrase.length - a.phrase.length)[0];
        if (!fits || met.has(fits.word.id)) continue;
        met.add(fits.word.id);
        number += 1;
        const first = tokens[index] as Token;
        const last = tokens[index + fits.phrase.length - 1] as Token;
        written += text.slice(end, first.start) + marked(text.slice(first.start, last.end), fits.word, number);
        end = last.end;
        index += fits.phrase.length - 1;
      }
      return written + text.slice(end);
    },
    () => {
      met = new Set();
    },
  );
}

/** The hard words that `explained` marked, each once, in the order of the alphabet. */
export function wordsMarked(html: string, hard: readonly HardWord[]): HardWord[] {
  const ids = new Set([...html.matchAll(/data-word="([^"]+)"/g)].map(([, id]) => id));
  return hard.filter(({ id }) => ids.has(id)).sort((a, b) => a.word.localeCompare(b.word, 'fi'));
}

function marked(text: string, { id, word, about }: HardWord, number: number): string {
  const target = `word-${number}-${id}`;
  return `<button type="button" class="word" data-word="${id}" popovertarget="${target}">${text}</button><span class="word__about" id="${target}" popover role="note"><strong>${escaped(word)}</strong> ${escaped(about)}</span>`;
}

function tokensOf(text: string): Token[] {
  // An entity is no word of the text: its letters are covered, its length stays.
  const plain = text.replace(/&[#\w]+;/g, (entity) => ' '.repeat(entity.length));
  return [...plain.matchAll(WORD)].map((found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
}

function eachText(html: string, change: (text: string) => string, onBlock: () => void = () => undefined): string {
  let alone = 0;
  return html.replace(PART, (part, slash: string | undefined, tag: string | undefined) => {
    if (tag === undefined) return alone > 0 ? part : change(part);
    if (LEFT_ALONE.has(tag)) alone += slash ? -1 : 1;
    if (BLOCKS.has(tag) && !slash) onBlock();
    return part;
  });
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
