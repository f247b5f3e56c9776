import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { DraftContent } from '../authoring/drafts.model';
import type { BasedOn } from '../courses/courses.model';

/** A lesson that an organisation keeps to begin others from. */
export interface LessonTemplate {
  id: string;
  organisation_id: string;
  kind: 'text' | 'quiz';
  title: string;
  about: string;
  language: Language;
  content: DraftContent;
  based_on: BasedOn | null;
  created_at: Date;
  removed_at: Date | null;
}

/** Without their documents, the newest first. */
export function selectTemplates(organisationId: string) {
  return db()
    .table('lesson_templates')
    .where({ organisation_id: organisationId, removed_at: null })
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(100)
    .select<Pick<LessonTemplate, 'id' | 'kind' | 'title' | 'about' | 'language' | 'created_at'>[]>(
      'id',
      'kind',
      'title',
      'about',
      'language',
      'created_at',
    );
}

export async function findTemplate(organisationId: string, id: string): Promise<LessonTemplate | undefined> {
  const { rows } = await db().raw<{ rows: LessonTemplate[] }>(
    'select * from lesson_templates where organisation_id = ? and id::text = ? and removed_at is null',
    [organisationId, id],
  );
  return rows[0];
}

/** False when it is kept already: the form was sent twice. */
export async function insertTemplate(template: Omit<LessonTemplate, 'created_at' | 'removed_at'>): Promise<boolean> {
  const { content, based_on, ...rest } = template;
  const rows = await db()
    .table('lesson_templates')
    .insert({ ...rest, content: JSON.stringify(content), based_on: based_on && JSON.stringify(based_on) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

export function removeTemplate(organisationId: string, id: string): Promise<number> {
  return db()
    .table('lesson_templates')
    .where({ organisation_id: organisationId, id, removed_at: null })
    .update({ removed_at: new Date() });
}
