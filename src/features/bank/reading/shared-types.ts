import type { Words } from '../../quizzes/question-types/words';
import type { Written } from '../written';
import { question, type Reading, said } from './building';
import { type Notes, short, unread } from './item';
import { numberOf } from './xml-node';

/** An answer as both kinds of files have them. */
export interface Graded {
  text: string;
  feedback: string;
  /** Hundredths of the points. */
  fraction: number;
}

/** Which options are right. With us one of a few has one right answer, and of several each right one counts the same. */
export function choiceOf(
  answers: readonly Graded[],
  one: boolean,
  notes: Notes,
): { type: 'single' | 'multi'; correct: boolean[] } {
  const best = Math.max(0, ...answers.map(({ fraction }) => fraction));
  if (best <= 0) throw unread('noRight');
  if (!one) {
    const right = answers.filter(({ fraction }) => fraction > 0).map(({ fraction }) => Math.round(fraction));
    if (Math.max(...right) - Math.min(...right) > 1) notes.add('weights');
    return { type: 'multi', correct: answers.map(({ fraction }) => fraction > 0) };
  }
  const right = answers.filter(({ fraction }) => fraction === best);
  if (right.length > 1) throw unread('severalRight');
  const partly = answers.filter(({ fraction }) => fraction > 0 && fraction < best);
  if (partly.length > 0) notes.add('partly', { words: short(partly.map(({ text }) => text).join(' / ')) });
  return { type: 'single', correct: answers.map(({ fraction }) => fraction === best) };
}

/** Feedback of single answers has no place where people write: that of the right one may stand for the whole question. */
export function commonFeedback(answers: readonly Graded[], general: string, notes: Notes): string {
  const best = Math.max(...answers.map(({ fraction }) => fraction));
  const right = answers.filter(({ fraction, feedback }) => fraction === best && feedback !== '');
  const taken = general === '' ? right[0] : undefined;
  const left = answers.filter(
    (answer) => answer.feedback !== '' && answer !== taken && answer.feedback !== taken?.feedback,
  );
  if (left.length > 0) notes.add('answerFeedback', { words: short(left.map(({ feedback }) => feedback).join(' / ')) });
  return general || taken?.feedback || '';
}

export function shortQuestion(
  reading: Reading,
  notes: Notes,
  { answers, model }: { answers: readonly Graded[]; model: string },
  prompt: string,
  general: string,
): Written {
  const full = answers.filter(({ fraction, text }) => fraction >= 100 && text !== '');
  const partly = answers.filter(({ fraction, text }) => fraction > 0 && fraction < 100 && text !== '');
  if (full.length === 0) throw unread('noRight');
  if (partly.length > 0) notes.add('partly', { words: short(partly.map(({ text }) => text).join(' / ')) });
  const lines = full.map(({ text }) => text.replace(/\s*\n\s*/g, ' '));
  if (lines.some((line) => line.includes('\\*'))) notes.add('star');
  const accepted = [...new Set(lines.map((line) => line.replace(/\\\*/g, '*')))];
  if (accepted.every((line) => /^[*\s]+$/.test(line))) throw unread('anyAnswer');
  const content = {
    judged_by: 'accepted',
    accepted: said(reading, accepted.join('\n')),
    model: modelOf(reading, accepted, model),
    almost: reading.almost ?? false,
  };
  return question(
    reading,
    { type: 'shorttext', options: [], content },
    prompt,
    commonFeedback(full.concat(answers.filter((answer) => !full.includes(answer))), general, notes),
  );
}

/** A pattern alone shows nobody the right answer: then it stands there with dots. */
function modelOf(reading: Reading, accepted: readonly string[], model: string): Words {
  if (model !== '') return said(reading, model);
  const hasWhole = accepted.some((line) => !line.includes('*'));
  return hasWhole ? {} : said(reading, (accepted[0] ?? '').replace(/\*+/g, '…'));
}

export interface GradedNumber extends Graded {
  tolerance: number;
}

export function numberQuestion(
  reading: Reading,
  notes: Notes,
  answers: readonly GradedNumber[],
  rest: { unit: Words; unit_asked: boolean },
  prompt: string,
  general: string,
): Written {
  const full = answers.filter(({ fraction, text }) => fraction >= 100 && text !== '*');
  const [first, ...others] = full;
  if (!first) throw unread('noRight');
  const value = numberOf(first.text);
  if (value === undefined) throw unread('notNumber', { words: short(first.text, 40) });
  if (others.some(({ text }) => numberOf(text) !== value)) throw unread('severalNumbers');
  const partly = answers.filter(({ fraction }) => fraction > 0 && fraction < 100);
  if (partly.length > 0) notes.add('partly', { words: short(partly.map(({ text }) => text).join(' / ')) });
  const content = { value, tolerance: Math.max(...full.map(({ tolerance }) => tolerance)), ...rest };
  return question(reading, { type: 'numeric', options: [], content }, prompt, commonFeedback(answers, general, notes));
}
