import type { Piece } from '../pieces';

/** A passage as its words and what stood around them, so that it is found again when the text has changed. */
export interface Anchor {
  piece_id: string;
  /** Empty for the whole piece. */
  quote: string;
  before: string;
  after: string;
}

/** Where the passage is now. 'changed': other words stand in its place; 'moved': the same words in another piece. */
export type Passage =
  | { state: 'there' | 'changed' | 'moved'; piece_id: string; start: number; end: number }
  | { state: 'gone' };

/** How many letters around a passage are kept. */
const CONTEXT = 40;
/** How much of a passage's words must be left for it to be the same passage, said otherwise. */
const ALIKE = 0.6;

/** The anchor of a passage in a text as it is now. */
export function anchorOf({ id, text }: Pick<Piece, 'id' | 'text'>, start: number, end: number): Anchor {
  return {
    piece_id: id,
    quote: text.slice(start, end),
    before: text.slice(Math.max(0, start - CONTEXT), start),
    after: text.slice(end, end + CONTEXT),
  };
}

/** Finds the passage again: its own words, the words in another piece, or what has come in their place. */
export function findPassage(pieces: readonly Piece[], anchor: Anchor): Passage {
  const home = pieces.find(({ id }) => id === anchor.piece_id);
  if (anchor.quote === '') return home ? at('there', home, 0, home.text.length) : { state: 'gone' };
  const own = home && exact(home.text, anchor);
  if (home && own) return at('there', home, ...own);
  for (const piece of pieces) {
    const found = piece !== home && isLong(anchor.quote) && exact(piece.text, anchor);
    if (found) return at('moved', piece, ...found);
  }
  const now = home && (between(home.text, anchor) ?? alike(home.text, anchor));
  return home && now ? at('changed', home, ...now) : { state: 'gone' };
}

const at = (state: 'there' | 'changed' | 'moved', { id }: Piece, start: number, end: number): Passage => ({
  state,
  piece_id: id,
  start,
  end,
});

/** One word may stand anywhere; a few together are the passage. */
const isLong = (quote: string) => wordsOf(quote).length >= 3;

type Range = [start: number, end: number];

/** The same words; of several places the one whose surroundings are most alike. */
function exact(text: string, { quote, before, after }: Anchor): Range | undefined {
  // Spaces and ends of lines may have changed without a word changing.
  const words = quote
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  let best: Range | undefined;
  let bestScore = -1;
  for (const match of text.matchAll(new RegExp(words.join('\\s+'), 'gu'))) {
    const range: Range = [match.index, match.index + match[0].length];
    const score = sameEnd(text.slice(0, range[0]), before) + sameStart(text.slice(range[1]), after);
    if (score > bestScore) [best, bestScore] = [range, score];
  }
  return best;
}

function sameStart(text: string, wanted: string): number {
  let length = 0;
  while (length < wanted.length && text[length] === wanted[length]) length += 1;
  return length;
}

function sameEnd(text: string, wanted: string): number {
  let length = 0;
  while (length < wanted.length && text.at(-1 - length) === wanted.at(-1 - length)) length += 1;
  return length;
}

/** What stands now between the same surroundings, when it is not much longer than what stood there. */
function between(text: string, { quote, before, after }: Anchor): Range | undefined {
  const [left, right] = [before.trimEnd().slice(-20), after.trimStart().slice(0, 20)];
  if (left.trim().length < 8 || right.trim().length < 8) return undefined;
  const from = text.indexOf(left);
  const to = from < 0 ? -1 : text.indexOf(right, from + left.length);
  if (to < 0) return undefined;
  const [start, end] = trimmed(text, from + left.length, to);
  return end > start && end - start <= quote.length * 2 + 40 ? [start, end] : undefined;
}

function trimmed(text: string, from: number, to: number): Range {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text[start] ?? '')) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return [start, end];
}

interface Word {
  word: string;
  start: number;
  end: number;
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));

/** As many words in a row as the passage had, of which most are its own; looked through once, whatever the length. */
function alike(text: string, { quote }: Anchor): Range | undefined {
  const wanted = wordsOf(quote);
  const words = wordsOf(text);
  const size = Math.min(wanted.length, words.length);
  if (size === 0) return undefined;
  const left = new Map<string, number>();
  for (const { word } of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  const take = (word: string) => {
    const count = left.get(word) ?? 0;
    if (count > 0) shared += 1;
    left.set(word, count - 1);
  };
  const giveBack = (word: string) => {
    const count = (left.get(word) ?? 0) + 1;
    if (count > 0) shared -= 1;
    left.set(word, count);
  };
  let best = { share: 0, from: 0 };
  words.forEach(({ word }, index) => {
    take(word);
    const leaving = words[index - size];
    if (leaving) giveBack(leaving.word);
    const share = shared / wanted.length;
    if (index >= size - 1 && share > best.share) best = { share, from: index - size + 1 };
  });
  const [first, last] = [words[best.from], words[best.from + size - 1]];
  return best.share >= ALIKE && first && last ? [first.start, last.end] : undefined;
}

/** The sentences of a text, with their places: what a reader without scripts chooses from. */
export function sentencesOf(text: string, language: string): Range[] {
  const segments = new Intl.Segmenter(language.slice(0, 2), { granularity: 'sentence' }).segment(text);
  return [...segments]
    .flatMap(({ segment, index }) =>
      [...segment.matchAll(/[^\n]+/g)].map((line) =>
        trimmed(text, index + line.index, index + line.index + line[0].length),
      ),
    )
    .filter(([start, end]) => end > start);
}

/** A text cut where marks begin and end; each stretch with the numbers of the marks on it. */
export function stretchesOf(text: string, marks: readonly { number: number; start: number; end: number }[]) {
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? text.length;
    const on = marks.filter((mark) => mark.start < end && mark.end > start);
    return {
      text: text.slice(start, end),
      on: on.map(({ number }) => number),
      /** Marks that end here: their numbers are written after the words. */
      ends: on.filter((mark) => mark.end === end).map(({ number }) => number),
    };
  });
}
