import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { DraftContent } from './drafts.document';

export interface CourseDocument {
  id: string;
  content: Pick<DraftContent, 'original' | 'title' | 'blocks'>;
}

/** A course of the organisation by its id; `others`: its published lessons that are no document of blocks. */
export async function findOwnCourse(
  organisationId: string,
  id: string,
  language: Language,
): Promise<{ id: string; title: string; others: number } | undefined> {
  const { rows } = await db().raw(
    `select c.id, (select title from course_texts t where t.course_id = c.id
        order by (t.language = ?) desc, (t.language = 'fi') desc limit 1) as title,
      (select count(*)::int from lessons l where l.course_id = c.id and l.published_at is not null
        and not exists (select from lesson_drafts d where d.organisation_id = c.organisation_id and d.lesson_id = l.id
          and jsonb_array_length(d.content -> 'blocks') > 0)) as others
     from courses c where c.organisation_id = ? and c.id::text = ?`,
    [language, organisationId, id],
  );
  return rows[0];
}

/** Documents of blocks of a course, one for each lesson: the one written last. */
export async function selectCourseDocuments(organisationId: string, courseId: string): Promise<CourseDocument[]> {
  const { rows } = await db().raw(
    `select d.id, jsonb_build_object('original', d.content -> 'original', 'title', d.content -> 'title',
       'blocks', d.content -> 'blocks') as content
     from (select distinct on (coalesce(lesson_id, id)) * from lesson_drafts
       where organisation_id = ? and course_id = ? order by coalesce(lesson_id, id), updated_at desc, id) d
     left join lessons l on l.id = d.lesson_id left join draft_places p on p.draft_id = d.id
     where jsonb_array_length(d.content -> 'blocks') > 0 order by coalesce(l.position, p.position) nulls last, d.created_at, d.id`,
    [organisationId, courseId],
  );
  return rows;
}
