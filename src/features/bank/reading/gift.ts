import { parse } from 'gift-pegjs';
import type { Written } from '../written';
import { optionsOf, question, type Reading, trueFalseOptions } from './building';
import { asHtml } from './formats';
import { opened, readable } from './gift-signs';
import { type GiftPiece, splitGift } from './gift-split';
import { plainText, promptText } from './html';
import { type Item, Notes, short, Unread, unread } from './item';
import { placed } from './moodle';
import { pairsQuestion } from './moodle-asked';
import { choiceOf, type Graded, numberQuestion, shortQuestion } from './shared-types';

interface Words {
  format: string;
  text: string;
}
interface Choice<T> {
  isCorrect: boolean;
  weight: number | null;
  text: T;
  feedback: Words | null;
}
interface Amount {
  type: 'simple' | 'range' | 'high-low';
  number?: number;
  range?: number;
  numberHigh?: number;
  numberLow?: number;
}
/** What the parser gives; its own types miss half of it. */
interface Parsed {
  type: string;
  title: string | null;
  tags?: string[] | null;
  stem: Words;
  globalFeedback?: Words | null;
  choices?: unknown;
  isTrue?: boolean;
  trueFeedback?: Words | null;
  falseFeedback?: Words | null;
  matchPairs?: { subquestion: Words; subanswer: string }[];
}

