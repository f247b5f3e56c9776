import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';
import type { SpaceRole } from '../spaces/spaces.model';
import type { PublicationKind, Texts, Tongue } from './texts';

export const STATES = ['draft', 'comments', 'approval', 'published', 'withdrawn'] as const;
export type PublicationState = (typeof STATES)[number];
export const COMMENTING = ['none', 'members', 'open'] as const;
export type Commenting = (typeof COMMENTING)[number];

export interface Publication {
  id: string;
  /** Its keeper. */
  organisation_id: string;
  space_id: string | null;
  /** Who sees it now. */
  visibility: Visibility;
  /** Who sees it when it is open for comments or published. */
  shown_to: Visibility;
  kind: PublicationKind;
  language: Tongue;
  state: PublicationState;
  comments: Commenting;
  /** "The opening of a discussion": it is to live on. */
  is_opening: boolean;
  latest_number: number;
  shown_number: number | null;
  owner_id: string | null;
  owner_name: string;
  /** A day, YYYY-MM-DD. */
  review_on: string | null;
  reminded_on: string | null;
  published_at: Date | null;
  created_at: Date;
  updated_at: Date;
  organisation_name: string;
  space_name: string | null;
}

export interface PublicationVersion {
  id: string;
  organisation_id: string;
  publication_id: string;
  number: number;
  texts: Texts;
  note: string;
  frozen_hash: string | null;
  frozen_at: Date | null;
  made_by_name: string;
  made_at: Date;
}

export interface Approval {
  organisation_id: string;
  number: number;
  person_id: string;
  shown_name: string;
  asked_at: Date;
  approved_at: Date | null;
  organisation_name: string;
}

export interface Signature {
  id: string;
  organisation_id: string;
  organisation_name: string;
  number: number;
  shown_name: string;
  title: string;
  signed_at: Date;
  withdrawn_at: Date | null;
  reason: string;
}

const WITH_NAMES = `select p.*, p.review_on::text as review_on, p.reminded_on::text as reminded_on, o.name as organisation_name, s.name as space_name
  from publications p join organisations o on o.id = p.organisation_id left join spaces s on s.id = p.space_id`;

/** A publication that the reader in scope may know of. */
export async function findPublication(id: string): Promise<Publication | undefined> {
  const { rows } = await db().raw(`${WITH_NAMES} where p.id::text = ?`, [id]);
  return rows[0];
}

export interface PublicationLine extends Publication {
  title: string;
  summary: string;
  languages: Tongue[];
}

/** What the reader in scope may know of, newest first, with words in their language when there are any. */
export async function selectPublications(language: string, most = 200): Promise<PublicationLine[]> {
  const { rows } = await db().raw(
    `select p.*, coalesce(v.texts->'words'->:language->>'title', v.texts->'words'->p.language->>'title') as title,
       coalesce(v.texts->'words'->:language->>'summary', v.texts->'words'->p.language->>'summary') as summary,
       array(select jsonb_object_keys(v.texts->'words')) as languages
     from (${WITH_NAMES}) p
     join publication_versions v on v.publication_id = p.id and v.number = coalesce(p.shown_number, p.latest_number)
     order by coalesce(p.published_at, p.updated_at) desc, p.id limit :most`,
    { language, most },
  );
  return rows;
}

export async function insertPublication(row: Partial<Publication> & { id: string }): Promise<boolean> {
  const rows = await db().table('publications').insert(row).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function updatePublication(
  { organisation_id, id }: Pick<Publication, 'organisation_id' | 'id'>,
  values: Partial<Omit<Publication, 'organisation_name' | 'space_name'>>,
): Promise<void> {
  await db()
    .table('publications')
    .where({ organisation_id, id })
    .update({ ...values, updated_at: new Date() });
}

/** Holds the row until the transaction ends, so that two who save get two versions. */
export async function lockPublication({ organisation_id, id }: Pick<Publication, 'organisation_id' | 'id'>) {
  return db().table('publications').where({ organisation_id, id }).forUpdate().first() as Promise<
    Publication | undefined
  >;
}

export async function insertVersion(row: {
  organisation_id: string;
  publication_id: string;
  number: number;
  texts: Texts;
  note?: string;
  made_by: string;
  made_by_name: string;
}): Promise<void> {
  await db()
    .table('publication_versions')
    .insert({ ...row, texts: JSON.stringify(row.texts) });
}

export function findVersion(publicationId: string, number: number): Promise<PublicationVersion | undefined> {
  return db().table('publication_versions').where({ publication_id: publicationId, number }).first();
}

export function selectVersions(publicationId: string): Promise<Omit<PublicationVersion, 'texts'>[]> {
  return db()
    .table('publication_versions')
    .where({ publication_id: publicationId })
    .orderBy('number', 'desc')
    .limit(300)
    .select('id', 'number', 'note', 'frozen_at', 'frozen_hash', 'made_by_name', 'made_at');
}

export async function freezeVersion(publicationId: string, number: number, hash: string): Promise<void> {
  await db()
    .table('publication_versions')
    .where({ publication_id: publicationId, number })
    .whereNull('frozen_at')
    .update({ frozen_at: new Date(), frozen_hash: hash });
}

/** All that were asked, of every version. */
export async function selectApprovals(publicationId: string): Promise<Approval[]> {
  const { rows } = await db().raw(
    `select a.*, o.name as organisation_name from publication_approvals a join organisations o on o.id = a.organisation_id
     where a.publication_id = ? order by a.number desc, a.shown_name, a.person_id`,
    [publicationId],
  );
  return rows;
}

export function selectSignatures(publicationId: string): Promise<Signature[]> {
  return db().table('publication_signatures').where({ publication_id: publicationId }).orderBy(['signed_at', 'id']);
}

export interface ResponseRow {
  id: string;
  from_whom: string;
  answered_on: string;
  answer: string;
  followed: string;
}

export async function selectResponses(publicationId: string): Promise<ResponseRow[]> {
  const { rows } = await db().raw(
    'select *, answered_on::text as answered_on from publication_responses where publication_id = ? order by publication_responses.answered_on, made_at',
    [publicationId],
  );
  return rows;
}

export interface PictureRow {
  id: string;
  organisation_id: string;
  publication_id: string;
  file_id: string;
  shows_people: boolean;
  withdrawn_at: Date | null;
}

export function selectPictures(publicationId: string): Promise<PictureRow[]> {
  return db().table('publication_pictures').where({ publication_id: publicationId });
}

/** What the person does in each of these spaces. */
export function selectOwnRoles(
  actor: { id: string },
  spaces: readonly string[],
): Promise<{ space_id: string; role: SpaceRole }[]> {
  return db()
    .table('space_members')
    .where({ person_id: actor.id, state: 'member', left_at: null })
    .whereIn('space_id', spaces)
    .select('space_id', 'role');
}
