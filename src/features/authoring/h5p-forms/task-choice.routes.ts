import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { AppError, conflict } from '../../../lib/errors';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { authorize, found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { selectOwnContents } from '../../h5p/contents.model';
import { selectContentLines, selectForms } from '../../h5p/forms/forms.model';
import { creatableLibraries, startCopy, startForm } from '../../h5p/forms/forms.service';
import { authors } from '../../organisations/organisations.policy';
import { canEditDraft } from '../authoring.policy';
import { type Draft, findDraft } from '../drafts.model';
import { CopyForm, NewTaskForm, UseForm } from './h5p-forms.schema';
import { useInDraft } from './task-use.service';
import { pictureOf, sentenceOf } from './task-words';

export const h5pTasks = new Routes('/write/h5p');

/** What is being written, what is there, and what a new one may be. `draft`: the lesson that it is for. */
h5pTasks.get('/', authors, (req, res) => renderChoice(req, res));

h5pTasks.post('/', authors, async (req, res) => {
  const form = readForm(NewTaskForm, req.body);
  if (!form.ok) return renderChoice(req, res.status(422), form.values, form.errors);
  const { id, library, title, language, draft } = form.value;
  const draftId = (await draftOf(req, draft))?.id ?? null;
  await startForm(req.actor, library, { id, title, language, draftId });
  res.redirect(303, `/write/h5p/${id}`);
});

/** A content never changes; what is changed is a copy. */
h5pTasks.post('/contents/:content/edit', authors, async (req, res) => {
  const form = CopyForm.safeParse(req.body);
  if (!form.success) throw new AppError(400);
  const { id, draft, language } = form.data;
  const draftId = (await draftOf(req, draft))?.id ?? null;
  await startCopy(req.actor, uuidOf(req), { id, language, draftId });
  res.redirect(303, `/write/h5p/${id}${req.body.way === 'words' ? '/words' : ''}`);
});

h5pTasks.post('/contents/:content/use', authors, async (req, res) => {
  const form = UseForm.safeParse(req.body);
  if (!form.success) throw new AppError(400);
  const draft = found(await draftOf(req, form.data.draft));
  const [content] = await selectOwnContents(req.actor.organisation_id, [uuidOf(req)]);
  if (!(await useInDraft(req.actor, draft, found(content)))) throw conflict();
  res.redirect(303, `/write/drafts/${draft.id}#package-head`);
});

/** The H5P lesson that a task is for, when the actor may write it. Throws 404 for another organisation's, 403 otherwise. */
async function draftOf(req: Request, id: unknown): Promise<Draft | undefined> {
  if (typeof id !== 'string' || !UUID.test(id)) return undefined;
  const draft = found(await findDraft(req.actor.organisation_id, id));
  authorize(canEditDraft(req.actor, draft));
  return draft.kind === 'h5p' ? draft : found(undefined);
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const uuidOf = (req: Request) => found(UUID.test(String(req.params.content)) ? String(req.params.content) : undefined);

async function renderChoice(
  req: Request,
  res: Response,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const { organisation_id } = req.actor;
  const draft = await draftOf(req, values.draft ?? req.query.draft);
  const [libraries, forms, contents] = [
    await creatableLibraries(),
    await selectForms(organisation_id),
    await selectContentLines(organisation_id),
  ];
  const titles = new Map(libraries.map(({ folder, title }) => [folder, title]));
  res.render('authoring/h5p/choice', {
    draft,
    draftTitle: draft?.content.title[draft.content.original] ?? '',
    errors,
    values: { language: draft?.content.original ?? 'fi', title: '', ...values },
    newId: randomUUID(),
    done: req.query.done === 'finished',
    kinds: libraries.map((library) => ({ ...library, ...sentenceOf(library), picture: pictureOf(library.folder) })),
    forms: forms.map((form) => ({ ...form, kind: titles.get(form.folder) ?? form.folder })),
    contents: contents.map((content) => ({
      ...content,
      copyId: randomUUID(),
      // What is laid out by eye is no form: of other kinds the words are changed.
      isForm: sentenceOf({ folder: content.main_library }).isUsual,
      kind: titles.get(content.main_library) ?? content.main_library,
    })),
  });
}
