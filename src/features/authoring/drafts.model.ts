import { db } from '../../lib/db';
import { currentScope } from '../../lib/scope';
import type { BasedOn } from '../courses/courses.model';
import type { DraftContent } from './drafts.document';
import { carrySignatures, keepVersion } from './versions/versions.model';

export { type DraftContent, type DraftDraw, type DraftQuestion, newContent, writtenLanguages } from './drafts.document';

export const SIGNATURES = ['true_to_life', 'correct_and_safe'] as const;
export type SignatureKind = (typeof SIGNATURES)[number];
export type DraftState = 'writing' | 'in_review' | 'approved' | 'published';
export type DraftKind = 'text' | 'quiz' | 'h5p';

/** When a lesson that both have signed goes out: at once, when somebody presses, or at a moment that was chosen. */
export const PUBLISH_MODES = ['at_once', 'on_press', 'at_time'] as const;
export type PublishMode = (typeof PUBLISH_MODES)[number];

/** The parts that people have in a course. */
export const COURSE_ROLES = ['author', 'reviewer', 'tester', 'reader'] as const;
export type CourseRole = (typeof COURSE_ROLES)[number];

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
  publish_mode: PublishMode;
  publish_at: Date | null;
  /** The day by which the published text is read again, as 2026-05-31. */
  check_by: string | null;
  created_at: Date;
  updated_at: Date;
  /** What it was copied from, as its readers are told. */
  based_on: BasedOn | null;
  /** Who has a part in the draft's course and is here to take it: a course whose authors have left is anybody's again. */
  people: { person_id: string; role: CourseRole }[];
}

export interface Signature {
  draft_id: string;
  organisation_id: string;
  kind: SignatureKind;
  person_id: string;
  draft_version: number;
  shown_name: string;
  shown: 'full' | 'short' | 'pen' | 'role' | 'none';
  signed_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    lesson_drafts: Omit<Draft, 'people'>;
    draft_signatures: Signature;
  }
}

/** A draft's own columns; a day comes as text, so that no zone moves it. */
const DRAFT = `d.id, d.organisation_id, d.course_id, d.lesson_id, d.kind, d.content, d.version, d.state, d.author_id, d.expert_id,
  d.professional_id, d.submitted_at, d.published_at, d.publish_mode, d.publish_at, to_char(d.check_by, 'YYYY-MM-DD') as check_by,
  d.created_at, d.updated_at, d.based_on, coalesce((select jsonb_agg(jsonb_build_object('person_id', k.person_id, 'role', k.role))
    from course_people k join memberships m on m.organisation_id = k.organisation_id and m.person_id = k.person_id
      and m.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
      and (k.role <> 'author' or m.roles && '{author,expert}')
    where k.organisation_id = d.organisation_id and k.course_id = d.course_id), '[]') as people`;

export async function findDraft(organisationId: string, id: string): Promise<Draft | undefined> {
  return readDraft(organisationId, id, '');
}

/** The same, kept from others until the transaction ends. */
export function lockDraft(organisationId: string, id: string): Promise<Draft | undefined> {
  return readDraft(organisationId, id, 'for update');
}

async function readDraft(organisationId: string, id: string, lock: string): Promise<Draft | undefined> {
  const { rows } = await db().raw<{ rows: Draft[] }>(
    `select ${DRAFT} from lesson_drafts d where d.organisation_id = ? and d.id = ? ${lock}`,
    [organisationId, id],
  );
  return rows[0];
}

export async function insertDraft(
  draft: Pick<Draft, 'organisation_id' | 'course_id' | 'kind' | 'content' | 'author_id'> &
    Partial<Pick<Draft, 'id' | 'based_on'>>,
): Promise<Draft> {
  const [row] = await db()('lesson_drafts')
    .insert({
      ...draft,
      content: JSON.stringify(draft.content) as never,
      ...(draft.based_on && { based_on: JSON.stringify(draft.based_on) as never }),
    })
    .returning('*');
  if (!row) throw new Error('the draft was not stored');
  const stored = { ...row, check_by: null, people: [] };
  await keepVersion(stored, { person_id: currentScope().personId, began_at: stored.created_at });
  return stored;
}

/** Changes a draft. New content is kept in its history as well, and a signature of the very same text goes on with it. */
export async function updateDraft(draft: Draft, values: Partial<Omit<Draft, 'people'>>): Promise<void> {
  const { content, ...rest } = values;
  const own = { organisation_id: draft.organisation_id, id: draft.id };
  await db()('lesson_drafts')
    .where(own)
    .update({ ...rest, ...(content && { content: JSON.stringify(content) as never }), updated_at: new Date() });
  if (!content) return;
  const now = { ...draft, content, version: values.version ?? draft.version };
  await keepVersion(now, { person_id: currentScope().personId });
  await carrySignatures(now);
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
