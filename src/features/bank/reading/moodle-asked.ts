import type { Written } from '../written';
import { keyAt, question, type Reading, said } from './building';
import { asHtml } from './formats';
import { type Pictures, plainText, promptText } from './html';
import { type Notes, short, unread } from './item';
import { childOf, childrenOf, numberOf, ownWords, wordsIn, type XmlNode } from './xml-node';

/** A question of a Moodle file in the hands of its reader. */
export interface Asked {
  node: XmlNode;
  kind: string;
  reading: Reading;
  notes: Notes;
  pictures: Pictures;
  tags: readonly string[];
}

/** What is asked, with its pictures. */
export function promptOf({ node, notes, pictures }: Asked): string {
  return promptText(htmlIn(node, 'questiontext', pictures), notes, pictures);
}

/** A text as HTML; its pictures become known by their names. */
export function htmlIn(node: XmlNode, name: string, pictures: Pictures): string {
  const child = childOf(node, name);
  for (const file of childrenOf(child ?? node, 'file'))
    if (child) pictures.byName.set(file.attributes.name ?? '', file.text);
  return asHtml(wordsIn(node, name), child?.attributes.format ?? 'html');
}

/** A short text that stands where no picture can. */
export function plainIn(node: XmlNode, name: string, notes: Notes): string {
  return plainText(asHtml(wordsIn(node, name), childOf(node, name)?.attributes.format ?? 'html'), notes);
}

/** The own text of an element, such as an answer. */
export function plainOf(node: XmlNode, notes: Notes): string {
  return plainText(asHtml(ownWords(node), node.attributes.format ?? 'html'), notes).trim();
}

export const generalFeedback = ({ node, notes }: Asked): string => plainIn(node, 'generalfeedback', notes);

export interface Answer {
  node: XmlNode;
  /** Hundredths of the points. */
  fraction: number;
  text: string;
  feedback: string;
}

export function answersOf({ node, notes }: Asked): Answer[] {
  return childrenOf(node, 'answer').map((answer) => ({
    node: answer,
    fraction: numberOf(answer.attributes.fraction) ?? 0,
    text: plainOf(answer, notes),
    feedback: plainIn(answer, 'feedback', notes),
  }));
}

/** Pairs; a right side without a left one belongs to nothing. */
export function readPairs(asked: Asked): Written {
  const { node, notes, reading } = asked;
  const all = childrenOf(node, 'subquestion').map((one) => ({
    left: plainText(asHtml(ownWords(one), one.attributes.format ?? 'html'), notes),
    right: wordsIn(one, 'answer').replace(/\s+/g, ' '),
  }));
  const pairs = all.filter(({ left }) => left !== '');
  const extras = all.filter(({ left, right }) => left === '' && right !== '');
  const others = extras.map(({ right }) => right);
  return pairsQuestion(reading, notes, { pairs, others }, promptOf(asked), generalFeedback(asked));
}

const MOST_PAIRS = 10;
const MOST_EXTRAS = 4;

export function pairsQuestion(
  reading: Reading,
  notes: Notes,
  { pairs, others }: { pairs: readonly { left: string; right: string }[]; others: readonly string[] },
  prompt: string,
  feedback: string,
): Written {
  if (pairs.length < 2) throw unread('fewPairs');
  if (pairs.length > MOST_PAIRS) throw unread('manyPairs', { most: MOST_PAIRS });
  if (pairs.some(({ right }) => right === '')) throw unread('emptyPair');
  const rights = pairs.map(({ right }) => right.toLowerCase());
  if (new Set(rights).size < rights.length) throw unread('sameRight');
  const other = [...new Set(others)].filter((right) => !rights.includes(right.toLowerCase()));
  if (other.length > MOST_EXTRAS) notes.add('extras', { words: short(other.slice(MOST_EXTRAS).join(', ')) });
  const content = {
    pairs: pairs.map(({ left, right }, at) => ({
      key: keyAt(at),
      left: said(reading, left),
      right: said(reading, right),
    })),
    extras: other.slice(0, MOST_EXTRAS).map((right, at) => ({ key: `x${keyAt(at)}`, right: said(reading, right) })),
  };
  return question(reading, { type: 'matching', options: [], content }, prompt, feedback);
}

/** Words that Moodle writes by itself when the author writes nothing. */
const USUAL =
  /^(your answer is (partially )?(correct|incorrect)|vastauksesi on (osittain )?(oikein|väärin)|ditt svar är (delvis )?(rätt|korrekt|fel|felaktigt))\.?$/i;

/** What of a question has no place with us, whatever its type. */
export function noted(node: XmlNode, kind: string, notes: Notes): void {
  for (const name of ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback']) {
    const words = plainIn(node, name, notes).trim();
    if (words && !USUAL.test(words)) notes.add('commonFeedback', { words: short(words) });
  }
  const hints = childrenOf(node, 'hint').filter((hint) => plainOf(hint, notes) !== '');
  if (hints.length > 0) notes.add('hints', { words: short(hints.map((hint) => plainOf(hint, notes)).join(' / ')) });
  const grade = numberOf(wordsIn(node, 'defaultgrade'));
  if (grade !== undefined && grade !== 1) notes.add('grade', { points: grade });
  const shuffles = wordsIn(node, 'shuffleanswers');
  if (kind === 'multichoice' && /^(0|false)$/.test(shuffles)) notes.add('orderKept');
}
