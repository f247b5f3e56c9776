import { suppress, suppressWithTotal } from '../skills/suppression';
import { contentOf, toldOf } from './answers';
import type { Question } from './question';
import { agreementOf as correlationOf, type Tally } from './question-tally';
import { isChoice, typeOf } from './question-types/registry';

/** From this on it can be said whether a question tells apart those who know from those who do not. */
export const ENOUGH_TO_COMPARE = 20;
const TELLS = 0.2;
const EASY = 0.9;
const MOST_ROWS = 8;

/** What the author is told to do, as a word of `quizzes.figures.look`. */
export type Look = 'few' | 'unjudged' | 'wrong' | 'dontKnow' | 'against' | 'hard' | 'easy' | 'fine';

export interface AnswerRow {
  label: string;
  /** The answer in words of the question; empty where there are none. */
  text: string;
  /** Of answers in one's own words only the kind, as a word of `authoring.figures.kind`. */
  kind: string | undefined;
  /** How many chose it; undefined where fewer than five did, or nobody: the two look the same. */
  people: number | undefined;
  /** Of all who answered, in whole hundredths; 0 where it is not told. */
  percent: number;
  isRight: boolean;
}

export interface QuestionStory {
  question: Question;
  /** Undefined while fewer than five have answered. */
  people: number | undefined;
  /** Share of points at the first answer in whole tens: 10 means at most 10, 90 at least 90. Small groups tell nobody's result. */
  tens: number;
  rows: AnswerRow[];
  look: Look;
  /** The wrong answer that most chose, when that is what to look at. */
  wrong: string | undefined;
  /** Whether those who did well elsewhere did well here; undefined while too few have answered. */
  agreement: 'tells' | 'little' | 'against' | undefined;
}

/** From this share on nearly everybody answered otherwise, in tenths. */
const NEARLY_ALL = 8;

/**
 * Of how many in ten the answer was another than the right one, when that is nearly everybody; undefined otherwise. Tenths, and
 * never ten: of a small group it tells nobody's answer.
 */
export function missedBy({ question, people, tens }: QuestionStory): number | undefined {
  const missed = 10 - tens / 10;
  return question.judged && people !== undefined && missed >= NEARLY_ALL ? missed : undefined;
}

/**
 * How a question works, from counts of first answers (see `withGroup`). Numbers of people under five are hidden, those that
 * would tell them, and zeros among them. Undefined: fewer than a group have answered.
 */
export function questionStory(question: Question, tally: Tally | undefined): QuestionStory {
  if (!tally) {
    const nothing = { people: undefined, tens: 0, rows: [], wrong: undefined, agreement: undefined };
    return { question, ...nothing, look: 'few' };
  }
  const figures = { ...tally, points: tally.points / tally.people };
  const rows = rowsOf(question, figures);
  const [top] = rows;
  const wrong = top && top.people !== undefined && !top.isRight && isChoice(question.type) ? top : undefined;
  const agreement = agreementOf(figures);
  const look = lookOf(question, figures, rows, wrong, agreement);
  return {
    question,
    people: figures.people,
    tens: Math.min(90, Math.max(10, Math.round(figures.points * 10) * 10)),
    rows,
    look,
    wrong: look === 'wrong' ? wrong?.text : undefined,
    agreement: question.judged ? agreement : undefined,
  };
}

function lookOf(
  question: Question,
  { people, points }: Tally,
  rows: AnswerRow[],
  wrong: AnswerRow | undefined,
  agreement: QuestionStory['agreement'],
): Look {
  if (!question.judged) return 'unjudged';
  const unknown = rows.find(({ label }) => label === 'dont-know')?.people ?? 0;
  if (unknown / people >= 0.3) return 'dontKnow';
  if (wrong && wrong.label !== 'dont-know' && points < 0.5) return 'wrong';
  if (agreement === 'against') return 'against';
  if (points < 0.3) return 'hard';
  // Of each group counted, one at least is told as not right.
  return points >= EASY ? 'easy' : 'fine';
}

function agreementOf(tally: Tally): QuestionStory['agreement'] {
  const agreement = correlationOf(tally);
  if (tally.people < ENOUGH_TO_COMPARE || agreement === null) return undefined;
  if (agreement < 0) return 'against';
  return agreement >= TELLS ? 'tells' : 'little';
}

/**
 * The answers given, the most common first. Those not told come last, and only where they are the question's own words: of a
 * number or a pair that few gave, that somebody did is theirs.
 */
function rowsOf(question: Question, { people, labels }: Pick<Tally, 'people' | 'labels'>): AnswerRow[] {
  const offered = Object.fromEntries([...question.options.map(({ key }) => [key, 0]), ['dont-know', 0]]);
  // Of a choice only what it offers is told: no other word of an answer, from whichever organisation, reaches the page.
  const given = Object.entries(labels).filter(([label]) => !isChoice(question.type) || label in offered);
  const counts: Record<string, number> = { ...offered, ...Object.fromEntries(given) };
  // Of one choice each, the numbers add up to the people that are told.
  const isOne = question.type === 'single' || question.type === 'truefalse';
  const cells: ReturnType<typeof suppress> = isOne ? suppressWithTotal(counts).cells : suppress(counts);
  const told = toldOf(question);
  const rows = Object.keys(counts).map((label) => {
    const cell = cells[label];
    const shown = cell?.shown && cell.n > 0 ? cell.n : undefined;
    const percent = Math.min(100, Math.round((100 * (shown ?? 0)) / people));
    return { label, ...wordsOf(question, told, label), people: shown, percent, isRight: isRight(question, label) };
  });
  const order = (row: AnswerRow) => row.people ?? -1;
  const isTold = (row: AnswerRow) => row.people !== undefined || row.label in offered;
  const shown = rows.filter(isTold);
  return shown.sort((a, b) => order(b) - order(a) || (a.label < b.label ? -1 : 1)).slice(0, MOST_ROWS);
}

/** What was written is never told, only whether it was accepted. */
function wordsOf({ type }: Question, told: object, label: string): Pick<AnswerRow, 'text' | 'kind'> {
  if (label === 'dont-know') return { text: '', kind: 'dontKnow' };
  const text = typeOf(type).labelOf(told, label);
  if (type === 'shorttext' || (type === 'numeric' && label.endsWith('unit')))
    return { text: '', kind: label.replace(/\W+/g, '_') };
  const cut = type === 'cloze' ? text.lastIndexOf(': ') : -1;
  return cut < 0 ? { text, kind: undefined } : { text: text.slice(0, cut), kind: text.slice(cut + 2) };
}

function isRight(question: Question, label: string): boolean {
  if (label === 'dont-know') return false;
  if (isChoice(question.type)) return question.options.some(({ key, is_correct }) => is_correct && key === label);
  if (question.type === 'numeric') {
    const value = Number(label);
    return !Number.isNaN(value) && typeOf('numeric').score(contentOf(question), { value, unit: '' }) === 1;
  }
  if (question.type === 'hotspot' || question.type === 'ordering') return isRightPlace(contentOf(question), label);
  const [left, right] = label.split(':');
  return question.type === 'matching' ? left === right : /(^|:)right$/.test(label);
}

/** Of a spot whether it is a right one, of a step (`key@place`) whether its place is the author's. */
function isRightPlace(
  content: { spots?: { key: string; is_correct: boolean }[]; steps?: { key: string }[] },
  label: string,
) {
  const [key, place] = label.split('@');
  if (content.spots) return content.spots.some((spot) => spot.key === key && spot.is_correct);
  return content.steps?.[Number(place) - 1]?.key === key;
}
