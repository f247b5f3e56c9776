import { found } from '../../../lib/guards';
import type { Language } from '../../../lib/i18n';
import type { Actor } from '../../organisations/organisations.model';
import { fileKey, findOwnContent } from '../contents.model';
import { parseLibraryName } from '../h5p.libraries';
import { ARCHIVE_LIMITS, EVAL_LIBRARIES } from '../h5p.limits';
import { selectRunnable } from '../installed.model';
import { type Typed, withTyped } from '../semantics/body';
import { newParams } from '../semantics/values';
import type { Params, Shelf } from '../semantics/walk';
import { type H5pForm, insertForm, updateForm } from './forms.model';
import { findShelf } from './shelf.model';

/** The libraries that a new content may be made of, by title: those that run by themselves and whose fields are known. */
export async function creatableLibraries(): Promise<{ folder: string; title: string }[]> {
  const shelf = await findShelf('fi');
  const rows = await selectRunnable();
  return rows.filter(({ folder }) => {
    const name = parseLibraryName(folder)?.machineName ?? '';
    return !EVAL_LIBRARIES.has(name) && (shelf.get(folder)?.fields.length ?? 0) > 0;
  });
}

export interface FormStart {
  id: string;
  title: string;
  language: Language;
  draftId: string | null;
}

/** Begins a new content with every default filled in. Throws 404 for a library that cannot be written. */
export async function startForm(actor: Actor, folder: string, start: FormStart): Promise<void> {
  found((await creatableLibraries()).find((library) => library.folder === folder));
  await insertForm({
    ...rowOf(actor, start),
    made_from: null,
    folder,
    params: newParams(folder, await findShelf(start.language)),
    files: [],
  });
}

/** Begins a copy of a content of the organisation, to be changed. Throws 404 for another's. */
export async function startCopy(actor: Actor, contentId: string, start: Omit<FormStart, 'title'>): Promise<void> {
  const content = found(await findOwnContent(actor.organisation_id, contentId));
  if (content.being_made) found(undefined);
  await insertForm({
    ...rowOf(actor, { ...start, title: content.title }),
    made_from: content.id,
    folder: content.main_library,
    params: content.content_json as Params,
    files: content.files.map((file) => ({ ...file, key: fileKey(content.id, content.version, file) })),
  });
}

const rowOf = ({ organisation_id }: Actor, { id, title, language, draftId }: FormStart) => ({
  id,
  organisation_id,
  title,
  language,
  draft_id: draftId,
});

/** The form with what was typed on one of its pages; nothing is saved yet. */
export function typedInto(form: H5pForm, body: Record<string, unknown>, shelf: Shelf): H5pForm {
  const title = typeof body.title === 'string' ? body.title.trim().slice(0, 255) : form.title;
  return { ...form, title, params: withTyped(form.params, form.folder, shelf, body as Typed) };
}

/** Keeps what was typed. `large`: more than a content may hold; `late`: another version was saved meanwhile. */
export async function saveForm(
  form: H5pForm,
  changes: Partial<Pick<H5pForm, 'title' | 'params' | 'files'>>,
): Promise<'saved' | 'large' | 'late'> {
  const { title = form.title, params = form.params, files = form.files } = changes;
  const text = JSON.stringify(params);
  if (Buffer.byteLength(text) > ARCHIVE_LIMITS.jsonBytes) return 'large';
  if (title === form.title && text === JSON.stringify(form.params) && files === form.files) return 'saved';
  const isSaved = await updateForm(form, { title, params, files, version: form.version + 1 });
  return isSaved ? 'saved' : 'late';
}
