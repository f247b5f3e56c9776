import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { DraftContent } from '../authoring/drafts.model';
import type { BasedOn, Picture } from '../courses/courses.model';
import type { PublishedLesson } from './rebuilt-content';

export interface CourseSource {
  id: string;
  organisation_id: string;
  organisation_name: string;
  texts: Partial<Record<Language, { title: string; summary: string }>>;
  picture: Picture;
  competences: { competence_code: string; from_level: number; to_level: number }[];
  based_on: BasedOn | null;
}

export interface LessonSource extends PublishedLesson {
  id: string;
  organisation_id: string;
  organisation_name: string;
  course_id: string;
  quiz_id: string | null;
  based_on: BasedOn | null;
  /** The document that its readers' text was made of; null for what was never written in this installation. */
  content: DraftContent | null;
}

/** SQL: whether an organisation (two bindings, the same id) may copy the course `c`: it is its own, or shared with it now. */
const COPIED = `c.published_at is not null and (c.organisation_id = ? or exists (
  select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)))`;

/** A course to copy; undefined for one that is not published, not shared (any more) and not there. */
export async function findCourseSource(organisationId: string, id: string): Promise<CourseSource | undefined> {
  const { rows } = await db().raw<{ rows: CourseSource[] }>(
    `select c.id, c.organisation_id, o.name as organisation_name, c.picture, c.based_on,
       coalesce((select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'summary', t.summary))
         from course_texts t where t.course_id = c.id), '{}') as texts,
       coalesce((select jsonb_agg(jsonb_build_object('competence_code', k.competence_code, 'from_level', k.from_level,
         'to_level', k.to_level) order by k.competence_code) from course_competences k where k.course_id = c.id), '[]') as competences
     from courses c join organisations o on o.id = c.organisation_id where c.id::text = ? and ${COPIED}`,
    [id, organisationId, organisationId],
  );
  return rows[0];
}

const LESSONS = `
  select l.id, l.organisation_id, l.course_id, o.name as organisation_name, l.kind, l.minutes, l.level, l.video, l.rubric,
    l.quiz_id, l.h5p_content_id, l.based_on, published_lesson_content(l.id) as content,
    array(select k.competence_code from lesson_competences k where k.lesson_id = l.id order by 1) as competences,
    coalesce((select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'body', t.body, 'practice', t.practice))
      from lesson_texts t where t.lesson_id = l.id), '{}') as texts
  from lessons l join courses c on c.id = l.course_id join organisations o on o.id = l.organisation_id
  where l.published_at is not null and ${COPIED}`;

/** A published lesson to copy, with what its readers have. */
export async function findLessonSource(organisationId: string, id: string): Promise<LessonSource | undefined> {
  const { rows } = await db().raw<{ rows: LessonSource[] }>(`${LESSONS} and l.id::text = ?`, [
    organisationId,
    organisationId,
    id,
  ]);
  return rows[0];
}

/** The published lessons of a course to copy, in order. */
export async function selectLessonSources(organisationId: string, courseId: string): Promise<LessonSource[]> {
  const { rows } = await db().raw<{ rows: LessonSource[] }>(`${LESSONS} and c.id = ? order by l.position, l.id`, [
    organisationId,
    organisationId,
    courseId,
  ]);
  return rows;
}

export interface CopyChoice {
  id: string;
  title: string;
  organisation_name: string;
  is_own: boolean;
  lessons: { id: string; title: string; kind: string }[];
}

/** What may be copied, own first, each course with its lessons. */
export function selectCopyChoices(organisationId: string, language: Language) {
  const title = (table: string, own: string) => `(select t.title from ${table} t where ${own}
    order by (t.language = :language) desc, (t.language = 'fi') desc limit 1)`;
  return db().raw<{ rows: CopyChoice[] }>(
    `select c.id, coalesce(${title('course_texts', 't.course_id = c.id')}, '–') as title, o.name as organisation_name,
       c.organisation_id = :organisationId as is_own,
       coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind,
         'title', coalesce(${title('lesson_texts', 't.lesson_id = l.id')}, '–')) order by l.position, l.id)
         from lessons l where l.course_id = c.id and l.published_at is not null), '[]') as lessons
     from courses c join organisations o on o.id = c.organisation_id
     where ${COPIED.replaceAll('?', ':organisationId')} and c.lessons_total > 0
     order by is_own desc, lower(${title('course_texts', 't.course_id = c.id')}), c.id limit 100`,
    { organisationId, language },
  );
}
