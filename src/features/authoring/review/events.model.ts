import { db } from '../../../lib/db';
import type { Draft } from '../drafts.model';

/** What happens to a draft on its way to readers and back. */
export type EventKind =
  | 'submitted'
  | 'taken_back'
  | 'changes_asked'
  | 'signed'
  | 'approved'
  | 'planned'
  | 'not_published'
  | 'published'
  | 'reopened'
  | 'restored'
  | 'checked';

export interface DraftEvent {
  id: string;
  kind: EventKind;
  /** Which signature, why it was not published; a word that pages translate. */
  about: string;
  text: string;
  draft_version: number;
  name: string | null;
  created_at: Date;
}

/** Writes what was done, with whose words, in the caller's transaction. */
export async function insertEvent(
  draft: Pick<Draft, 'organisation_id' | 'id' | 'version'>,
  event: { kind: EventKind; person_id: string | null; about?: string; text?: string },
): Promise<void> {
  await db()
    .table('draft_events')
    .insert({
      organisation_id: draft.organisation_id,
      draft_id: draft.id,
      draft_version: draft.version,
      about: '',
      text: '',
      ...event,
    });
}

/** What has happened, the newest first. */
export function selectEvents(draft: Pick<Draft, 'organisation_id' | 'id'>, limit = 60) {
  return db()
    .table('draft_events as e')
    .leftJoin('people as p', 'p.id', 'e.person_id')
    .where({ 'e.organisation_id': draft.organisation_id, 'e.draft_id': draft.id })
    .orderBy([{ column: 'e.created_at', order: 'desc' }, 'e.id'])
    .limit(limit)
    .select<DraftEvent[]>('e.id', 'e.kind', 'e.about', 'e.text', 'e.draft_version', 'e.created_at', 'p.name');
}
