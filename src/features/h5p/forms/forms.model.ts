import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import type { StoredFile } from '../installed.model';
import type { Params } from '../semantics/walk';

/** A file of a form, and where its bytes are kept until they belong to a content. */
export interface FormFile extends StoredFile {
  key: string;
}

/** An H5P content that is being written. */
export interface H5pForm {
  id: string;
  organisation_id: string;
  /** The lesson that it is written for. */
  draft_id: string | null;
  /** The content whose copy it began as. */
  made_from: string | null;
  /** Folder of its library. */
  folder: string;
  /** The language that it is written in. */
  language: Language;
  title: string;
  params: Params;
  files: FormFile[];
  version: number;
  shown_version: number;
  created_at: Date;
  updated_at: Date;
  finished_at: Date | null;
}

export type NewForm = Omit<H5pForm, 'version' | 'shown_version' | 'created_at' | 'updated_at' | 'finished_at'>;

declare module 'knex/types/tables' {
  interface Tables {
    h5p_forms: H5pForm;
  }
}

const json = (value: unknown) => JSON.stringify(value) as never;

/** False when the form is there already: its page was sent twice. */
export async function insertForm(form: NewForm): Promise<boolean> {
  const rows = await db()('h5p_forms')
    .insert({ ...form, params: json(form.params), files: json(form.files) })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

/** A form that is not finished yet. */
export function findForm(organisationId: string, id: string): Promise<H5pForm | undefined> {
  return db()('h5p_forms')
    .where({ organisation_id: organisationId, id })
    .whereNull('finished_at')
    .first()
    .then((row) => row);
}

/** Keeps what was typed; false when another version was saved meanwhile. */
export async function updateForm(
  { organisation_id, id, version }: Pick<H5pForm, 'organisation_id' | 'id' | 'version'>,
  changes: Partial<Pick<H5pForm, 'title' | 'params' | 'files' | 'shown_version' | 'finished_at' | 'version'>>,
): Promise<boolean> {
  const { params, files, ...others } = changes;
  const count = await db()('h5p_forms')
    .where({ organisation_id, id, version })
    .whereNull('finished_at')
    .update({
      ...others,
      ...(params && { params: json(params) }),
      ...(files && { files: json(files) }),
      updated_at: new Date(),
    });
  return count > 0;
}

export type FormLine = Pick<H5pForm, 'id' | 'title' | 'folder' | 'updated_at'>;

/** The organisation's forms that are not finished, the newest first. */
export function selectForms(organisationId: string): Promise<FormLine[]> {
  return db()('h5p_forms')
    .where({ organisation_id: organisationId })
    .whereNull('finished_at')
    .orderBy([{ column: 'updated_at', order: 'desc' }, 'id'])
    .limit(50)
    .select('id', 'title', 'folder', 'updated_at');
}

export interface ContentLine {
  id: string;
  title: string;
  main_library: string;
  created_at: Date;
}

/** The organisation's contents, the newest first. */
export function selectContentLines(organisationId: string): Promise<ContentLine[]> {
  return db()('h5p_contents')
    .where({ organisation_id: organisationId, being_made: false })
    .orderBy([{ column: 'created_at', order: 'desc' }, 'id'])
    .limit(100)
    .select('id', 'title', 'main_library', 'created_at');
}

/** Takes a form away that was not finished, with the content that only it had. */
export async function deleteForm(organisationId: string, id: string): Promise<void> {
  await db()('h5p_forms').where({ organisation_id: organisationId, id }).whereNull('finished_at').delete();
  await db()('h5p_contents').where({ organisation_id: organisationId, id, being_made: true }).delete();
}
