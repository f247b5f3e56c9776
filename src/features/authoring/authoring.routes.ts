import type { Request, Response } from 'express';
import { atomically, together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { createCourse } from '../courses/publication.service';
import { authors } from '../organisations/organisations.policy';
import { canAskForChanges, canSign, canViewDraft, writers } from './authoring.policy';
import { selectDraftCards, selectOwnCourses } from './authoring.queries';
import { NewDraftForm, NoteForm, SignatureForm, shownName } from './authoring.schema';
import { newContent } from './drafts.document';
import { type Draft, findDraft, selectValidSignatures } from './drafts.model';
import { askForChanges, createDraft, reopenDraft, signDraft } from './drafts.service';
import { renderPreview } from './preview';

export const write = new Routes('/write');

write.get('/', writers, async (req, res) => {
  const { organisation_id, language } = req.actor;
  const [drafts] = await together(selectDraftCards(organisation_id, language));
  const waits = (kind: string, role: 'expert' | 'reviewer') => (draft: (typeof drafts)[number]) =>
    draft.state === 'in_review' &&
    req.actor.roles.includes(role) &&
    !draft.signed.includes(kind) &&
    !draft.signed_by.includes(req.actor.id);
  const forMe = drafts.filter(
    (draft) => waits('true_to_life', 'expert')(draft) || waits('correct_and_safe', 'reviewer')(draft),
  );
  res.render('authoring/index', { drafts, forMe, mayWrite: authors.allows(req) });
});

write.get('/new', authors, (req, res) => renderNew(req, res, { kind: 'text', language: 'fi' }));

write.post('/drafts', authors, async (req, res) => {
  const form = readForm(NewDraftForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);

  const { kind, title, language, course, course_title } = form.value;
  const { organisation_id } = req.actor;
  if (course !== 'new') found((await selectOwnCourses(organisation_id, language)).find(({ id }) => id === course));
  const draft = await atomically(async () => {
    const courseId = course === 'new' ? await createCourse(organisation_id, language, course_title) : course;
    return createDraft(req.actor, courseId, kind, newContent(language, title, kind));
  });
  res.redirect(303, `/write/drafts/${draft.id}`);
});

write.get('/drafts/:id/preview', writers, async (req, res) => {
  await renderPreview(req, res, await viewedDraft(req));
});

write.post('/drafts/:id/signatures', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  const form = readForm(SignatureForm, req.body);
  if (!form.ok) return renderPreview(req, res.status(422), draft, form.errors);
  const { kind, version, shown } = form.value;
  authorize(canSign(req.actor, draft, kind, await selectValidSignatures(draft)));

  const published = await signDraft(
    req.actor,
    { ...draft, version },
    kind,
    shownName(req.actor.name, shown),
    (now, given) => canSign(req.actor, now, kind, given),
  );
  res.redirect(303, `/write/drafts/${draft.id}/preview?done=${published ? 'published' : 'signed'}`);
});

write.post('/drafts/:id/notes', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canAskForChanges(req.actor, draft));
  const form = readForm(NoteForm, req.body);
  if (!form.ok) return renderPreview(req, res.status(422), draft, form.errors, form.values);

  await askForChanges(req.actor, draft, form.value.text);
  res.redirect(303, '/write?done=asked');
});

write.post('/drafts/:id/again', authors, async (req, res) => {
  const draft = await viewedDraft(req);
  await reopenDraft(req.actor, draft);
  res.redirect(303, `/write/drafts/${draft.id}`);
});

async function viewedDraft(req: Request): Promise<Draft> {
  const draft = found(await findDraft(req.actor.organisation_id, String(req.params.id)));
  authorize(canViewDraft(req.actor, draft));
  return draft;
}

async function renderNew(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const courses = await selectOwnCourses(req.actor.organisation_id, req.actor.language);
  res.render('authoring/new', { values, errors, courses });
}
