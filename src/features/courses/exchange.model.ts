import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { renderMarkdown } from '../../lib/markdown';
import { freeSlug } from '../../lib/text';
import { selectFilesShown } from '../files/files.model';
import { saveQuizContent, selectQuizContents } from '../quizzes/quiz-content.model';
import type { CourseContent, LessonContent, ModuleContent } from './exchange.rows';

/** Many tables in one place: their columns are not typed here. */
const table = (name: string) => db().table(name);

/** Where a course, a module or a lesson was written. */
export interface Saved {
  id: string;
  slug: string;
  isNew: boolean;
}

/** Writes the course itself; known by exchange_id, so a second time finds the same row. A new one is published at once. */
export async function saveCourse(organisationId: string, course: CourseContent): Promise<Saved> {
  const { exchange_id, picture } = course;
  const taken: string[] = await table('courses')
    .where({ organisation_id: organisationId })
    .whereRaw('exchange_id is distinct from ?', [exchange_id])
    .pluck('slug');
  const [row] = await table('courses')
    .insert({
      organisation_id: organisationId,
      exchange_id,
      slug: freeSlug(exchange_id, taken, 'course'),
      picture,
      sources: JSON.stringify(course.sources),
      published_at: new Date(),
      // Not the transaction's time: the courses of a file keep their order.
      created_at: db().raw('clock_timestamp()'),
    })
    .onConflict(['organisation_id', 'exchange_id'])
    .merge({ picture, sources: JSON.stringify(course.sources) })
    .returning(['id', 'slug', db().raw('(xmax = 0) as is_new')]);
  await saveTexts('course_texts', { course_id: row.id }, course.texts);
  await table('course_competences').where({ course_id: row.id }).delete();
  const competences = course.competences.map(({ code, ...levels }) => ({ competence_code: code, ...levels }));
  await insertAll('course_competences', competences, { course_id: row.id });
  // Places are given anew below; nobody may stand in the way meanwhile.
  await db().raw('update modules set position = -position where course_id = ? and position > 0', [row.id]);
  return { id: row.id, slug: row.slug, isNew: row.is_new };
}

export async function saveModule(courseId: string, module: ModuleContent, position: number): Promise<string> {
  const { lessons, texts, competences, sources, ...values } = module;
  const [row] = await table('modules')
    .insert({
      ...values,
      course_id: courseId,
      position,
      competences: JSON.stringify(competences),
      sources: JSON.stringify(sources),
    })
    .onConflict(['course_id', 'exchange_id'])
    .merge()
    .returning('id');
  await saveTexts('module_texts', { module_id: row.id }, texts);
  return row.id;
}

interface LessonPlace {
  organisationId: string;
  courseId: string;
  moduleId: string;
  position: number;
  taken: string[];
}

/** Writes a lesson with its texts and its quiz. The version grows when a text of it changed. */
export async function saveLesson(place: LessonPlace, lesson: LessonContent): Promise<Saved> {
  const { organisationId, courseId, moduleId, position } = place;
  const known = await table('lessons').where({ course_id: courseId, exchange_id: lesson.exchange_id }).first();
  const quiz_id = lesson.quiz ? await saveQuizContent(organisationId, known?.quiz_id ?? null, lesson.quiz) : null;
  const { kind, minutes, level, audience, exchange_id } = lesson;
  const values = { kind, minutes, level, audience, exchange_id, position, module_id: moduleId, quiz_id };
  const video = lesson.video && JSON.stringify(lesson.video);
  const rubric = lesson.rubric && JSON.stringify(lesson.rubric);
  const slug = known?.slug ?? freeSlug(exchange_id.split('/').at(-1) ?? exchange_id, place.taken, 'lesson');
  const [row] = await table('lessons')
    .insert({
      ...values,
      video,
      rubric,
      organisation_id: organisationId,
      course_id: courseId,
      slug,
      published_at: new Date(),
    })
    .onConflict(['course_id', 'exchange_id'])
    .merge({ ...values, video, rubric, published_at: db().raw('coalesce(lessons.published_at, now())') })
    .returning(['id', 'version']);
  await saveLessonTexts(row, lesson);
  await table('lesson_competences').where({ lesson_id: row.id }).delete();
  const competences = lesson.competences.map((competence_code) => ({ competence_code }));
  await insertAll('lesson_competences', competences, { lesson_id: row.id });
  const texts = Object.values(lesson.texts).flatMap(({ body, practice }) => [body, practice]);
  const pictures = (lesson.quiz?.questions ?? []).map(({ content }) => JSON.stringify(content));
  const files = (await selectFilesShown(organisationId, [...texts, ...pictures])).map((file_id) => ({ file_id }));
  await table('lesson_files').where({ lesson_id: row.id }).delete();
  await insertAll('lesson_files', files, { lesson_id: row.id });
  return { id: row.id, slug, isNew: !known };
}

