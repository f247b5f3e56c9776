import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { FileKind } from '../files/files.model';
import type { Manifest } from './format.schema';
import type { Unread } from './lessons';

/** What is in a file, told before anything of it is taken. */
export interface Preview {
  from: string;
  title: string;
  texts: Partial<Record<Language, { title: string; summary: string }>>;
  modules: number;
  lessons: {
    title: string;
    kind: 'text' | 'quiz' | 'h5p';
    original: Language;
    languages: Language[];
    blocks: number;
    questions: number;
    /** A lesson of the same name in files is here already. */
    isThere: boolean;
  }[];
  media: { kind: FileKind; name: string; bytes: number; licence: string; captions: Language[] }[];
  h5p: { title: string; bytes: number; missing: { folder: string; included: boolean }[]; installs: string[] }[];
  unread: Unread[];
  left_out: Manifest['left_out'];
  /** Codes that are not known here, or are called otherwise. */
  words: { code: string; words: Partial<Record<Language, string>>; here: string | null }[];
  /** The course of ours that it is. */
  there: { id: string; title: string } | null;
}

export interface Outcome {
  added?: number;
  renewed?: number;
  left?: number;
  /** H5P contents that could not be taken, and why. */
  waiting?: { title: string; reasons: { key: string; values: Record<string, string | number> }[] }[];
  /** Why nothing was taken. */
  refused?: { key: string; values: Record<string, string | number> };
}

export interface CourseImport {
  id: string;
  organisation_id: string;
  file_name: string;
  bytes: number;
  preview: Preview;
  state: 'ready' | 'taking' | 'done' | 'failed';
  done: number;
  expected: number;
  course_id: string | null;
  outcome: Outcome;
  created_at: Date;
  expires_at: Date;
}

const table = () => db().table('course_imports');

/** False when the same form was sent before: its import is there already. */
export async function insertImport(
  row: Pick<CourseImport, 'id' | 'organisation_id' | 'file_name' | 'bytes' | 'preview'>,
): Promise<boolean> {
  const added = await table()
    .insert({ ...row, preview: JSON.stringify(row.preview) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return added.length === 1;
}

export function findImport(organisationId: string, id: string): Promise<CourseImport | undefined> {
  return table().where({ organisation_id: organisationId, id }).first();
}

export function selectImports(organisationId: string) {
  return db().raw<{ rows: CourseImport[] }>(
    `select id, file_name, state, created_at, preview -> 'title' as title from course_imports
     where organisation_id = ? order by created_at desc limit 20`,
    [organisationId],
  );
}

type Own = Pick<CourseImport, 'id' | 'organisation_id'>;

/** Says that the file is being taken; false when somebody has said so before. */
export async function beginTaking({ id, organisation_id }: Own, expected: number): Promise<boolean> {
  const rows = await table()
    .where({ id, organisation_id })
    .whereIn('state', ['ready', 'failed'])
    .update({ state: 'taking', done: 0, expected, outcome: '{}' })
    .returning('id');
  return rows.length === 1;
}

export async function updateImport(
  { id, organisation_id }: Own,
  { outcome, ...values }: Partial<Pick<CourseImport, 'state' | 'done' | 'course_id' | 'outcome'>>,
): Promise<void> {
  await table()
    .where({ id, organisation_id })
    .update({ ...values, ...(outcome && { outcome: JSON.stringify(outcome) }) });
}

export async function deleteImport({ id, organisation_id }: Own): Promise<boolean> {
  return (await table().where({ id, organisation_id }).whereNot({ state: 'taking' }).delete()) === 1;
}

/** Files that nobody took for long; courses that were taken stay. */
export function selectExpired(organisationId: string): Promise<Own[]> {
  return table()
    .where({ organisation_id: organisationId })
    .where('expires_at', '<', new Date())
    .select('id', 'organisation_id');
}

/** The organisation's course of this name in files, with the names of its lessons. */
export async function findTarget(organisationId: string, exchangeId: string) {
  const { rows } = await db().raw<{ rows: { id: string; title: string; lessons: string[] }[] }>(
    `select c.id, coalesce((select title from course_texts t where t.course_id = c.id order by (t.language = 'fi') desc limit 1),
         c.slug) as title,
       array(select coalesce(p.exchange_id, l.exchange_id, d.id::text) from lesson_drafts d
           left join lessons l on l.id = d.lesson_id left join draft_places p on p.draft_id = d.id
           where d.organisation_id = c.organisation_id and d.course_id = c.id
         union select coalesce(l.exchange_id, l.id::text) from lessons l where l.course_id = c.id) as lessons
     from courses c where c.organisation_id = ? and (c.exchange_id = ? or c.id::text = ?)
     order by (c.exchange_id = ?) desc nulls last limit 1`,
    [organisationId, exchangeId, exchangeId, exchangeId],
  );
  return rows[0];
}

/** H5P contents of a course of ours that came in a file, by their names in files. */
export async function findContents(organisationId: string, exchangeId: string): Promise<Record<string, string>> {
  const { rows } = await db().raw<{ rows: { h5p: Record<string, string> | null }[] }>(
    "select origin -> 'h5p' as h5p from courses where organisation_id = ? and (exchange_id = ? or id::text = ?)",
    [organisationId, exchangeId, exchangeId],
  );
  return Object.assign({}, ...rows.map(({ h5p }) => h5p ?? {}));
}
