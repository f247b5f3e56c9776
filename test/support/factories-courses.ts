import { randomUUID } from 'node:crypto';
import type { Course, Lesson } from '../../src/features/courses/courses.model';
import { refreshCourseSearch } from '../../src/features/courses/search-index.model';
import { db } from '../../src/lib/db';
import type { Language } from '../../src/lib/i18n';
import { renderMarkdown } from '../../src/lib/markdown';
import { asOwner } from './factories';

type CourseValues = Partial<Course> & { title?: string; languages?: Language[]; sharedWith?: 'all' | { id: string }[] };

/** A published course with one module and no lessons. */
export async function aCourse(organisation: { id: string }, values: CourseValues = {}): Promise<Course> {
  const { title = 'Turvallinen salasana', languages = ['fi', 'en'], sharedWith = [], ...course } = values;
  const id = course.id ?? randomUUID();
  await asOwner(async () => {
    await db()
      .table('courses')
      .insert({ id, organisation_id: organisation.id, slug: id, published_at: new Date(), ...course });
    for (const language of languages)
      await db()
        .table('course_texts')
        .insert({ course_id: id, language, title, summary: `${title}: lyhyesti` });
    await db().table('modules').insert({ course_id: id, position: 1 });
    const shares = sharedWith === 'all' ? [{ id: null }] : sharedWith;
    for (const share of shares) await db().table('course_shares').insert({ course_id: id, organisation_id: share.id });
    await refreshCourseSearch([id]);
  });
  return asOwner(() => db().table('courses').where({ id }).first());
}

type LessonValues = Partial<Lesson> & { title?: string; body?: string; practice?: string; languages?: Language[] };

/** A published text lesson, the last of its course. */
export async function aLesson(course: Course, values: LessonValues = {}): Promise<Lesson & { course_slug: string }> {
  const {
    title = 'Hyvä salasana',
    body = 'Eka kappale.\n\nToka kappale.',
    practice = '',
    languages,
    ...lesson
  } = values;
  const id = lesson.id ?? randomUUID();
  return asOwner(async () => {
    const module = await db().table('modules').where({ course_id: course.id }).first();
    const [{ count }] = await db().table('lessons').where({ course_id: course.id }).count();
    await db()
      .table('lessons')
      .insert({
        ...{ id, organisation_id: course.organisation_id, course_id: course.id, module_id: module.id },
        ...{ slug: id, position: Number(count) + 1, kind: 'text', published_at: new Date() },
        ...lesson,
      });
    for (const language of languages ?? ['fi', 'en'])
      await db()
        .table('lesson_texts')
        .insert({ lesson_id: id, language, title, body, practice, html: renderMarkdown(body) });
    await refreshCourseSearch([course.id]);
    const row = await db().table('lessons').where({ id }).first();
    return { ...row, course_slug: course.slug };
  });
}
