import { db } from '../../lib/db';
import type { JudgedCriterion } from './rubric.model';

export const KINDS = ['task', 'earlier'] as const;
export type SubmissionKind = (typeof KINDS)[number];
export type SubmissionState =
  | 'draft'
  | 'sent'
  | 'looking'
  | 'more'
  | 'judged'
  | 'not_yet'
  | 'taken'
  | 'left'
  | 'withdrawn';

/** What a person did, or had learnt before, for somebody to look at. */
export interface Submission {
  id: string;
  organisation_id: string;
  person_id: string;
  kind: SubmissionKind;
  state: SubmissionState;
  story: string;
  place: string;
  link: string;
  /** As typed; `done_on` is the day that it meant when it was sent, as 2026-05-31. */
  done_on_typed: string;
  done_on: string | null;
  lesson_id: string | null;
  judge_id: string | null;
  feedback: string;
  /** The lesson's rubric as it was when it was judged by, with the levels chosen; null before, and without one. */
  rubric: JudgedCriterion[] | null;
  made_at: Date;
  sent_at: Date | null;
  changed_at: Date;
}

export interface SubmissionSkill {
  submission_id: string;
  organisation_id: string;
  competence_code: string;
  /** Codes of the can-do lines that the learner ticked. */
  claimed: string[];
  /** Codes of those that the judge saw. */
  seen: string[];
  /** The level of the highest line seen; null before, and where nothing was seen. */
  level: number | null;
}

export interface SubmissionFile {
  id: string;
  submission_id: string;
  organisation_id: string;
  name: string;
  mime: string;
  bytes: number;
  added_at: Date;
}

export interface SubmissionEvent {
  id: string;
  submission_id: string;
  organisation_id: string;
  actor_id: string | null;
  kind: Exclude<SubmissionState, 'draft'>;
  words: string;
  happened_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    submissions: Submission;
    submission_skills: SubmissionSkill;
    submission_files: SubmissionFile;
    submission_events: SubmissionEvent;
  }
}

/** False when this very form has made one already. */
export async function insertSubmission(
  row: Pick<Submission, 'id' | 'organisation_id' | 'person_id' | 'kind' | 'lesson_id'>,
): Promise<boolean> {
  const rows = await db()('submissions').insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

/** A submission by id, as its person or its judge may see it. */
export function findSubmission(organisationId: string, id: string): Promise<Submission | undefined> {
  return db()('submissions').where({ organisation_id: organisationId, id }).first();
}

/** The same, held until the transaction ends: two who press at the same moment act one after the other. */
export function lockSubmission({ organisation_id, id }: Pick<Submission, 'organisation_id' | 'id'>) {
  return db()('submissions').where({ organisation_id, id }).forUpdate().first();
}

export async function setSubmission(
  { organisation_id, id }: Pick<Submission, 'organisation_id' | 'id'>,
  values: Partial<Omit<Submission, 'id' | 'organisation_id' | 'person_id' | 'kind' | 'changed_at'>>,
): Promise<void> {
  await db()('submissions')
    .where({ organisation_id, id })
    .update({ ...values, ...('rubric' in values && { rubric: asJson(values.rubric) }), changed_at: new Date() });
}

/** The driver would take a list for an array of PostgreSQL's own. */
const asJson = (value: unknown) => (value ? (JSON.stringify(value) as never) : null);

/** A submission's skills in the order of their codes. */
export function selectSkills(organisationId: string, submissionId: string): Promise<SubmissionSkill[]> {
  return db()('submission_skills')
    .where({ organisation_id: organisationId, submission_id: submissionId })
    .orderBy('competence_code');
}

export async function insertSkills(
  { organisation_id, id }: Pick<Submission, 'organisation_id' | 'id'>,
  codes: readonly string[],
): Promise<void> {
  const rows = codes.map((competence_code) => ({ organisation_id, submission_id: id, competence_code }));
  await db()('submission_skills').insert(rows).onConflict(['submission_id', 'competence_code']).ignore();
}

export async function setSkill(
  { organisation_id, submission_id, competence_code }: SubmissionSkill,
  values: Partial<Pick<SubmissionSkill, 'claimed' | 'seen' | 'level'>>,
): Promise<void> {
  await db()('submission_skills').where({ organisation_id, submission_id, competence_code }).update(values);
}

export async function insertEvent(
  { organisation_id, id }: Pick<Submission, 'organisation_id' | 'id'>,
  actorId: string,
  kind: SubmissionEvent['kind'],
  words = '',
): Promise<void> {
  await db()('submission_events').insert({ organisation_id, submission_id: id, actor_id: actorId, kind, words });
}

export function selectFiles(organisationId: string, submissionId: string): Promise<SubmissionFile[]> {
  return db()('submission_files')
    .where({ organisation_id: organisationId, submission_id: submissionId })
    .orderBy(['added_at', 'id']);
}

export async function insertSubmissionFile(row: Omit<SubmissionFile, 'added_at'>): Promise<void> {
  await db()('submission_files').insert(row);
}

export async function deleteSubmissionFile({ organisation_id, id }: SubmissionFile): Promise<void> {
  await db()('submission_files').where({ organisation_id, id }).delete();
}

/** Where the bytes of a file are kept: under their person, so that an erasure finds them. */
export const submissionFileKey = (
  personId: string,
  { organisation_id, id }: Pick<SubmissionFile, 'organisation_id' | 'id'>,
) => `evidence/${organisation_id}/${personId}/${id}`;
