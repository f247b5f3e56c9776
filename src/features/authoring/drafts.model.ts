import { db } from '../../lib/db';
import type { DraftContent } from './drafts.document';

export const SIGNATURES = ['true_to_life', 'correct_and_safe'] as const;
export type SignatureKind = (typeof SIGNATURES)[number];
export type DraftState = 'writing' | 'in_review' | 'published';
export type DraftKind = 'text' | 'quiz' | 'h5p';

export interface Draft {
  id: string;
  organisation_id: string;
  course_id: string;
  lesson_id: string | null;
  kind: DraftKind;
  content: DraftContent;
  version: number;
  state: DraftState;
  author_id: string | null;
  expert_id: string | null;
  professional_id: string | null;
  submitted_at: Date | null;
  published_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface Signature {
  draft_id: string;
  organisation_id: string;
  kind: SignatureKind;
  person_id: string;
  draft_version: number;
  shown_name: string;
  signed_at: Date;
}

export interface DraftNote {
  id: string;
  draft_id: string;
  organisation_id: string;
  person_id: string | null;
  text: string;
  created_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    lesson_drafts: Draft;
    draft_signatures: Signature;
    draft_notes: DraftNote;
  }
}

export function findDraft(organisationId: string, id: string): Promise<Draft | undefined> {
  return db()('lesson_drafts')
    .where({ organisation_id: organisationId, id })
    .first()
    .then((row) => row);
}

/** The same, kept from others until the transaction ends. */
export function lockDraft(organisationId: string, id: string): Promise<Draft | undefined> {
  return db()('lesson_drafts')
    .where({ organisation_id: organisationId, id })
    .forUpdate()
    .first()
    .then((row) => row);
}

export async function insertDraft(
  draft: Pick<Draft, 'organisation_id' | 'course_id' | 'kind' | 'content' | 'author_id'>,
): Promise<Draft> {
  const [row] = await db()('lesson_drafts')
    .insert({ ...draft, content: JSON.stringify(draft.content) as never })
    .returning('*');
  if (!row) throw new Error('the draft was not stored');
  return row;
}

export async function updateDraft(draft: Draft, values: Partial<Draft>): Promise<void> {
  const { content, ...rest } = values;
  await db()('lesson_drafts')
    .where({ organisation_id: draft.organisation_id, id: draft.id })
    .update({ ...rest, ...(content && { content: JSON.stringify(content) as never }), updated_at: new Date() });
}

/** Signatures of the draft as it stands; one given to an earlier version no longer counts. */
export function selectValidSignatures(draft: Draft): Promise<Signature[]> {
  return db()('draft_signatures')
    .where({ organisation_id: draft.organisation_id, draft_id: draft.id, draft_version: draft.version })
    .then((rows) => rows);
}

/** A person's signature replaces an earlier one of the same kind. */
export async function putSignature(signature: Omit<Signature, 'signed_at'>): Promise<void> {
  await db()('draft_signatures')
    .insert({ ...signature, signed_at: new Date() })
    .onConflict(['draft_id', 'kind'])
    .merge();
}

export async function insertNote(note: Omit<DraftNote, 'id' | 'created_at'>): Promise<void> {
  await db()('draft_notes').insert(note);
}
