import { createHash } from 'node:crypto';
import { htmlLang, type Language } from '../../lib/i18n';
import { feedbackOn } from '../quizzes/feedback';
import { headOf } from '../quizzes/prompt';
import type { Question } from '../quizzes/question';
import { isJudged, type TypeName } from '../quizzes/question-types/registry';
import { mapWords } from '../quizzes/question-types/words';

type Texts<T> = Partial<Record<Language, T>>;

export interface WrittenOption {
  key: string;
  correct: boolean;
  texts: Texts<{ text: string; feedback: string }>;
}

/** A question as it is written, wherever it stands: in a draft, in the bank, in a file that was read. */
export interface Written {
  type: TypeName;
  /** Empty when it has none. */
  competence: string;
  level: number;
  texts: Texts<{ prompt: string; feedback: string }>;
  options: WrittenOption[];
  /** Of a question of another type than choices. */
  content?: object;
}

/** Only what a question says, without what its place adds to it. */
export function writtenOf({ type, competence, level, texts, options, content }: Written): Written {
  return { type, competence, level, texts, options, ...(content && { content }) };
}

/** The languages that a question has a prompt in. */
export const languagesOf = ({ texts }: Written): Language[] =>
  (Object.keys(texts) as Language[]).filter((language) => texts[language]?.prompt.trim());

/** The same for questions that say the same, whatever order their fields stand in: the bank keeps one of each. */
export function fingerprint(question: Written): string {
  const { competence: _, level: __, ...said } = writtenOf(question);
  return createHash('sha256')
    .update(JSON.stringify(sorted(said)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}

/** Every word that a question says in any language, for searching. */
export function wordsOf(question: Written): string {
  const words: string[] = Object.values(question.texts).flatMap(({ prompt, feedback }) => [prompt, feedback]);
  for (const { texts } of question.options) words.push(...Object.values(texts).map(({ text }) => text));
  mapWords(question.content ?? {}, (text) => words.push(...Object.values(text)));
  return words
    .join(' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 8000);
}

/** The question itself in a few words, in this language or another that it has. */
export function nameOf({ texts }: Written, language?: Language): string {
  const text = (language && texts[language]) || Object.values(texts).find(({ prompt }) => prompt.trim());
  return headOf(text?.prompt ?? '');
}

/** The question as its learners meet it in a language. */
export function asLearned(id: string, written: Written, language: Language): Question {
  const { type, competence, level, content } = written;
  const languages = languagesOf(written);
  const spoken = languages.includes(language) ? language : (languages[0] ?? language);
  return {
    ...{ id, version: 1, quiz_id: id, number: 1, type, level, languages, language: spoken },
    judged: isJudged(type, content ?? null),
    competence_code: competence || null,
    prompt: written.texts[spoken]?.prompt ?? '',
    feedback: written.texts[spoken]?.feedback ?? '',
    options: written.options
      .filter(({ texts }) => Object.values(texts).some(({ text }) => text.trim()))
      .map(({ key, correct, texts }) => ({
        key,
        is_correct: correct,
        ...(texts[spoken] ?? Object.values(texts)[0] ?? { text: '', feedback: '' }),
      })),
    content: content ?? null,
  };
}

/** The question with its right answer and what is said of it, for those who write. */
export function withAnswer(id: string, written: Written, language: Language) {
  const question = asLearned(id, written, language);
  const feedback = feedbackOn(question, { chosen: [], dont_know: true, points: 0 }, id);
  return { question, feedback, lang: htmlLang(question.language) };
}
