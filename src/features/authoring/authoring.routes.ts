import type { Request, Response } from 'express';
import { atomically, together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { createCourse } from '../courses/publication.service';
import { authors } from '../organisations/organisations.policy';
import { writers } from './authoring.policy';
import { selectDraftCards, selectOwnCourses } from './authoring.queries';
import { NewDraftForm } from './authoring.schema';
import { newContent } from './drafts.document';
import { createDraft } from './drafts.service';

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
  res.redirect(303, `/write/drafts/${draft.id}${kind === 'text' ? '/page' : ''}`);
});

async function renderNew(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const courses = await selectOwnCourses(req.actor.organisation_id, req.actor.language);
  res.render('authoring/new', { values, errors, courses });
}
