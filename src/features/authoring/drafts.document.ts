import { randomUUID } from 'node:crypto';
import type { Language } from '../../lib/i18n';
import { type Block, type BlockKind, hasWords } from '../blocks/block';
import { stateOf, type VariantState } from '../blocks/follow';
import { kindOf } from '../blocks/registry';
import type { ChangeKind } from '../courses/lesson-changes.model';
import type { Criterion } from '../evidence/rubric.model';
import { isContentType, TYPE_NAMES, type TypeName, typeOf } from '../quizzes/question-types/registry';
import { mapWords } from '../quizzes/question-types/words';
import type { QuizRules } from '../quizzes/quiz-content.model';

export const QUESTION_TYPES = TYPE_NAMES;
export type QuestionType = TypeName;

export interface DraftOption {
  key: string;
  correct: boolean;
  texts: Partial<Record<Language, { text: string; feedback: string }>>;
}

export interface DraftQuestion {
  id: string;
  type: QuestionType;
  competence: string;
  level: number;
  texts: Partial<Record<Language, { prompt: string; feedback: string }>>;
  options: DraftOption[];
  /** Of a question of another type than choices; those have options. */
  content?: object;
  /** Grows when an original text of it changes; 1 until it has. */
  version?: number;
  /** The version of the original that the writer of each language had before them. */
  follows?: Partial<Record<Language, number>>;
  /** The question of the bank that this one is a copy of, and how it was then. */
  bank?: { id: string; version: number };
}

/** So many questions of a competence and a level are drawn for each attempt, instead of asking them all. */
export interface DraftDraw {
  id: string;
  /** From the draft's own questions, or from those of the bank that were copied into its pile. */
  from: 'own' | 'bank';
  competence: string;
  /** 0: any. */
  level: number;
  count: number;
  /** Copies from the bank. What was signed is what is drawn: the bank may change meanwhile. */
  pile: DraftQuestion[];
}

/** A lesson being written: everything that its readers will see, in one document. */
export interface DraftContent {
  original: Language;
  title: Partial<Record<Language, string>>;
  minutes: number;
  level: number;
  competences: string[];
  blocks: Block[];
  questions: DraftQuestion[];
  h5p_content_id?: string;
  /** When the content counts as done: the value of a rule that it offers. Takes effect when the lesson is published. */
  h5p_rule?: string;
  /** How a quiz is repeated and what counts; as it was, or the usual, when it has not been chosen. */
  rules?: QuizRules;
  draws?: DraftDraw[];
  /** By what a practical task on this lesson is looked at. */
  rubric?: Criterion[];
  /** What this publishing means for those who are done; the usual one when it is not chosen. */
  change?: { kind: ChangeKind; words: string };
  /** What stays as it is although it should be mended, and why; `finding`: see `keyOf` of quality. */
  exceptions?: Exception[];
}

export interface Exception {
  finding: string;
  reason: string;
}

const shortId = () => randomUUID().slice(0, 8);

export function newContent(original: Language, title: string, kind: 'text' | 'quiz' | 'h5p'): DraftContent {
  return {
    original,
    title: { [original]: title },
    minutes: 5,
    level: 1,
    competences: [],
    blocks: kind === 'text' ? [newBlock('text')] : [],
    questions: kind === 'quiz' ? [newQuestion('single')] : [],
  };
}

export function newBlock(kind: BlockKind, needs: Partial<Block> = {}): Block {
  return { id: shortId(), kind, version: 1, texts: {}, ...kindOf(kind).blank(), ...needs };
}

const TRUE_FALSE: Record<string, [yes: string, no: string]> = {
  fi: ['Oikein', 'Väärin'],
  'fi-x-selko': ['Oikein', 'Väärin'],
  sv: ['Rätt', 'Fel'],
  en: ['True', 'False'],
};

export function newQuestion(type: QuestionType): DraftQuestion {
  if (isContentType(type)) {
    return { id: shortId(), type, competence: '', level: 1, texts: {}, options: [], content: typeOf(type).blank() };
  }
  const options: DraftOption[] =
    type === 'truefalse'
      ? [0, 1].map((index) => ({
          key: 'ab'[index] ?? 'a',
          correct: index === 0,
          texts: Object.fromEntries(
            Object.entries(TRUE_FALSE).map(([language, words]) => [
              language,
              { text: words[index] ?? '', feedback: '' },
            ]),
          ),
        }))
      : ['a', 'b', 'c'].map((key) => ({ key, correct: false, texts: {} }));
  return { id: shortId(), type, competence: '', level: 1, texts: {}, options };
}

export const MOST_OPTIONS = 6;
const KEYS = 'abcdefghijkl';

export function withOption(question: DraftQuestion): DraftQuestion {
  const free = [...KEYS].find((key) => !question.options.some((option) => option.key === key));
  if (!free || question.options.length >= MOST_OPTIONS || question.type === 'truefalse' || question.content)
    return question;
  return { ...question, options: [...question.options, { key: free, correct: false, texts: {} }] };
}

/** Whether a question of the draft lies in the pile of this draw. */
export const isDrawnBy = (question: DraftQuestion, { from, competence, level }: DraftDraw): boolean =>
  from === 'own' && question.competence === competence && (level === 0 || question.level === level);

/** Whether the text of a language was written for the original as it stands. */
export const variantState = (
  { original }: Pick<DraftContent, 'original'>,
  block: Block,
  language: Language,
): VariantState => stateOf(block, original, language);

/** Whether the question in a language was written for the original as it stands. */
export function questionState(
  { original }: Pick<DraftContent, 'original'>,
  question: DraftQuestion,
  language: Language,
): VariantState {
  if (language === original) return 'original';
  if (!question.texts[language]?.prompt.trim()) return 'missing';
  return (question.follows?.[language] ?? 1) >= (question.version ?? 1) ? 'current' : 'behind';
}

/** All that a question says in one language, to see whether it was changed. */
export function textsOf(question: DraftQuestion, language: Language): string {
  const inContent: string[] = [];
  mapWords(question.content ?? {}, (text) => inContent.push(text[language] ?? ''));
  return JSON.stringify([
    question.texts[language]?.prompt ?? '',
    question.texts[language]?.feedback ?? '',
    ...question.options.flatMap(({ texts }) => [texts[language]?.text ?? '', texts[language]?.feedback ?? '']),
    ...inContent,
  ]);
}

/** The languages that have a title and some content, the original first. */
export function writtenLanguages(content: DraftContent): Language[] {
  const has = (language: Language) =>
    Boolean(content.title[language]?.trim()) &&
    (content.blocks.some((block) => hasWords(block.texts[language])) ||
      content.questions.some((question) => question.texts[language]?.prompt.trim()) ||
      content.h5p_content_id !== undefined);
  const languages = (Object.keys(content.title) as Language[]).filter(has);
  return languages.sort((a, b) => Number(b === content.original) - Number(a === content.original));
}
