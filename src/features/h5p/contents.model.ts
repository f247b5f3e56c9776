import { db } from '../../lib/db';
import type { H5pJson } from './h5p.archive';
import type { Refusal } from './h5p.refusals';
import type { CompletionRule } from './h5p.rules';
import { holdLibraries, type StoredFile } from './installed.model';

/** A file of a content. One that was taken over from another content lies where that one's bytes are. */
export type ContentFile = StoredFile & { kept_as?: string };

/**
 * A content that came in a package or was made with a form. A new package makes a new content, and so does an edit: what was
 * signed and published never changes.
 */
export interface H5pContent {
  id: string;
  organisation_id: string;
  title: string;
  /** Folder of the library that plays it. */
  main_library: string;
  /** Folders of all libraries it needs, the main one first. */
  dependencies: string[];
  h5p_json: H5pJson;
  /** Parameters, with their texts cleaned. */
  content_json: unknown;
  files: ContentFile[];
  warnings: Refusal[];
  /** Saved states belong to one version. */
  version: number;
  /** Grows when it moves to another version of its library; states and answers go on. */
  build: number;
  completion_rule: CompletionRule;
  uploaded_by: string | null;
  /** Belongs to a form that is not finished: it may still change, and no lesson may hold it. */
  being_made: boolean;
  created_at: Date;
}

export type NewContent = Omit<H5pContent, 'version' | 'build' | 'being_made' | 'created_at'>;
/** A content without its parameters and files, which may be megabytes. */
export type ContentHead = Pick<
  H5pContent,
  | 'id'
  | 'organisation_id'
  | 'title'
  | 'main_library'
  | 'dependencies'
  | 'version'
  | 'build'
  | 'completion_rule'
  | 'warnings'
>;

declare module 'knex/types/tables' {
  interface Tables {
    h5p_contents: H5pContent;
  }
}

/** Where the bytes of a content's file are kept. */
export const contentKey = (contentId: string, version: number, sha256: string) =>
  `h5p/contents/${contentId}/${version}/${sha256}`;

/** The same for a file that may lie elsewhere. */
export const fileKey = (contentId: string, version: number, file: Pick<ContentFile, 'sha256' | 'kept_as'>) =>
  file.kept_as ?? contentKey(contentId, version, file.sha256);

export const CONTENT_HEAD = [
  'id',
  'organisation_id',
  'title',
  'main_library',
  'dependencies',
  'version',
  'build',
  'completion_rule',
  'warnings',
] as const;

/** Throws 409 when a library it needs was taken away meanwhile; until the transaction ends, none is. */
export async function insertContent(content: NewContent): Promise<void> {
  await holdLibraries(content.dependencies);
  await db()('h5p_contents').insert(asColumns(content));
}

/** Puts a form's content in, or in the place of what it was before, as long as it is being made. */
export async function putMadeContent(content: Omit<H5pContent, 'build' | 'created_at'>): Promise<void> {
  await holdLibraries(content.dependencies);
  await db()('h5p_contents')
    .insert(asColumns(content))
    .onConflict('id')
    .merge()
    .whereRaw('h5p_contents.being_made and h5p_contents.organisation_id = excluded.organisation_id');
}

function asColumns<T extends NewContent>(content: T): T {
  const json = (value: unknown) => JSON.stringify(value) as never;
  return {
    ...content,
    h5p_json: json(content.h5p_json),
    content_json: json(content.content_json),
    files: json(content.files),
    warnings: json(content.warnings),
    completion_rule: json(content.completion_rule),
  };
}

export function findOwnContent(organisationId: string, id: string): Promise<H5pContent | undefined> {
  return db()('h5p_contents')
    .where({ organisation_id: organisationId, id })
    .first()
    .then((row) => row);
}

/** Those of these contents that are the organisation's own, and finished. */
export async function selectOwnContents(organisationId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return db()('h5p_contents')
    .where({ organisation_id: organisationId, being_made: false })
    .whereIn('id', ids)
    .pluck('id');
}

/** So many tasks are offered to choose from. */
const MOST_TO_CHOOSE = 200;

/** The organisation's own finished tasks by name, the newest of each name: an edit made a new one. */
export async function selectTasksToChoose(organisationId: string): Promise<{ id: string; title: string }[]> {
  const { rows } = await db().raw(
    `select id, title from (
       select distinct on (title, main_library) id, title from h5p_contents
       where organisation_id = ? and not being_made order by title, main_library, created_at desc, id) newest
     order by title, id limit ${MOST_TO_CHOOSE}`,
    [organisationId],
  );
  return rows;
}

export async function setCompletionRule(organisationId: string, id: string, rule: CompletionRule): Promise<void> {
  await db()('h5p_contents')
    .where({ organisation_id: organisationId, id })
    .update({ completion_rule: JSON.stringify(rule) as never });
}

/** For the holder of a token, whose right to this very version was asked when it was made: no organisation is named. */
export function findHeadByToken(id: string, version: number): Promise<ContentHead | undefined> {
  return db()('h5p_contents')
    .where({ id, version })
    .first(...CONTENT_HEAD)
    .then((row) => row);
}

/** The parameters as JSON text, for the holder of a token. */
export async function findParamsByToken(id: string, version: number): Promise<string | undefined> {
  const row = await db()('h5p_contents').where({ id, version }).first(db().raw('content_json::text as text'));
  return (row as { text: string } | undefined)?.text;
}

/** One file of a content, for the holder of a token. */
export async function findFileByToken(id: string, version: number, path: string): Promise<ContentFile | undefined> {
  const { rows } = await db().raw(
    `select file from h5p_contents c, jsonb_array_elements(c.files) file
     where c.id = ? and c.version = ? and file->>'path' = ? limit 1`,
    [id, version, path],
  );
  return rows[0]?.file;
}

/** Takes away a content that nothing shows yet, and says which of its files lay in the storage. */
export async function deleteContent(organisationId: string, id: string): Promise<string[]> {
  const [row] = await db()('h5p_contents')
    .where({ organisation_id: organisationId, id })
    .delete()
    .returning(['version', 'files']);
  return row?.files.flatMap((file) => (file.kept_as ? [] : contentKey(id, row.version, file.sha256))) ?? [];
}

/** The organisation's own contents of these ids, whole. */
export async function selectContents(organisationId: string, ids: readonly string[]): Promise<H5pContent[]> {
  if (ids.length === 0) return [];
  return db()('h5p_contents').where({ organisation_id: organisationId }).whereIn('id', ids).orderBy('id');
}
