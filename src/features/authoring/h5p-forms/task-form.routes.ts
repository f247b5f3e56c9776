import type { Request, Response } from 'express';
import { AppError, conflict, tooLarge } from '../../../lib/errors';
import type { FieldErrors } from '../../../lib/forms';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { sendStored } from '../../../lib/send-stored';
import { withUploads } from '../../../lib/upload';
import { findOwnContent } from '../../h5p/contents.model';
import { finishForm, showForm } from '../../h5p/forms/form-content.service';
import { MEDIA_MEGABYTES, takeMedia } from '../../h5p/forms/form-media.service';
import { deleteForm, findForm, type H5pForm } from '../../h5p/forms/forms.model';
import { saveForm, typedInto } from '../../h5p/forms/forms.service';
import { findShelf } from '../../h5p/forms/shelf.model';
import { h5pFrame } from '../../h5p/h5p.service';
import { type FieldFault, faultsOf } from '../../h5p/semantics/faults';
import { type Press, pressed } from '../../h5p/semantics/lists';
import { formPage, pageWith } from '../../h5p/semantics/page';
import { type Params, pathName, type Shelf, spotsByName } from '../../h5p/semantics/walk';
import { authors } from '../../organisations/organisations.policy';
import { canEditDraft } from '../authoring.policy';
import { findDraft } from '../drafts.model';
import { readPress } from './h5p-forms.schema';
import { useInDraft } from './task-use.service';

export const h5pTaskForms = new Routes('/write/h5p');

/** All texts of a page together; a page has some hundreds of fields. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FIELDS = 3000;
/** Nobody reads more at once. */
const MOST_FAULTS = 50;

h5pTaskForms.get('/:form', authors, async (req, res) => {
  const form = await formOf(req);
  await renderForm(req, res, form, String(req.query.at ?? ''));
});

/** Every press saves what was typed first; what it asks for besides comes after. */
h5pTaskForms.post('/:form', authors, async (req, res) => {
  const form = await formOf(req);
  if (!(Number(req.get('content-length')) <= MOST_BYTES)) throw tooLarge();
  await withUploads(req, res, { megabytes: 1, files: 0, fields: MOST_FIELDS }, async () => {
    const typed = typedInto(form, req.body, await findShelf(req.actor.language));
    const at = String(req.body.at ?? '');
    if (Number(req.body.version) !== form.version) return renderForm(req, res.status(422), typed, at, LATE);
    await act(req, res, form, typed, at);
  });
});

const LATE: FieldErrors = { form: 'h5pForm.late' };
const LISTS = ['add', 'remove', 'up', 'down', 'choose', 'clear'];

async function act(req: Request, res: Response, form: H5pForm, typed: H5pForm, at: string): Promise<void> {
  const { verb, at: place } = readPress(req.body.do);
  const shelf = await findShelf(form.language);
  const library = req.body[`pick:${place}`];
  const done = LISTS.includes(verb)
    ? pressed(typed.params, form.folder, shelf, {
        verb: verb as Press['verb'],
        at: place,
        library: typeof library === 'string' && library !== '' ? library : undefined,
      })
    : undefined;
  if (LISTS.includes(verb) && !done) {
    const errors = { [`pick:${place}`]: 'h5pForm.pick.missing' };
    return saveAnd(req, res, form, typed, at, () => renderForm(req, res.status(422), later(form, typed), at, errors));
  }
  const next = { ...typed, params: done?.params ?? typed.params };
  await saveAnd(req, res, form, next, at, async () => {
    if (verb === 'preview' || verb === 'finish') return finishing(req, res, later(form, next));
    if (verb === 'open') return res.redirect(303, addressOf(form, place));
    if (!done) return res.redirect(303, `${addressOf(form, at)}${at ? '&' : '?'}saved=yes#saved`);
    const page = verb === 'add' || verb === 'choose' ? pageWith(next.params, form.folder, shelf, `${done.at}.x`) : at;
    res.redirect(303, page === done.at ? addressOf(form, page) : `${addressOf(form, at)}#at-${done.at}`);
  });
}

/** The form as it is after a save. */
const later = (form: H5pForm, saved: H5pForm): H5pForm => {
  const isSame = saved.title === form.title && JSON.stringify(saved.params) === JSON.stringify(form.params);
  return { ...saved, version: isSame ? form.version : form.version + 1 };
};

async function saveAnd(
  req: Request,
  res: Response,
  form: H5pForm,
  typed: H5pForm,
  at: string,
  after: () => unknown,
): Promise<void> {
  const result = await saveForm(form, typed);
  if (result === 'saved') await after();
  else await renderForm(req, res.status(422), typed, at, result === 'late' ? LATE : { form: 'h5pForm.large' });
}

/** Plays the content, or finishes it, when nothing is missing; otherwise the page where something is. */
async function finishing(req: Request, res: Response, form: H5pForm) {
  const faults = await missing(req, form);
  if (faults) return renderForm(req, res.status(422), form, faults.at, faults.errors, faults.names);
  await showForm(form);
  res.redirect(303, `/write/h5p/${form.id}/preview`);
}

/** What is missing by field, and the page of the first of them; undefined when nothing is. */
async function missing(req: Request, form: H5pForm) {
  const shelf = await findShelf(req.actor.language);
  const known = new Set((await inheritedFaults(form, shelf)).map(nameOf));
  const faults = faultsOf(form.params, form.folder, shelf)
    .filter((fault) => !known.has(nameOf(fault)))
    .slice(0, MOST_FAULTS);
  const errors: FieldErrors = form.title === '' ? { title: 'h5pForm.title.missing' } : {};
  const [first] = faults;
  if (!first && form.title !== '') return undefined;
  const at = form.title === '' || !first ? '' : pageWith(form.params, form.folder, shelf, pathName(first.path));
  const names = faults.map(({ path, key }) => ({ name: pathName(path), key: `h5pForm.fault.${key}` }));
  for (const { name, key } of names) {
    if (pageWith(form.params, form.folder, shelf, name) === at) errors[name] = key;
  }
  return { at, errors, names: names.map(({ name }) => name) };
}

