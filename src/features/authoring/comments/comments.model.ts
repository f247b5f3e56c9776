import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { Draft } from '../drafts.model';
import type { Anchor } from './anchor';

/** What somebody said of a passage, or in answer to that. */
export interface DraftComment extends Anchor {
  id: string;
  organisation_id: string;
  draft_id: string;
  person_id: string | null;
  reply_to: string | null;
  language: Language;
  draft_version: number;
  body: string;
  said_at: Date;
  resolved_at: Date | null;
  resolved_by: string | null;
}

export interface ReadComment extends DraftComment {
  name: string | null;
  resolver: string | null;
}

/** So many comments of one draft are shown: more cannot be read. */
export const MOST_COMMENTS = 300;

/** False when this very comment has been said already. */
export async function insertComment(
  comment: Omit<DraftComment, 'said_at' | 'resolved_at' | 'resolved_by'>,
): Promise<boolean> {
  const rows = await db().table('draft_comments').insert(comment).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export function findComment(
  { organisation_id, id: draft_id }: Pick<Draft, 'organisation_id' | 'id'>,
  id: string,
): Promise<DraftComment | undefined> {
  return db().table('draft_comments').where({ organisation_id, draft_id, id }).first();
}

export function selectComments({ organisation_id, id }: Pick<Draft, 'organisation_id' | 'id'>) {
  return db()
    .table('draft_comments as k')
    .leftJoin('people as p', 'p.id', 'k.person_id')
    .leftJoin('people as r', 'r.id', 'k.resolved_by')
    .where({ 'k.organisation_id': organisation_id, 'k.draft_id': id })
    .orderBy(['k.said_at', 'k.id'])
    .limit(MOST_COMMENTS)
    .select<ReadComment[]>('k.*', 'p.name', 'r.name as resolver');
}

/** False when it stood so already. */
export async function setResolved({ organisation_id, id }: DraftComment, by: string | null): Promise<boolean> {
  const changed = await db()
    .table('draft_comments')
    .where({ organisation_id, id })
    .modify((query) => (by ? query.whereNull('resolved_at') : query.whereNotNull('resolved_at')))
    .update({ resolved_at: by && new Date(), resolved_by: by });
  return changed > 0;
}

/** A comment that somebody has answered stays: an answer to nothing says nothing. False then. */
export async function deleteComment({ organisation_id, id }: DraftComment): Promise<boolean> {
  const gone = await db()
    .table('draft_comments')
    .where({ organisation_id, id })
    .whereRaw('not exists (select from draft_comments a where a.reply_to = draft_comments.id)')
    .delete();
  return gone > 0;
}

/** Those who have said something in a thread. */
export function selectSpeakers({
  organisation_id,
  id,
}: Pick<DraftComment, 'organisation_id' | 'id'>): Promise<string[]> {
  return db()
    .table('draft_comments')
    .where({ organisation_id })
    .where((thread) => thread.where({ id }).orWhere({ reply_to: id }))
    .whereNotNull('person_id')
    .distinct()
    .pluck('person_id');
}