/** A text that stays the same stays reviewed; a changed one must be read again. */
async function saveLessonTexts(row: { id: string; version: number }, lesson: LessonContent): Promise<void> {
  const known = await table('lesson_texts').where({ lesson_id: row.id });
  const same = (language: string, text: LessonContent['texts'][Language]) =>
    known.some(
      (old) =>
        old.language === language &&
        old.title === text?.title &&
        old.body === text?.body &&
        old.practice === text?.practice,
    );
  const isChanged = known.length > 0 && Object.entries(lesson.texts).some(([language, text]) => !same(language, text));
  const version = row.version + (isChanged ? 1 : 0);
  if (isChanged) {
    await table('lessons').where({ id: row.id }).update({ version });
    // Names stand under the text that they signed, and under no other.
    await table('lesson_credits').where({ lesson_id: row.id }).delete();
  }
  await table('lesson_texts').where({ lesson_id: row.id }).delete();
  await insertAll(
    'lesson_texts',
    Object.entries(lesson.texts).map(([language, text]) => ({
      language,
      ...text,
      html: renderMarkdown(text.body, { keepBreaks: language === 'fi-x-selko' }),
      follows_version: version,
      reviewed: lesson.reviewed
        ? lesson.reviewed.includes(language as Language)
        : same(language, text) && known.some((old) => old.language === language && old.reviewed),
    })),
    { lesson_id: row.id },
  );
}

async function saveTexts(name: string, owner: Record<string, string>, texts: object): Promise<void> {
  await table(name).where(owner).delete();
  await insertAll(
    name,
    Object.entries(texts).map(([language, text]) => ({ language, ...text })),
    owner,
  );
}

async function insertAll(name: string, rows: object[], owner: Record<string, string>): Promise<void> {
  if (rows.length === 0) return;
  await table(name).insert(rows.map((row) => ({ ...row, ...owner })));
}

/**
 * After all lessons of a course are written: those the file once brought and brings no more are taken from the readers
 * (their progress stays), those written here come after the file's, and modules that are gone come last.
 */
export async function settleCourse(courseId: string, lessonIds: string[]): Promise<void> {
  await db().raw(
    `update lessons set published_at = null
     where course_id = ? and exchange_id is not null and id <> all(?) and published_at is not null`,
    [courseId, lessonIds],
  );
  await db().raw(
    `update lessons l set position = ? + n.place from (
       select id, row_number() over (order by position, id) as place from lessons where course_id = ? and id <> all(?)
     ) n where n.id = l.id`,
    [lessonIds.length, courseId, lessonIds],
  );
  await db().raw(
    `update modules m set position = n.place from (
       select id, row_number() over (order by position < 0, abs(position)) as place from modules where course_id = ?
     ) n where n.id = m.id and m.position <> n.place`,
    [courseId],
  );
}

/** Lets every organisation of the installation use the course. Safe to call twice. */
export async function shareWithAll(courseId: string): Promise<void> {
  await table('course_shares').insert({ course_id: courseId, organisation_id: null }).onConflict().ignore();
}

/** The whole course as it is published, for exporting. */
export async function readCourseContent(courseId: string): Promise<CourseContent> {
  const { rows } = await db().raw(COURSE, [courseId]);
  const course: CourseContent = rows[0].course;
  const lessons: (LessonContent & { quiz_id?: string | null })[] = course.modules.flatMap((module) => module.lessons);
  const quizzes = await selectQuizContents(lessons.flatMap(({ quiz_id }) => quiz_id ?? []));
  for (const lesson of lessons) lesson.quiz = (lesson.quiz_id && quizzes.get(lesson.quiz_id)) || null;
  return course;
}

const COURSE = `
  select jsonb_build_object('exchange_id', coalesce(c.exchange_id, c.slug), 'picture', c.picture, 'sources', c.sources,
    'texts', (select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'summary', t.summary))
      from course_texts t where t.course_id = c.id),
    'competences', coalesce((select jsonb_agg(jsonb_build_object('code', competence_code, 'from_level', from_level,
      'to_level', to_level) order by ctid) from course_competences k where k.course_id = c.id), '[]'),
    'modules', coalesce((select jsonb_agg(jsonb_build_object(
      'exchange_id', coalesce(m.exchange_id, c.slug || case when m.position > 1 then '-' || m.position else '' end),
      'minutes', m.minutes, 'audience', m.audience, 'competences', m.competences, 'sources', m.sources,
      'texts', coalesce((select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'summary', t.summary))
        from module_texts t where t.module_id = m.id), '{}'),
      'lessons', coalesce((select jsonb_agg(jsonb_build_object(
        'exchange_id', coalesce(l.exchange_id, c.slug || '/' || l.slug), 'kind', l.kind, 'minutes', l.minutes,
        'level', l.level, 'audience', l.audience, 'video', l.video, 'rubric', l.rubric, 'quiz_id', l.quiz_id,
        'competences', coalesce((select jsonb_agg(k.competence_code order by k.ctid) from lesson_competences k
          where k.lesson_id = l.id), '[]'),
        'reviewed', (select coalesce(jsonb_agg(t.language), '[]') from lesson_texts t
          where t.lesson_id = l.id and t.reviewed),
        'texts', (select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'body', t.body,
          'practice', t.practice)) from lesson_texts t where t.lesson_id = l.id)) order by l.position, l.id)
        from lessons l where l.module_id = m.id and l.published_at is not null), '[]')) order by m.position)
      from modules m where m.course_id = c.id and exists (
        select from lessons l where l.module_id = m.id and l.published_at is not null)), '[]')) as course
  from courses c where c.id = ?`;
