import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { renderMarkdown } from '../../lib/markdown';
import { slugify } from '../../lib/text';
import type { PublishedBlock } from '../blocks/published';
import type { Criterion } from '../evidence/rubric.model';
import { captionsOfFiles } from '../files/captions.model';
import { fileIdsIn, selectFiles } from '../files/files.model';
import { dressPictures } from '../files/picture-tag';
import { selectOwnContents } from '../h5p/contents.model';
import type { TypeName } from '../quizzes/question-types/registry';
import {
  DEFAULT_RULES,
  type Draw,
  type QuizRules,
  saveQuizContent,
  selectQuizContents,
} from '../quizzes/quiz-content.model';
import { refreshCourseCounts } from './courses.model';
import { dressBlocks } from './dressed-blocks';
import { insertChange, type LessonChange, REQUIREMENT_JOB } from './lesson-changes.model';

export interface LessonText {
  language: Language;
  title: string;
  body: string;
  practice: string;
  /** As readers see them, each switched to another language by itself. */
  blocks?: PublishedBlock[];
  follows_version: number;
}

export interface PublishedQuestion {
  exchange_id: string;
  type: TypeName;
  competence_code: string | null;
  level: number;
  texts: { language: Language; prompt: string; feedback: string }[];
  options: { key: string; is_correct: boolean; texts: { language: Language; text: string; feedback: string }[] }[];
  /** Of a question of another type than choices. */
  content: object | null;
  /** The pile that it is drawn from. */
  draw: string | null;
}

export interface LessonPlace {
  module_id: string;
  position: number;
  exchange_id: string;
  audience: string[];
}

export interface LessonToPublish {
  organisation_id: string;
  course_id: string;
  /** The lesson that this replaces; null for a new one. */
  lesson_id: string | null;
  kind: 'text' | 'quiz' | 'h5p';
  minutes: number;
  level: number;
  competences: string[];
  texts: LessonText[];
  questions: PublishedQuestion[];
  /** By what a practical task on it is looked at; undefined leaves it as it is. */
  rubric?: Criterion[] | undefined;
  /** Of a quiz, when its author has chosen them. */
  rules?: QuizRules | undefined;
  /** How many questions of each pile an attempt asks. */
  draws?: Draw[] | undefined;
  h5p_content_id: string | null;
  credits: { kind: 'true_to_life' | 'correct_and_safe'; name: string; signed_at: Date }[];
  /** With how many of its readers it was tried, and how many of them read it to the end; null keeps what was known. */
  tested?: { people: number; finished: number } | null;
  /** Where a lesson that came in a file stands once it is out; the end of the course without it. */
  place?: LessonPlace | undefined;
  /** What changed, in the author's judgement; without it, the lesson became clearer and nobody is asked for anything. */
  change?: LessonChange | undefined;
}

/**
 * Puts a signed lesson where learners see it: a new last lesson of the course's last module, or the next version of a
 * lesson that is there already, under the same address. Returns the lesson's id. Call it inside a transaction.
 */
export async function publishLesson(input: LessonToPublish): Promise<string> {
  const quizId = input.kind === 'quiz' ? await putQuiz(input) : null;
  const lessonId = input.lesson_id ?? (await insertLesson(input, quizId));
  if (input.lesson_id) await renewLesson(input, lessonId);
  if (input.rubric) {
    const rubric = input.rubric.length > 0 ? JSON.stringify(input.rubric) : null;
    await db().table('lessons').where({ id: lessonId }).update({ rubric });
  }
  if (input.tested) {
    const { people: tested_with, finished: tested_finished } = input.tested;
    await db().table('lessons').where({ id: lessonId }).update({ tested_with, tested_finished });
  }
  const files = await selectFiles(input.organisation_id, fileIdsIn(shownIn(input)));
  const captions = await captionsOfFiles(input.organisation_id, [...files.keys()]);
  await replaceAll(
    'lesson_texts',
    { lesson_id: lessonId },
    input.texts.map((text) => ({
      ...text,
      blocks: text.blocks?.length ? JSON.stringify(dressBlocks(text.blocks, { files, captions }, text.language)) : null,
      html: dressPictures(lessonHtml(text), files),
    })),
  );
  await replaceAll(
    'lesson_competences',
    { lesson_id: lessonId },
    input.competences.map((competence_code) => ({ competence_code })),
  );
  await replaceAll(
    'lesson_files',
    { lesson_id: lessonId },
    [...files.keys()].map((file_id) => ({ file_id })),
  );
  await replaceAll(
    'lesson_h5p_contents',
    { lesson_id: lessonId },
    (await selectOwnContents(input.organisation_id, tasksIn(input))).map((h5p_content_id) => ({ h5p_content_id })),
  );
  await replaceAll('lesson_credits', { lesson_id: lessonId }, input.credits);
  await refreshCourseCounts(input.course_id);
  const { organisation_id, course_id } = input;
  const kind = input.lesson_id ? 'clearer' : 'new';
  const change = input.change ?? { kind, words: '', language: input.texts[0]?.language ?? 'fi' };
  await insertChange({ organisation_id, course_id, lesson_id: lessonId }, change);
  if (change.kind === 'requirement') await enqueue(REQUIREMENT_JOB, { course_id, lesson_id: lessonId });
  await db().table('courses').where({ id: input.course_id, published_at: null }).update({ published_at: new Date() });
  return lessonId;
}

