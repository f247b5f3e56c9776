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
  /** What differs from the text before, for those who read that one; null for a first publication. */
  difference?: LessonDifference | null;
}

/** Changed parts of a lesson by language, each as words that stayed, came and went. */
export type LessonDifference = Partial<Record<Language, { how: 'same' | 'added' | 'removed'; text: string }[][]>>;

/** The job that tells those who are done that a requirement changed. Payload: course_id, lesson_id. */
export const REQUIREMENT_JOB = 'courses.requirement-changed';

/** Writes down what made the version that the lesson has now. */
export async function insertChange(
  lesson: { organisation_id: string; course_id: string; lesson_id: string },
  { difference, ...change }: LessonChange,
): Promise<void> {
  const { organisation_id, course_id, lesson_id } = lesson;
  await db().raw(
    `insert into lesson_changes (organisation_id, course_id, lesson_id, version, kind, words, language, difference)
     select ?, ?, id, version, ?, ?, ?, ?::jsonb from lessons where id = ?`,
    [
      ...[organisation_id, course_id, change.kind, change.words, change.language],
      ...[difference ? JSON.stringify(difference) : null, lesson_id],
    ] as never,
  );
}
