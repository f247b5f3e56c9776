import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';

/** What a publishing changed. Only a changed requirement asks anything of those who are done. */
export const CHANGE_KINDS = ['typo', 'clearer', 'new', 'requirement'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface LessonChange {
  kind: ChangeKind;
  /** What changed, in the author's words. */
  words: string;
  language: Language;
}

/** The job that tells those who are done that a requirement changed. Payload: course_id, lesson_id. */
export const REQUIREMENT_JOB = 'courses.requirement-changed';

export async function insertChange(
  lesson: { organisation_id: string; course_id: string; lesson_id: string },
  change: LessonChange,
): Promise<void> {
  await db()
    .table('lesson_changes')
    .insert({ ...lesson, ...change });
}
