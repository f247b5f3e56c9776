import type { Request, Response } from 'express';
import { tooLarge } from '../../../lib/errors';
import type { FieldErrors } from '../../../lib/forms';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { withUploads } from '../../../lib/upload';
import { showForm } from '../../h5p/forms/form-content.service';
import { findForm, type H5pForm } from '../../h5p/forms/forms.model';
import { saveForm } from '../../h5p/forms/forms.service';
import { findShelf } from '../../h5p/forms/shelf.model';
import { wordsPage } from '../../h5p/words/words';
import { withWords } from '../../h5p/words/words.service';
import { authors } from '../../organisations/organisations.policy';
import { findDraft } from '../drafts.model';

/** The words of a task of any kind, without its looks: for presentations, videos and boards that are laid out elsewhere. */
export const h5pTaskWords = new Routes('/write/h5p');

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FIELDS = 3000;
const LATE: FieldErrors = { form: 'h5pForm.late' };

h5pTaskWords.get('/:form/words', authors, async (req, res) => renderWords(req, res, await formOf(req)));

h5pTaskWords.post('/:form/words', authors, async (req, res) => {
  const form = await formOf(req);
  if (!(Number(req.get('content-length')) <= MOST_BYTES)) throw tooLarge();
  await withUploads(req, res, { megabytes: 1, files: 0, fields: MOST_FIELDS }, async () => {
    const typed = await typedIn(req, form);
    if (Number(req.body.version) !== form.version) return renderWords(req, res.status(422), typed, LATE);
    const result = typed.title === '' ? 'nameless' : await saveForm(form, typed);
    if (result === 'saved') return answer(req, res, form);
    renderWords(req, res.status(422), typed, FAULTS[result]);
  });
});

const FAULTS: Record<'late' | 'large' | 'nameless', FieldErrors> = {
  late: LATE,
  large: { form: 'h5pForm.large' },
  nameless: { title: 'h5pForm.title.missing' },
};

async function typedIn(req: Request, form: H5pForm): Promise<H5pForm> {
  const { title } = req.body;
  const shelf = await findShelf(req.actor.language);
  return {
    ...form,
    title: typeof title === 'string' ? title.trim().slice(0, 255) : form.title,
    params: withWords(form.params, form.folder, shelf, req.body),
  };
}

async function answer(req: Request, res: Response, { id }: H5pForm): Promise<void> {
  const [verb, page] = String(req.body.do ?? 'save').split(':');
  if (verb === 'preview') {
    await showForm(await formOf(req));
    return res.redirect(303, `/write/h5p/${id}/preview`);
  }
  const next = verb === 'page' ? numberIn(page) : numberIn(req.body.page);
  res.redirect(303, `/write/h5p/${id}/words?page=${next}${verb === 'page' ? '' : '&saved=yes#saved'}`);
}

const numberIn = (value: unknown): number => (/^\d{1,4}$/.test(String(value)) ? Number(value) : 1);

async function formOf(req: Request): Promise<H5pForm> {
  const id = String(req.params.form);
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  return found(isId ? await findForm(req.actor.organisation_id, id) : undefined);
}

async function renderWords(req: Request, res: Response, form: H5pForm, errors: FieldErrors = {}): Promise<void> {
  const shelf = await findShelf(req.actor.language);
  const draft = form.draft_id ? await findDraft(form.organisation_id, form.draft_id) : undefined;
  res.render('authoring/h5p/words', {
    form,
    errors,
    page: wordsPage(form.params, form.folder, shelf, numberIn(req.body?.page ?? req.query.page)),
    kind: shelf.get(form.folder)?.title ?? form.folder,
    saved: req.query.saved === 'yes',
    draftTitle: draft?.content.title[draft.content.original],
  });
}
