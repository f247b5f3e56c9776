import type { Day } from '../../lib/calendar';
import { sensitiveHits } from '../../lib/sensitive';
import { hideSmallCells } from '../../lib/small-cells';
import type { Answers, Channel, SurveyQuestion } from './surveys.model';

type Answered = { channel: Channel; answers: Answers };

/** One question's outcome. `n` is null when too few answered it; a hidden count is null. */
export interface Item {
  question: SurveyQuestion;
  n: number | null;
  counts: { text: string; count: number | null }[];
  /** Of a number: mean and range are told as a mean only. */
  mean: number | null;
  texts: string[];
  /** Texts that wait for somebody to look: they may tell of a person. */
  held: number;
}

const chosenOf = (answer: Answers[string]): number[] =>
  Array.isArray(answer) ? answer : typeof answer === 'number' ? [answer] : [];

/** Outcomes by item, each with how many answered it; small groups hidden. No sum over items is made. */
export function itemsOf(questions: readonly SurveyQuestion[], rows: readonly Answered[], least: number): Item[] {
  return questions.map((question) => itemOf(question, rows, least));
}

function itemOf(question: SurveyQuestion, rows: readonly Answered[], least: number): Item {
  const given = rows.map(({ answers }) => answers[question.id]).filter((one) => one !== undefined);
  const empty: Item = { question, n: null, counts: [], mean: null, texts: [], held: 0 };
  // Those who left it empty are counted by subtraction from all: they are a group, too.
  if (given.length < least) return empty;
  if (question.kind === 'text') {
    const texts = (given as string[]).filter((text) => sensitiveHits(text).length === 0).sort();
    return { ...empty, n: given.length, texts: texts.length >= least ? texts : [], held: given.length - texts.length };
  }
  if (question.kind === 'number') {
    const numbers = given as number[];
    return { ...empty, n: given.length, mean: numbers.reduce((sum, one) => sum + one, 0) / numbers.length };
  }
  const cells = question.options.map((_, index) => given.filter((one) => chosenOf(one).includes(index)).length);
  const [shown = []] = hideSmallCells([cells], least);
  // The mean of an item of the pulse is told: with it and some of the counts the others could be counted.
  const isTold = question.item === null || !shown.includes(null);
  const counts = question.options.map((text, index) => ({ text, count: isTold ? (shown[index] ?? null) : null }));
  return { ...empty, n: given.length, counts };
}

/** Answers by channel, small ones hidden. */
export function channelsOf(rows: readonly Answered[], channels: readonly Channel[], least: number) {
  const cells = channels.map((channel) => rows.filter((row) => row.channel === channel).length);
  const [shown = []] = hideSmallCells([cells], least);
  return channels.map((channel, index) => ({ channel, count: shown[index] ?? null }));
}

/**
 * An item by the groups that another question of one choice makes: rows are groups, columns the item's options. What is hidden of
 * either question alone is hidden here, too: else the sum of a column would tell it.
 */
export function byGroup(item: Item, group: Item, rows: readonly Answered[], least: number) {
  const [options, groups] = [item.question, group.question];
  const cells = groups.options.map((_, row) =>
    options.options.map(
      (_, column) =>
        rows.filter(({ answers }) => answers[groups.id] === row && chosenOf(answers[options.id] ?? '').includes(column))
          .length,
    ),
  );
  const isHidden = (row: number, column: number) =>
    item.counts[column]?.count === null || group.counts[row]?.count === null;
  const shown = hideSmallCells(cells, least, isHidden);
  return groups.options.map((text, row) => ({ text, cells: shown[row] ?? [] }));
}

/** Means of the pulse's items by the day they were asked, newest last: rows are items that enough people answered, at most six times. */
export function pulseTable(
  questions: readonly SurveyQuestion[],
  means: readonly { opened_on: Day; item: string; n: number; mean: number }[],
) {
  const days = [...new Set(means.map(({ opened_on }) => opened_on))].sort().slice(-6);
  const of = (item: string | null, day: Day) => means.find((one) => one.item === item && one.opened_on === day) ?? null;
  const rows = questions.map(({ item, label }) => ({ label, cells: days.map((day) => of(item, day)) }));
  return { days, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)) };
}