const shownIn = ({ texts, questions }: LessonToPublish) => [
  ...texts.flatMap(({ body, practice, blocks }) => [body, practice, ...(blocks ?? []).map(fileOf)]),
  ...questions.flatMap(({ content, texts: words }) => [JSON.stringify(content), ...words.map(({ prompt }) => prompt)]),
];

const fileOf = ({ file_id }: PublishedBlock) => (file_id ? `/files/${file_id}` : '');

const tasksIn = ({ texts }: LessonToPublish) => [
  ...new Set(texts.flatMap(({ blocks }) => (blocks ?? []).flatMap(({ h5p_content_id }) => h5p_content_id ?? []))),
];

const lessonHtml = ({ language, body }: LessonText) => renderMarkdown(body, { keepBreaks: language === 'fi-x-selko' });

async function insertLesson(input: LessonToPublish, quizId: string | null): Promise<string> {
  const { place } = input;
  const end = await placeInCourse(input.course_id);
  const [row] = await db()
    .table('lessons')
    .insert({
      organisation_id: input.organisation_id,
      course_id: input.course_id,
      module_id: place?.module_id ?? end.module_id ?? (await insertModule(input.course_id)),
      slug: await freeSlug(input.course_id, input.texts[0]?.title ?? ''),
      position: place?.position ?? end.next,
      ...(place && { exchange_id: place.exchange_id, audience: place.audience }),
      kind: input.kind,
      minutes: input.minutes,
      level: input.level,
      quiz_id: quizId,
      h5p_content_id: input.h5p_content_id,
      published_at: new Date(),
    })
    .returning('id');
  return row.id;
}

async function placeInCourse(courseId: string): Promise<{ next: number; module_id: string | null }> {
  const { rows } = await db().raw(
    `select coalesce(max(position), 0) + 1 as next,
       (select id from modules where course_id = ? order by position desc limit 1) as module_id
     from lessons where course_id = ?`,
    [courseId, courseId],
  );
  return rows[0];
}

async function insertModule(courseId: string): Promise<string> {
  const [row] = await db().table('modules').insert({ course_id: courseId, position: 1 }).returning('id');
  return row.id;
}

async function freeSlug(courseId: string, title: string): Promise<string> {
  const wanted = slugify(title) || 'lesson';
  const taken = await db().table('lessons').where({ course_id: courseId }).pluck('slug');
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.includes(slug)) return slug;
  }
}

async function renewLesson(input: LessonToPublish, lessonId: string): Promise<void> {
  await db()
    .table('lessons')
    .where({ id: lessonId, organisation_id: input.organisation_id })
    .update({
      minutes: input.minutes,
      level: input.level,
      h5p_content_id: input.h5p_content_id,
      version: db().raw('version + 1'),
    });
}

/**
 * Questions keep their rows from version to version, so that answers given stay with them; a removed one is retired, and what
 * a changed one was stays known to answers on their way. Rules that were not chosen stay as they are.
 */
async function putQuiz(input: LessonToPublish): Promise<string> {
  const lesson = input.lesson_id
    ? await db().table('lessons').where({ id: input.lesson_id }).first('quiz_id')
    : undefined;
  const quizId: string | null = lesson?.quiz_id ?? null;
  const known = quizId ? (await selectQuizContents([quizId])).get(quizId) : undefined;
  const audiences = new Map(known?.questions.map(({ exchange_id, audience }) => [exchange_id, audience]));
  return saveQuizContent(input.organisation_id, quizId, {
    rules: input.rules ?? known?.rules ?? DEFAULT_RULES,
    draws: input.draws ?? [],
    questions: input.questions.map(({ texts, options, ...question }) => ({
      ...question,
      audience: audiences.get(question.exchange_id) ?? [],
      texts: byLanguage(texts),
      options: options.map((option) => ({ ...option, texts: byLanguage(option.texts) })),
    })),
  });
}

const byLanguage = <T extends { language: Language }>(texts: readonly T[]) =>
  Object.fromEntries(texts.map(({ language, ...text }) => [language, text])) as Partial<
    Record<Language, Omit<T, 'language'>>
  >;

/** Rows that belong to one thing: the old ones go, the new ones come. */
async function replaceAll(table: string, owner: Record<string, string>, rows: object[]): Promise<void> {
  await db().table(table).where(owner).delete();
  if (rows.length > 0)
    await db()
      .table(table)
      .insert(rows.map((row) => ({ ...owner, ...row })));
}

/** A new course of the organisation with one empty module; learners see it once a lesson of it is published. */
export async function createCourse(organisationId: string, language: Language, title: string): Promise<string> {
  const wanted = slugify(title) || 'course';
  const taken: string[] = await db().table('courses').whereLike('slug', `${wanted}%`).pluck('slug');
  let slug = wanted;
  for (let number = 2; taken.includes(slug); number += 1) slug = `${wanted}-${number}`;
  const [row] = await db().table('courses').insert({ organisation_id: organisationId, slug }).returning('id');
  await db().table('course_texts').insert({ course_id: row.id, language, title });
  await insertModule(row.id);
  return row.id;
}