/** Reads a GIFT file, question by question. Every piece of it that is no category and no comment is an item. */
export function* readGift(text: string, reading: Reading): Generator<Item | 'category', void> {
  let [category, number] = ['', 0];
  for (const piece of splitGift(text)) {
    const words = withoutComments(piece.text);
    if (words === '') continue;
    const named = /^\s*\$CATEGORY\s*:\s*(.*)(?:\n([\s\S]*))?$/i.exec(words);
    if (named) {
      category = short((named[1] ?? '').replace(/^\$\w+\$\//, ''), 200);
      yield 'category';
    }
    const rest = named ? (named[2] ?? '') : words;
    if (rest.trim() === '') continue;
    number += 1;
    yield readPiece({ ...piece, text: named ? rest : piece.text }, number, category, reading);
  }
}

const withoutComments = (text: string) => text.replace(/^\s*\/\/.*$/gm, '').trim();

function readPiece({ text, line }: GiftPiece, number: number, category: string, reading: Reading): Item {
  const bare = withoutComments(text);
  const title = short(opened(readable(/^::(.*?)::/s.exec(bare)?.[1] ?? '')));
  const item: Item = {
    number,
    line,
    name: title,
    kind: 'gift',
    category,
    notes: [],
    pictures: [],
    excerpt: short(bare, 200),
  };
  const notes = new Notes();
  try {
    const parsed = parsedOf(bare);
    const tags = [...text.matchAll(/\[tag:([^\]]+)\]/g)].map(([, tag]) => tag ?? '');
    const place = placed(reading, tags, category);
    const kind = parsed.type.toLowerCase();
    try {
      return { ...item, kind, question: questionOf(parsed, place, notes, tags), notes: notes.list };
    } catch (error) {
      if (error instanceof Unread) return { ...item, kind, reason: error.note };
      throw error;
    }
  } catch (error) {
    if (error instanceof Unread) return { ...item, reason: error.note };
    throw error;
  }
}

/** Longer ones are no questions, and reading them takes long. */
const LONGEST = 20_000;

function parsedOf(text: string): Parsed {
  if (text.length > LONGEST) throw unread('longText', { most: LONGEST });
  let found: Parsed[];
  try {
    found = parse(`${readable(text)}\n\n`) as unknown as Parsed[];
  } catch (error) {
    const line = (error as { location?: { start: { line: number } } }).location?.start.line;
    throw /(?<!\\)\{/.test(text) && !/(?<!\\)\}/.test(text)
      ? unread('giftOpen')
      : unread('giftBroken', { line: line ?? 1 });
  }
  const [one, ...others] = found;
  if (!one || others.length > 0) throw unread('giftBroken', { line: 1 });
  return one;
}

const html = ({ format, text }: Words) => asHtml(opened(text), format);

function questionOf(parsed: Parsed, reading: Reading, notes: Notes, tags: readonly string[]): Written {
  const prompt = promptText(html(parsed.stem), notes, { byName: new Map(), shown: [] });
  const plain = (words: Words | null | undefined) => (words ? plainText(html(words), notes).trim() : '');
  const feedback = plain(parsed.globalFeedback);
  switch (parsed.type) {
    case 'MC':
      return choiceQuestion(reading, notes, { answers: graded(parsed.choices, plain), tags }, prompt, feedback);
    case 'TF': {
      // The first words are for a wrong answer, the second for the right one.
      const [wrong, right] = [plain(parsed.trueFeedback), plain(parsed.falseFeedback)];
      const options = trueFalseOptions(
        reading,
        parsed.isTrue === true,
        parsed.isTrue ? [right, wrong] : [wrong, right],
      );
      return question(reading, { type: 'truefalse', options }, prompt, feedback);
    }
    case 'Short':
      return shortQuestion(reading, notes, { answers: graded(parsed.choices, plain), model: '' }, prompt, feedback);
    case 'Numerical':
      return numbers(reading, notes, parsed.choices, plain, prompt, feedback);
    case 'Matching': {
      const pairs = (parsed.matchPairs ?? []).map(({ subquestion, subanswer }) => ({
        left: plain(subquestion),
        right: opened(subanswer).trim(),
      }));
      const others = pairs.filter(({ left }) => left === '').map(({ right }) => right);
      return pairsQuestion(
        reading,
        notes,
        { pairs: pairs.filter(({ left }) => left !== ''), others },
        prompt,
        feedback,
      );
    }
    case 'Essay':
      throw unread('essay');
    default:
      throw unread('description');
  }
}

function graded(choices: unknown, plain: (words: Words | null) => string): Graded[] {
  return (choices as Choice<Words>[]).map(({ isCorrect, weight, text, feedback }) => ({
    text: plain(text),
    feedback: plain(feedback),
    fraction: weight ?? (isCorrect ? 100 : 0),
  }));
}

/** One right answer is one of a few; weights without a right one are several. */
function choiceQuestion(
  reading: Reading,
  notes: Notes,
  { answers, tags }: { answers: readonly Graded[]; tags: readonly string[] },
  prompt: string,
  feedback: string,
): Written {
  const one = !tags.includes('choose:many') && answers.some(({ fraction }) => fraction >= 100);
  const { type, correct } = choiceOf(answers, one, notes);
  const options = optionsOf(
    reading,
    answers.map((answer, at) => ({ ...answer, correct: correct[at] ?? false })),
  );
  return question(reading, { type, options }, prompt, feedback);
}

function numbers(
  reading: Reading,
  notes: Notes,
  choices: unknown,
  plain: (words: Words | null) => string,
  prompt: string,
  feedback: string,
): Written {
  const all = Array.isArray(choices)
    ? (choices as Choice<Amount>[])
    : [{ isCorrect: true, weight: null, text: choices as Amount, feedback: null }];
  const answers = all.map(({ isCorrect, weight, text, feedback: words }) => {
    const { value, tolerance } = amountOf(text);
    const fraction = weight ?? (isCorrect ? 100 : 0);
    return { text: value, tolerance, fraction, feedback: plain(words) };
  });
  return numberQuestion(reading, notes, answers, { unit: {}, unit_asked: false }, prompt, feedback);
}

function amountOf(amount: Amount): { value: string; tolerance: number } {
  const { type, number = 0, range = 0, numberHigh = 0, numberLow = 0 } = amount;
  if (type === undefined) return { value: '*', tolerance: 0 };
  if (type !== 'high-low') return { value: String(number), tolerance: Math.abs(range) };
  const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
  return {
    value: String(rounded((numberHigh + numberLow) / 2)),
    tolerance: rounded(Math.abs(numberHigh - numberLow) / 2),
  };
}
