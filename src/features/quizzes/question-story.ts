import { suppress } from '../skills/suppression';
import { contentOf, toldOf } from './answers';
import type { Question } from './question';
import { isChoice, typeOf } from './question-types/registry';

/** From this on it can be said whether a question tells apart those who know from those who do not. */
export const ENOUGH_TO_COMPARE = 20;
const TELLS = 0.2;
const MOST_ROWS = 8;

/** What the author is told to do, as a word of `quizzes.figures.look`. */
export type Look = 'few' | 'unjudged' | 'wrong' | 'dontKnow' | 'against' | 'hard' | 'easy' | 'fine';

/** How a question was answered, by people together. There is none of a question that fewer than five have answered. */
export interface QuestionFigures {
  question_id: string;
  people: number;
  /** The mean of points at the first answer, 0..1. */
  points: number;
  /** Correlation of its points with those of the quiz's other questions, -1..1; null where all answered alike. */
  agreement: number | null;
  /** How many gave each answer, by the labels of `tallyOf`. Small numbers are in it: for `questionStory` only. */
  labels: Record<string, number>;
}

export interface AnswerRow {
  label: string;
  /** The answer in words of the question; empty where there are none. */
  text: string;
  /** Of answers in one's own words only the kind, as a word of `authoring.figures.kind`. */
  kind: string | undefined;
  /** How many chose it; undefined where so few did that it is not told. */
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

/** How a question works, from counts of first answers. Numbers of people under five are hidden, and those that would tell them. */
export function questionStory(question: Question, figures: QuestionFigures | undefined): QuestionStory {
  if (!figures) {
    const nothing = { people: undefined, tens: 0, rows: [], wrong: undefined, agreement: undefined };
    return { question, ...nothing, look: 'few' };
  }
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
  { people, points }: QuestionFigures,
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
  return points >= 0.95 ? 'easy' : 'fine';
}

function agreementOf({ people, agreement }: QuestionFigures): QuestionStory['agreement'] {
  if (people < ENOUGH_TO_COMPARE || agreement === null) return undefined;
  if (agreement < 0) return 'against';
  return agreement >= TELLS ? 'tells' : 'little';
}

/** The answers given, the most common first; of choices the ones that nobody chose too. Those not told come last. */
function rowsOf(question: Question, { people, labels }: QuestionFigures): AnswerRow[] {
  const offered = Object.fromEntries([...question.options.map(({ key }) => [key, 0]), ['dont-know', 0]]);
  // Of a choice only what it offers is told: no other word of an answer, from whichever organisation, reaches the page.
  const given = Object.entries(labels).filter(([label]) => !isChoice(question.type) || label in offered);
  const counts: Record<string, number> = { ...offered, ...Object.fromEntries(given) };
  const cells = suppress(counts);
  const told = toldOf(question);
  const rows = Object.keys(counts).map((label) => {
    const cell = cells[label];
    const shown = cell?.shown ? cell.n : undefined;
    const percent = Math.min(100, Math.round((100 * (shown ?? 0)) / people));
    return { label, ...wordsOf(question, told, label), people: shown, percent, isRight: isRight(question, label) };
  });
  const order = (row: AnswerRow) => row.people ?? -1;
  return rows.sort((a, b) => order(b) - order(a) || (a.label < b.label ? -1 : 1)).slice(0, MOST_ROWS);
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
  const [left, right] = label.split(':');
  return question.type === 'matching' ? left === right : /(^|:)right$/.test(label);
}
