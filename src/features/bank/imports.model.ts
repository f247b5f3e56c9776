import type { Knex } from 'knex';
import { db } from '../../lib/db';
import type { Reading } from './reading/building';
import type { FileKind } from './reading/file';
import type { Item, Note } from './reading/item';
import type { Written } from './written';

/** A file of questions that was sent, and is looked at before anything of it is kept. */
export interface QuestionImport {
  id: string;
  organisation_id: string;
  draft_id: string | null;
  file_name: string;
  kind: FileKind;
  reading: Reading;
  state: 'waiting' | 'ready' | 'failed';
  done: number;
  expected: number;
  categories: number;
  created_at: Date;
  expires_at: Date;
}

export type Taken = 'bank' | 'known' | 'draft';

export interface ImportItem extends Omit<Item, 'question' | 'pictures' | 'reason'> {
  question: Written | null;
  reason: Note | null;
  pictures: string[];
  taken: Taken | null;
}

export type NewImport = Pick<
  QuestionImport,
  'id' | 'organisation_id' | 'draft_id' | 'file_name' | 'kind' | 'reading' | 'expected'
>;

/** False when the same form was sent before: its import is there already. */
export async function insertImport(row: NewImport): Promise<boolean> {
  const added = await db()
    .table('question_imports')
    .insert({ ...row, reading: JSON.stringify(row.reading) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return added.length === 1;
}

export async function findImport(organisationId: string, id: string): Promise<QuestionImport | undefined> {
  return db().table('question_imports').where({ organisation_id: organisationId, id }).first();
}

export type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** The files that were sent lately, with how much of each was read and taken. */
export function selectImports(organisationId: string): Rows<QuestionImport & Counts> {
  return db().raw(
    `select m.*, ${COUNTS} from question_imports m left join lateral (${COUNTED}) c on true
     where m.organisation_id = ? order by m.created_at desc limit 20`,
    [organisationId],
  );
}

export interface Counts {
  read: number;
  noted: number;
  unread: number;
  taken: number;
}

const COUNTS = 'c.read, c.noted, c.unread, c.taken';
const COUNTED = `select count(*) filter (where question is not null)::int as read,
    count(*) filter (where question is not null and notes <> '[]')::int as noted,
    count(*) filter (where question is null)::int as unread, count(taken)::int as taken
  from question_import_items where import_id = m.id`;

/** How many questions were read, kept in part, not read and taken. */
export function countItems(importId: string): Rows<Counts> {
  return db().raw(`select ${COUNTS} from question_imports m left join lateral (${COUNTED}) c on true where m.id = ?`, [
    importId,
  ]);
}

export const SHOWN = ['all', 'read', 'noted', 'unread'] as const;
export type Shown = (typeof SHOWN)[number];
export const ITEMS_PER_PAGE = 25;

const WHICH: Record<Shown, string> = {
  all: 'true',
  read: 'question is not null',
  noted: "question is not null and notes <> '[]'",
  unread: 'question is null',
};

export function selectItems(importId: string, shown: Shown, page: number): Rows<ImportItem> {
  return db().raw(
    `select * from question_import_items where import_id = ? and ${WHICH[shown]} order by number
     limit ${ITEMS_PER_PAGE} offset ?`,
    [importId, (page - 1) * ITEMS_PER_PAGE],
  );
}

/** Questions that were read and not taken yet, kept from others until the transaction ends: of these numbers, or all. */
export async function lockItems(importId: string, numbers: readonly number[] | 'all'): Promise<ImportItem[]> {
  const { rows } = await db().raw(
    `select * from question_import_items where import_id = ? and question is not null and taken is null
       and (?::int[] is null or number = any(?::int[])) order by number for update`,
    [importId, numbers === 'all' ? null : numbers, numbers === 'all' ? null : numbers] as never,
  );
  return rows;
}

export async function markTaken(importId: string, numbers: readonly number[], taken: Taken): Promise<void> {
  if (numbers.length === 0) return;
  await db().raw('update question_import_items set taken = ? where import_id = ? and number = any(?::int[])', [
    taken,
    importId,
    [...numbers],
  ] as never);
}

/** `pictures`: the ids of the pictures as we keep them. */
export async function insertItems(importId: string, items: readonly (Item & { files: string[] })[]): Promise<void> {
  if (items.length === 0) return;
  await db()
    .table('question_import_items')
    .insert(
      items.map(({ number, line, name, kind, category, excerpt, question, notes, reason, files }) => ({
        ...{ import_id: importId, number, line, name, kind, category, excerpt, pictures: files },
        question: question ? JSON.stringify(question) : null,
        notes: JSON.stringify(notes),
        reason: reason ? JSON.stringify(reason) : null,
      })),
    );
}

export async function updateImport(
  { id, organisation_id }: Pick<QuestionImport, 'id' | 'organisation_id'>,
  values: Partial<Pick<QuestionImport, 'state' | 'done' | 'categories'>>,
): Promise<void> {
  await db().table('question_imports').where({ id, organisation_id }).update(values);
}

export async function deleteItems(importId: string): Promise<void> {
  await db().table('question_import_items').where({ import_id: importId }).delete();
}

export async function deleteImport(organisationId: string, id: string): Promise<boolean> {
  return (await db().table('question_imports').where({ organisation_id: organisationId, id }).delete()) === 1;
}

/** Files that nobody looked at for long; what was taken of them stays. */
export async function deleteExpired(): Promise<void> {
  await db().raw('delete from question_imports where expires_at < now()');
}
