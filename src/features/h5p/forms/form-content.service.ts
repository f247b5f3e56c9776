import { atomically } from '../../../lib/db';
import { storage } from '../../../lib/storage';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import { contentKey, findOwnContent, putMadeContent } from '../contents.model';
import { cleanParams } from '../h5p.cleaning';
import { completeDependencies, libraryFolder, parseLibraryName } from '../h5p.libraries';
import { librariesIn } from '../h5p.params';
import { suggestRule } from '../h5p.rules';
import { selectKnownLibraries } from '../installed.model';
import type { Params } from '../semantics/walk';
import { type FormFile, type H5pForm, updateForm } from './forms.model';

/**
 * Makes the content of a form, or brings it up to what was typed, so that the player can show it. Returns the form's id, which
 * is the content's. Each version has files of its own, as the player keeps what it fetched of one.
 */
export async function showForm(form: H5pForm): Promise<string> {
  if (form.shown_version === form.version) return form.id;
  const made = await makeContent(form);
  await atomically(async () => {
    await putMadeContent({ ...made, being_made: true });
    await updateForm(form, { shown_version: form.version });
  });
  return form.id;
}

/** Finishes a form: its content may be used in lessons, and never changes again. False when it was saved anew meanwhile. */
export async function finishForm(actor: Actor, form: H5pForm): Promise<boolean> {
  const made = await makeContent(form);
  return atomically(async () => {
    if (!(await updateForm(form, { finished_at: new Date(), shown_version: form.version }))) return false;
    await putMadeContent({ ...made, uploaded_by: actor.id, being_made: false });
    const details = { name: form.title, library: form.folder };
    const what = form.made_from ? 'h5p.content-edited' : 'h5p.content-made';
    await recordAudit(actor, what, { type: 'h5p_content', id: form.id }, details);
    return true;
  });
}

async function makeContent(form: H5pForm) {
  const { id, organisation_id, title, folder, version } = form;
  const known = await selectKnownLibraries();
  const cleaned = cleanParams(form.params, folder, (name) => known.get(name)?.semantics);
  const params = cleaned.params as Params;
  const before = form.made_from ? await findOwnContent(organisation_id, form.made_from) : undefined;
  const main = parseLibraryName(folder);
  if (!main) throw new Error(`a form of no library: ${folder}`);
  const roots = [main, ...(before?.h5p_json.preloadedDependencies ?? []), ...librariesIn(params)];
  const { libraries } = completeDependencies(roots, known);
  const files = await filesOf(form, params);
  return {
    id,
    organisation_id,
    title,
    version,
    main_library: folder,
    dependencies: libraries.map(libraryFolder),
    h5p_json: {
      ...(before?.h5p_json ?? { license: 'U' }),
      title,
      language: before?.h5p_json.language ?? form.language.slice(0, 2),
      mainLibrary: main.machineName,
      preloadedDependencies: before?.h5p_json.preloadedDependencies ?? libraries,
    },
    content_json: params,
    files,
    warnings: [],
    completion_rule: before?.completion_rule ?? suggestRule(main.machineName, params),
    uploaded_by: null,
  };
}

/** The files that the content speaks of, under the names of this version. */
async function filesOf({ id, version, files }: H5pForm, params: Params) {
  const text = JSON.stringify(params);
  const used = files.filter(({ path }) => text.includes(JSON.stringify(path).slice(1, -1)));
  for (const file of used) await copyFile(file, contentKey(id, version, file.sha256));
  return used.map(({ path, size, sha256 }) => ({ path, size, sha256 }));
}

async function copyFile({ key, path, size }: FormFile, to: string): Promise<void> {
  const bytes = await storage().read(key);
  if (!bytes) throw new Error(`the bytes of ${path} are gone`);
  await storage().write(to, bytes, 'application/octet-stream', size);
}
