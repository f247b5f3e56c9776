import type { Written } from '../written';
import { GAP_PROMPT, question, said } from './building';
import { asHtml } from './formats';
import { type Pictures, plainText, promptText } from './html';
import { type Notes, short, unread } from './item';
import { type Asked, generalFeedback, htmlIn, plainOf } from './moodle-asked';
import { childrenOf } from './xml-node';

/** Stands for a gap in a text while it is read as HTML. */
const mark = (index: number) => `\u2402${index}\u2403`;
const MARK = /\u2402(\d+)\u2403/g;

/** A text with gaps, each `{1:SHORTANSWER:=right~%50%half#feedback}`. */
export function readGaps(asked: Asked): Written {
  const gaps: string[] = [];
  const html = htmlIn(asked.node, 'questiontext', asked.pictures);
  const marked = html.replace(/\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}/g, (_, _points, kind: string, body: string) => {
    gaps.push(gapOf(kind, body, asked.notes));
    return mark(gaps.length - 1);
  });
  return gapsQuestion(asked, marked, gaps);
}

/** Kinds of gaps by Moodle's names, long and short. */
const WRITTEN = /^(SHORTANSWER|SA|MW|SHORTANSWER_C|SAC|MWC)$/;
const CHOSEN = /^(MULTICHOICE|MC|MULTICHOICE_(S|V|H|VS|HS)|MC(S|V|H|VS|HS))$/;
const NUMBER = /^(NUMERICAL|NM)$/;

function gapOf(kind: string, body: string, notes: Notes): string {
  if (!WRITTEN.test(kind) && !CHOSEN.test(kind) && !NUMBER.test(kind))
    throw unread('gapKind', { type: short(kind, 30) });
  if (/^(SHORTANSWER_C|SAC|MWC)$/.test(kind)) notes.add('letterCase');
  const answers = answersIn(body, notes).map((answer) => (NUMBER.test(kind) ? numberGap(answer, notes) : answer));
  const right = answers.filter(({ fraction }) => fraction >= 100).map(({ text }) => text);
  if (right.length === 0) throw unread('noRight');
  const partly = answers.filter(({ fraction }) => fraction > 0 && fraction < 100).map(({ text }) => text);
  if (partly.length > 0) notes.add('partly', { words: short(partly.join(' / ')) });
  const gap = `[${right.map(gapWord).join('|')}]`;
  if (!CHOSEN.test(kind)) return gap;
  notes.add('gapChoices');
  return `${gap} (${answers.map(({ text }) => text).join(' / ')})`;
}

/** Brackets and bars cut our text with gaps: an answer cannot have them. */
export function gapWord(word: string): string {
  if (/[[\]|]/.test(word)) throw unread('gapSigns');
  if (word.length > 100) throw unread('longOption', { most: 100 });
  return word;
}

interface GapAnswer {
  text: string;
  fraction: number;
}

function answersIn(body: string, notes: Notes): GapAnswer[] {
  const parts = withLetters(body).split(/(?<!\\)~/);
  return parts.flatMap((part) => {
    const [, sign, percent, words = ''] = /^\s*(=|%(-?[\d.]+)%)?([\s\S]*)$/.exec(part) ?? [];
    const [text = '', ...feedback] = words.split(/(?<!\\)#/);
    const said = plainText(unescaped(feedback.join('#')), notes);
    if (said) notes.add('answerFeedback', { words: short(said) });
    const fraction = sign === '=' ? 100 : percent === undefined ? 0 : Number(percent);
    const answer = plainText(unescaped(text), notes).replace(/\s+/g, ' ').trim();
    return answer === '' ? [] : [{ text: answer, fraction }];
  });
}

/** Numbers of letters as the letters themselves: the sign before the number would end an answer. */
const withLetters = (text: string) =>
  text.replace(/&#(\d{2,5});/g, (_, code: string) => {
    const letter = String.fromCharCode(Number(code));
    return /[\\}#~/"=]/.test(letter) ? `\\${letter}` : /[<>&]/.test(letter) ? ' ' : letter;
  });

const unescaped = (text: string) => text.replace(/\\([\\}#~/"=])/g, '$1');

/** "5:0.1": five, a tenth to either side. A gap of ours takes the number itself. */
function numberGap({ text, fraction }: GapAnswer, notes: Notes): GapAnswer {
  const [number = '', tolerance] = text.split(':');
  if (tolerance && Number(tolerance) !== 0) notes.add('gapTolerance', { words: short(text, 40) });
  return { text: number.trim(), fraction };
}

/** Words to drag or to choose into `[[1]]`: with us they are written, and the words to choose from stand below. */
export function readWordGaps(asked: Asked): Written {
  const { node, notes } = asked;
  const words = childrenOf(node, 'dragbox', 'selectoption').map((box) => plainOf(box, notes));
  const gaps: string[] = [];
  const html = htmlIn(node, 'questiontext', asked.pictures).replace(/\[\[(\d{1,2})\]\]/g, (_, number: string) => {
    const word = words[Number(number) - 1];
    if (!word) throw unread('gapMissing', { number: Number(number) });
    gaps.push(`[${gapWord(word)}]`);
    return mark(gaps.length - 1);
  });
  notes.add('gapWords');
  const list = [...new Set(words)].toSorted((a, b) => a.localeCompare(b, 'fi')).join(', ');
  return gapsQuestion(asked, `${html}<p>(${escapedWords(list)})</p>`, gaps);
}

const escapedWords = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/**
 * What stands before the paragraph of the first gap is the question, the rest is the text with its gaps. A file of ours says
 * itself where the text begins.
 */
function gapsQuestion(asked: Asked, html: string, gaps: readonly string[]): Written {
  const { notes, pictures, reading } = asked;
  if (gaps.length === 0) throw unread('noGap');
  const { before, text } = cutAtText(html);
  const prompt = promptText(before, notes, pictures) || GAP_PROMPT[reading.language];
  const plain = textOf(text, notes, pictures, gaps);
  const content = { text: said(reading, plain), almost: reading.almost ?? false };
  return question(reading, { type: 'cloze', options: [], content }, prompt, generalFeedback(asked));
}

function cutAtText(html: string): { before: string; text: string } {
  const own = html.indexOf('<div class="oppiva-text">');
  if (own >= 0) return { before: html.slice(0, own), text: html.slice(own) };
  const first = html.search(MARK);
  const paragraph = Math.max(
    ...['<p', '<div', '<li', '<ul', '<ol', '<table', '<h'].map((tag) => html.lastIndexOf(tag, first)),
  );
  const isParagraph = paragraph > 0 && html.slice(0, paragraph).replace(/<[^>]*>|&nbsp;|\s/g, '') !== '';
  const at = isParagraph ? paragraph : 0;
  return { before: html.slice(0, at), text: html.slice(at) };
}

function textOf(html: string, notes: Notes, pictures: Pictures, gaps: readonly string[]): string {
  if (/<img\b/i.test(html) && pictures.byName.size > 0) notes.add('pictureHere', { words: '–' });
  const plain = plainText(asHtml(html, 'html'), notes);
  if (/[[\]]/.test(plain)) notes.add('brackets');
  return plain
    .replace(/\[/g, '(')
    .replace(/\]/g, ')')
    .replace(MARK, (_, index: string) => gaps[Number(index)] ?? '');
}
