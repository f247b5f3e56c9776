import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { LessonDifference } from '../../courses/lesson-changes.model';
import type { Draft } from '../drafts.model';
import { differenceOf } from './difference';
import type { DraftVersion } from './versions.model';

/** The text that learners have now; undefined before the first publication, and of those from before texts were kept. */
export function findPublished(draft: Pick<Draft, 'organisation_id' | 'id'>): Promise<DraftVersion | undefined> {
  return db()
    .table('draft_versions')
    .where({ organisation_id: draft.organisation_id, draft_id: draft.id })
    .whereNotNull('published_at')
    .orderBy('published_at', 'desc')
    .first();
}

export async function publishedNumber(lessonId: string): Promise<number> {
  const row = await db().table('lessons').where({ id: lessonId }).first('version');
  return row?.version ?? 1;
}

/** So many changed parts go with a lesson; whoever is asked to read it again reads it anyway. */
const MOST_PARTS = 40;

/** What this publication changes for those who read the earlier one, by language; null when there was none. */
export async function publishedDifference(
  draft: Draft,
  languages: readonly Language[],
): Promise<LessonDifference | null> {
  const published = draft.lesson_id && (await findPublished(draft));
  if (!published) return null;
  return Object.fromEntries(
    languages.map((language) => [
      language,
      differenceOf(published.content, draft.content, language)
        .filter(({ state }) => state !== 'same' && state !== 'moved')
        .slice(0, MOST_PARTS)
        .map(({ parts }) => parts),
    ]),
  );
}
