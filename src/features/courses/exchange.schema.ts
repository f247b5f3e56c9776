import { z } from 'zod';
import { MOST_CRITERIA, RUBRIC_LEVELS } from '../evidence/rubric.model';
import { AUDIENCES } from '../organisations/organisations.policy';
import { TYPE_NAMES } from '../quizzes/question-types/registry';
import { PICTURES } from './courses.model';

/** The exchange format writes languages in its own way; `fi_selko` is easy Finnish. */
export const EXCHANGE_LANGUAGES = ['fi_selko', 'fi', 'sv', 'en'] as const;
export type ExchangeLanguage = (typeof EXCHANGE_LANGUAGES)[number];

const Id = z.string().trim().min(1).max(200);
const Words = z
  .partialRecord(z.enum(EXCHANGE_LANGUAGES), z.string().trim().min(1).max(50_000))
  .refine((texts) => Object.keys(texts).length > 0, 'has no text in any language');
const Minutes = z.int().min(0).max(1000);
const Level = z.int().min(1).max(8);
const Code = z.string().regex(/^[\w.-]{1,20}$/, 'is not a code of a competence, such as "4.2"');
const Audiences = z.array(z.enum(AUDIENCES));
const OwnFile = z.string().regex(/^\/files\/[\w./-]+$/, 'must be a file of this installation, such as "/files/…"');

const Option = z.strictObject({ id: Id, correct: z.boolean(), text: Words, feedback: Words.optional() });

const Question = z.strictObject({
  id: Id,
  competence: Code.optional(),
  level: Level.optional(),
  type: z.enum(TYPE_NAMES),
  prompt: Words,
  /** Of single, multi and truefalse. */
  options: z.array(Option).min(2).max(20).optional(),
  /** Of the other types: what the type's own schema says, with texts by the languages of this format. */
  content: z.record(z.string(), z.unknown()).optional(),
  feedback: Words.optional(),
  audience: Audiences.optional(),
  /** The pile that it is drawn from. */
  draw: Id.optional(),
});

const Rules = z.strictObject({
  attempts_allowed: z.int().min(1).max(100).optional(),
  counts: z.enum(['best', 'last', 'first']).optional(),
  pass_share: z.number().min(0).max(1).optional(),
});

/** How a practical task is looked at: what is looked at, and what it looks like on each of three levels, the first steps first. */
const Rubric = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[\w-]{1,40}$/, 'must be letters and numbers, such as "own-3"'),
      name: Words,
      levels: z
        .array(z.partialRecord(z.enum(EXCHANGE_LANGUAGES), z.string().trim().min(1).max(2000)))
        .length(RUBRIC_LEVELS),
    }),
  )
  .max(MOST_CRITERIA);

const Video = z.strictObject({
  file: OwnFile.optional(),
  link: z.url({ protocol: /^https?$/ }).optional(),
  captions: OwnFile.optional(),
});

const Lesson = z.strictObject({
  id: Id,
  order: z.number().optional(),
  kind: z.enum(['text', 'video', 'quiz']).optional(),
  minutes: Minutes,
  competences: z.array(Code),
  level: Level.optional(),
  audience: Audiences.optional(),
  reviewed: z.array(z.enum(EXCHANGE_LANGUAGES)).optional(),
  title: Words,
  /** For a video this is its transcript. */
  body_md: Words.optional(),
  practice: Words.optional(),
  video: Video.optional(),
  questions: z.array(Question).min(1).optional(),
  rules: Rules.optional(),
  /** How many questions of each pile an attempt draws. */
  draws: z.array(z.strictObject({ key: Id, count: z.int().min(1).max(50) })).optional(),
  rubric: Rubric.optional(),
});

const Module = z.strictObject({
  id: Id,
  title: Words,
  summary: Words.optional(),
  picture: z.enum(PICTURES).optional(),
  minutes: Minutes,
  audience: Audiences.optional(),
  competences: z.array(z.strictObject({ code: Code, from_level: Level, to_level: Level })),
  lessons: z.array(Lesson).min(1),
  quiz: z.array(Question).optional(),
  quiz_rules: Rules.optional(),
  quiz_rubric: Rubric.optional(),
  sources: z.array(z.string()).optional(),
});

/** A file of courses: each module is a course of its own, unless `course` binds all of them into one. */
export const ExchangeFile = z.strictObject({
  meta: z.record(z.string(), z.unknown()).optional(),
  course: z
    .strictObject({ id: Id, title: Words, summary: Words.optional(), picture: z.enum(PICTURES).optional() })
    .optional(),
  modules: z.array(Module).min(1),
});

export type ExchangeWords = z.output<typeof Words>;
export type ExchangeQuestion = z.output<typeof Question>;
export type ExchangeRules = z.output<typeof Rules>;
export type ExchangeRubric = z.output<typeof Rubric>;
export type ExchangeLesson = z.output<typeof Lesson>;
export type ExchangeModule = z.output<typeof Module>;
export type Exchange = z.output<typeof ExchangeFile>;