const nameOf = ({ path, key }: FieldFault) => `${pathName(path)} ${key}`;

/** What the content lacked before anybody changed it here: it plays, and nobody is asked for it. */
async function inheritedFaults({ organisation_id, made_from, folder }: H5pForm, shelf: Shelf): Promise<FieldFault[]> {
  const before = made_from ? await findOwnContent(organisation_id, made_from) : undefined;
  return before ? faultsOf(before.content_json as Params, folder, shelf) : [];
}

/** The content as it would play, before it is taken into use. */
h5pTaskForms.get('/:form/preview', authors, async (req, res) => {
  const form = await formOf(req);
  if (form.shown_version === 0) return res.redirect(303, `/write/h5p/${form.id}`);
  const here = `/h5p/contents/${form.id}`;
  const task = await h5pFrame(req.actor, form.id, { statements: `${here}/statements`, state: `${here}/state` });
  res.render('authoring/h5p/preview', { form, task, isOld: form.shown_version !== form.version });
});

h5pTaskForms.post('/:form/finish', authors, async (req, res) => {
  const form = await formOf(req);
  if (Number(req.body.version) !== form.version) throw conflict();
  if (await missing(req, form)) return finishing(req, res, form);
  const draft = form.draft_id ? await findDraft(req.actor.organisation_id, form.draft_id) : undefined;
  if (!(await finishForm(req.actor, form))) throw conflict();
  const isUsed = draft && canEditDraft(req.actor, draft) && (await useInDraft(req.actor, draft, form.id));
  res.redirect(303, isUsed ? `/write/drafts/${draft.id}#package-head` : '/write/h5p?done=finished');
});

h5pTaskForms.post('/:form/delete', authors, async (req, res) => {
  const form = await formOf(req);
  await deleteForm(form.organisation_id, form.id);
  res.redirect(303, form.draft_id ? `/write/h5p?draft=${form.draft_id}` : '/write/h5p');
});

/** One file comes by itself, so that a bad one takes nothing typed with it. */
h5pTaskForms.post('/:form/media', authors, async (req, res) => {
  const form = await formOf(req);
  await withUploads(req, res, { megabytes: MEDIA_MEGABYTES, keepsForm: true }, async ({ file }, isTooLarge) => {
    const at = String(req.body.at ?? '');
    const shelf = await findShelf(req.actor.language);
    const spot = spotsByName(form.params, form.folder, shelf).get(at);
    if (spot?.field.kind !== 'media') throw new AppError(400);
    const fault = (key: string) => renderForm(req, res.status(422), form, at, { file: key });
    if (isTooLarge) return fault('media.fault.large');
    if (!file) return fault('h5pForm.media.missing');
    const taken = await takeMedia(form, spot.path, spot.field, file);
    if (!taken.ok) return fault(`media.fault.${taken.fault}`);
    if ((await saveForm(form, taken)) !== 'saved') throw conflict();
    const page = wordsIn(req.body.words);
    if (page) return res.redirect(303, `/write/h5p/${form.id}/words?page=${page}&saved=yes#saved`);
    res.redirect(303, `${addressOf(form, pageWith(taken.params, form.folder, shelf, at))}#at-${at}`);
  });
});

/** A file of a form, for its page. Only what stands in the form's own list is given. */
h5pTaskForms.get('/:form/files/*path', authors, async (req, res) => {
  const form = await formOf(req);
  const path = [req.params.path ?? []].flat().join('/');
  const { key, size } = found(form.files.find((file) => file.path === path));
  const headers = { 'Content-Security-Policy': "sandbox; default-src 'none'", 'Cache-Control': 'private, max-age=600' };
  await sendStored(req, res, { key, size, name: path, headers: { ...headers, 'X-Content-Type-Options': 'nosniff' } });
});

/** The page of words that a file was changed from. */
const wordsIn = (page: unknown) => (/^\d{1,4}$/.test(String(page)) ? Number(page) : undefined);

async function formOf(req: Request): Promise<H5pForm> {
  const id = String(req.params.form);
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return found(isId ? await findForm(req.actor.organisation_id, id) : undefined);
}

const addressOf = ({ id }: H5pForm, at: string) => `/write/h5p/${id}${at && `?at=${encodeURIComponent(at)}`}`;

async function renderForm(
  req: Request,
  res: Response,
  form: H5pForm,
  at: string,
  errors: FieldErrors = {},
  faults: readonly string[] = [],
) {
  const shelf = await findShelf(req.actor.language);
  const page = formPage(form.params, form.folder, shelf, at);
  if (!page) return at ? res.redirect(303, `/write/h5p/${form.id}`) : found(undefined);
  const others = faults.filter((name) => !Object.hasOwn(errors, name));
  const draft = form.draft_id ? await findDraft(form.organisation_id, form.draft_id) : undefined;
  res.render('authoring/h5p/form', {
    form,
    at,
    page,
    errors,
    others: [...new Set(others.map((name) => pageWith(form.params as Params, form.folder, shelf, name)))].flatMap(
      (other) => formPage(form.params, form.folder, shelf, other)?.trail.at(-1) ?? [],
    ),
    saved: req.query.saved === 'yes',
    words: wordsIn(req.body?.words ?? req.query.words),
    draftTitle: draft?.content.title[draft.content.original],
    fileAddress: `/write/h5p/${form.id}/files/`,
  });
}
