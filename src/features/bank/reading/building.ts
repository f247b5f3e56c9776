import type { Language } from '../../../lib/i18n';
import { contentFaultsOf } from '../../quizzes/question-types/check';
import { type ContentTypeName, isContentType, typeOf } from '../../quizzes/question-types/registry';
import type { Words } from '../../quizzes/question-types/words';
import type { Written, WrittenOption } from '../written';
import { unread } from './item';

/** What the person who sends a file says of all its questions. */
export interface Reading {
  language: Language;
  /** For questions whose file says nothing of it. Empty: none. */
  competence: string;
  level: number;
  /** Whether a slip of the finger is forgiven, as only our own files say. */
  almost?: boolean;
}

/** How our own files say that a slip of the finger is forgiven. */
export const ALMOST_TAG = 'almost:yes';

const KEYS = 'abcdefghijklmnopqrstuvwxyz';
export const keyAt = (index: number): string => KEYS[index] ?? `n${index}`;
/** As many as a course's file may carry. */
export const MOST_OPTIONS = 20;

const LONGEST_LINE = 300;
const LONGEST_TEXT = 20_000;

/** The text in the file's language. */
export const said = ({ language }: Reading, text: string): Words => ({ [language]: text });

/** Options of a choice. Throws Unread for too few, too many, empty and too long ones. */
export function optionsOf(
  { language }: Reading,
  options: readonly { text: string; feedback: string; correct: boolean }[],
): WrittenOption[] {
  if (options.length < 2) throw unread('fewOptions');
  if (options.length > MOST_OPTIONS) throw unread('manyOptions', { most: MOST_OPTIONS });
  if (options.some(({ text }) => text === '')) throw unread('emptyOption');
  if (options.some(({ text, feedback }) => Math.max(text.length, feedback.length) > LONGEST_LINE))
    throw unread('longOption', { most: LONGEST_LINE });
  return options.map(({ text, feedback, correct }, index) => ({
    key: keyAt(index),
    correct,
    texts: { [language]: { text: oneLine(text), feedback: oneLine(feedback) } },
  }));
}

/** The editor keeps options on one line. */
const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();

/** The words of "true" and "false" in each language, as a new question of ours has them. */
const TRUE_FALSE: Record<Language, [yes: string, no: string]> = {
  fi: ['Oikein', 'Väärin'],
  'fi-x-selko': ['Oikein', 'Väärin'],
  sv: ['Rätt', 'Fel'],
  en: ['True', 'False'],
};

/** Whether a question says "true" and "false" in our own words, so that nothing of it is lost where others have theirs. */
export function isTrueFalse({
  options,
  language,
}: {
  options: readonly { text: string }[];
  language: Language;
}): boolean {
  const [yes, no] = TRUE_FALSE[language];
  return options.length === 2 && options[0]?.text === yes && options[1]?.text === no;
}

export function trueFalseOptions(
  { language }: Reading,
  isTrue: boolean,
  feedback: readonly [string, string],
): WrittenOption[] {
  return [true, false].map((side, at) => ({
    key: keyAt(at),
    correct: side === isTrue,
    texts: { [language]: { text: TRUE_FALSE[language][at] ?? '', feedback: oneLine(feedback[at] ?? '') } },
  }));
}

/** A content that its type takes and finds no fault in. Throws Unread, with what is wrong, for any other. */
export function contentOf(type: ContentTypeName, content: object, { language }: Reading): object {
  const read = typeOf(type).content.safeParse(content);
  if (!read.success) throw unread('limits', { type });
  const [fault] = contentFaultsOf(type, read.data, [language]);
  if (fault) throw unread('fault', { fault: fault.key });
  return read.data;
}

/** The whole question. Throws Unread for one without words or with too many. */
export function question(
  reading: Reading,
  rest: Pick<Written, 'type' | 'options' | 'content'>,
  prompt: string,
  feedback: string,
): Written {
  if (prompt.trim() === '') throw unread('noPrompt');
  if (prompt.length > LONGEST_TEXT || feedback.length > LONGEST_TEXT) throw unread('longText', { most: LONGEST_TEXT });
  const { language, competence, level } = reading;
  const known = isContentType(rest.type) ? { content: contentOf(rest.type, rest.content ?? {}, reading) } : {};
  return {
    type: rest.type,
    competence,
    level,
    options: rest.options,
    texts: { [language]: { prompt, feedback } },
    ...known,
  };
}

/** What stands as the question where the file has none of its own: above a text with gaps. */
export const GAP_PROMPT: Record<Language, string> = {
  fi: 'Täydennä teksti.',
  'fi-x-selko': 'Täydennä teksti.',
  sv: 'Fyll i texten.',
  en: 'Complete the text.',
};
