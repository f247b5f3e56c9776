import { isDeepStrictEqual } from 'node:util';
import type { Language } from '../../lib/i18n';
import type { Criterion } from '../evidence/rubric.model';
import { DEFAULT_RULES, type QuestionContent, type QuizRules } from '../quizzes/quiz-content.model';
import { contentTo, theirs } from './exchange.questions';
import {
  type CourseContent,
  type LessonContent,
  lessonAudience,
  type ModuleContent,
  pictureFor,
  QUIZ_TITLES,
  questionAudience,
  quizId,
  type Texts,
} from './exchange.rows';
import type {
  Exchange,
  ExchangeLesson,
  ExchangeModule,
  ExchangeQuestion,
  ExchangeRubric,
  ExchangeRules,
  ExchangeWords,
} from './exchange.schema';

/**
 * A course in the exchange format. What importing would fill in by itself is left out, so that importing the result
 * gives the same course again. H5P lessons are left out too: their packages travel as .h5p files.
 */
export function exchangeOf(course: CourseContent): Exchange {
  const [only, ...others] = course.modules;
  if (!only) return { modules: [] };
  const picture = course.picture === pictureFor(course.competences) ? {} : { picture: course.picture };
  if (others.length === 0 && only.exchange_id === course.exchange_id) {
    return { modules: [{ ...moduleOf(only), ...picture }] };
  }
  const head = { id: course.exchange_id, ...titles(course.texts), ...picture };
  return { course: head, modules: course.modules.map(moduleOf) };
}

function moduleOf(module: ModuleContent): ExchangeModule {
  const taken = module.lessons.filter((lesson) => lesson.kind !== 'h5p');
  const last = taken.at(-1);
  const own = last && isModuleQuiz(module, last) ? last : undefined;
  const lessons = own ? taken.slice(0, -1) : taken;
  return {
    id: module.exchange_id,
    ...titles(module.texts),
    minutes: module.minutes,
    ...unlessEmpty('audience', module.audience as ExchangeModule['audience']),
    competences: module.competences,
    lessons: lessons.map((lesson, index) => lessonOf(lesson, index + 1)),
    ...(own?.quiz && { quiz: own.quiz.questions.map(questionOf), ...rulesOf('quiz_rules', own.quiz.rules) }),
    ...unlessEmpty('quiz_rubric', own?.rubric?.map(criterionOf)),
    ...unlessEmpty('sources', module.sources),
  };
}

/** Whether importing would make the very same lesson of the module's `quiz`. */
function isModuleQuiz(module: ModuleContent, lesson: LessonContent): boolean {
  return (
    lesson.exchange_id === quizId(module.exchange_id) &&
    lesson.audience.length === 0 &&
    !lesson.quiz?.draws.length &&
    Object.entries(lesson.texts).every(([language, text]) => text.title === QUIZ_TITLES[language as Language])
  );
}

function lessonOf(lesson: LessonContent, order: number): ExchangeLesson {
  return {
    id: lesson.exchange_id,
    order,
    ...(lesson.kind !== 'text' && { kind: lesson.kind as 'video' | 'quiz' }),
    minutes: lesson.minutes,
    competences: lesson.competences,
    ...(lesson.level !== null && { level: lesson.level }),
    ...audienceUnless(lessonAudience(lesson.level), lesson.audience),
    ...unlessEmpty('reviewed', lesson.reviewed?.map(theirs)),
    title: words(lesson.texts, ({ title }) => title) ?? {},
    ...optional(
      'body_md',
      words(lesson.texts, ({ body }) => body),
    ),
    ...optional(
      'practice',
      words(lesson.texts, ({ practice }) => practice),
    ),
    ...(lesson.video && { video: lesson.video }),
    ...(lesson.quiz && { questions: lesson.quiz.questions.map(questionOf), ...rulesOf('rules', lesson.quiz.rules) }),
    ...unlessEmpty('draws', lesson.quiz?.draws),
    ...unlessEmpty('rubric', lesson.rubric?.map(criterionOf)),
  };
}

function questionOf(question: QuestionContent): ExchangeQuestion {
  return {
    id: question.exchange_id,
    ...(question.competence_code !== null && { competence: question.competence_code }),
    ...(question.level !== null && { level: question.level }),
    type: question.type,
    prompt: words(question.texts, ({ prompt }) => prompt) ?? {},
    ...(question.content && { content: contentTo(question.content) }),
    ...optional('options', question.options.length > 0 ? question.options.map(optionOf) : undefined),
    ...optional(
      'feedback',
      words(question.texts, ({ feedback }) => feedback),
    ),
    ...audienceUnless(questionAudience(question.competence_code), question.audience),
    ...(question.draw !== null && { draw: question.draw }),
  };
}

function optionOf(option: QuestionContent['options'][number]) {
  return {
    id: option.key,
    correct: option.is_correct,
    text: words(option.texts, ({ text }) => text) ?? {},
    ...optional(
      'feedback',
      words(option.texts, ({ feedback }) => feedback),
    ),
  };
}

function criterionOf({ key, name, levels }: Criterion): ExchangeRubric[number] {
  const texts = (written: Criterion['name']) => words(written, (text) => text) ?? {};
  return { id: key, name: texts(name), levels: levels.map(texts) };
}

function rulesOf<K extends string>(name: K, rules: QuizRules): Partial<Record<K, ExchangeRules>> {
  const changed = Object.entries(rules).filter(([key, value]) => value !== DEFAULT_RULES[key as keyof QuizRules]);
  return changed.length > 0 ? ({ [name]: Object.fromEntries(changed) } as Record<K, ExchangeRules>) : {};
}

const audienceUnless = (usual: readonly string[], audience: string[]) =>
  isDeepStrictEqual([...usual].sort(), [...audience].sort())
    ? {}
    : { audience: audience as NonNullable<ExchangeLesson['audience']> };

function titles(texts: Texts<{ title: string; summary: string }>) {
  return {
    title: words(texts, ({ title }) => title) ?? {},
    ...optional(
      'summary',
      words(texts, ({ summary }) => summary),
    ),
  };
}

/** The texts of a field by the format's own names of languages; undefined when every one is empty. */
function words<T>(texts: Texts<T>, pick: (text: T) => string): ExchangeWords | undefined {
  const written = (Object.entries(texts) as [Language, T][]).filter(([, text]) => pick(text) !== '');
  if (written.length === 0) return undefined;
  return Object.fromEntries(written.map(([language, text]) => [theirs(language), pick(text)]));
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function unlessEmpty<K extends string, V>(key: K, list: V[] | undefined): Partial<Record<K, V[]>> {
  return list && list.length > 0 ? ({ [key]: list } as Record<K, V[]>) : {};
}
