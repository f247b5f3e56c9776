import type { Language } from '../../lib/i18n';
import { type ToldBlock, told } from '../blocks/block';
import { kindOf } from '../blocks/registry';
import { mapWords } from '../quizzes/question-types/words';
import type { DraftContent, DraftQuestion } from './drafts.document';

/** A part of a lesson as plain words: what is compared, commented and marked. */
export interface Piece {
  /** The title, or the id of the block or question. */
  id: string;
  kind: string;
  /** Its number among the blocks or the questions; 0 for the title. */
  number: number;
  text: string;
}

/** All that a lesson says in one language, in order; parts that say nothing in it are left out. */
export function piecesOf(content: DraftContent, language: Language): Piece[] {
  const pieces: Piece[] = [
    { id: 'title', kind: 'title', number: 0, text: content.title[language] ?? '' },
    ...content.blocks.map((block, index) => ({
      id: block.id,
      kind: block.kind,
      number: index + 1,
      text: blockText(told(block, language)),
    })),
    ...askedIn(content).map((question, index) => ({
      id: question.id,
      kind: 'question',
      number: index + 1,
      text: questionText(question, language),
    })),
  ];
  return pieces.map((piece) => ({ ...piece, text: piece.text.trim() })).filter(({ text }) => text !== '');
}

/** Its own questions, then those of the bank that a draw may ask; each once. */
function askedIn({ questions, draws = [] }: DraftContent): DraftQuestion[] {
  const drawn = draws.flatMap(({ pile }) => pile);
  return [...new Map([...drawn, ...questions].map((question) => [question.id, question])).values()].sort(
    (a, b) => Number(!questions.includes(a)) - Number(!questions.includes(b)),
  );
}

/** The main text of a block, then its other texts in the order that its kind has them. */
function blockText({ kind, text, parts }: ToldBlock): string {
  const others = Object.keys(kindOf(kind).parts).map((name) => parts[name] ?? '');
  return [text, ...others]
    .map((words) => plainText(words).trim())
    .filter(Boolean)
    .join('\n');
}

/** All that a question says in one language, its right answers marked. */
export function questionText(question: DraftQuestion, language: Language): string {
  const { prompt = '', feedback = '' } = question.texts[language] ?? {};
  const inContent: string[] = [];
  mapWords(question.content ?? {}, (text) => inContent.push(text[language] ?? ''));
  const options = question.options.map(({ texts, correct }) => {
    const { text = '', feedback: said = '' } = texts[language] ?? {};
    return text && `${correct ? '✓' : '–'} ${text}${said ? `\n   ${said}` : ''}`;
  });
  return [prompt, ...options, ...inContent, feedback].filter((line) => line.trim()).join('\n');
}

/** The words of a Markdown text without its marks; each line stays a line. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\r\n?/g, '\n')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}#{1,6}\s+/gm, '')
    .replace(/^\s{0,3}>\s?/gm, '')
    .replace(/^(\s*)[-*+]\s+/gm, '$1– ')
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!])/g, '$1');
}
