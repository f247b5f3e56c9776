import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { authorize } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { canNamePeople, writers } from '../authoring.policy';
import { COURSE_ROLES, type Draft } from '../drafts.model';
import { viewedDraft } from '../reading';
import { MOST_FOUND, searchPeople, selectPairChoices, selectParts } from './people.model';
import { givePart, namePair, takePart } from './people.service';
import { PairForm, PartForm } from './review.schema';

/** Who makes a lesson together, and who has which part in its course. */
export const draftPeople = new Routes('/write');
const HERE = '/drafts/:id/people';

draftPeople.get(HERE, writers, async (req, res) => render(req, res, await viewedDraft(req)));

draftPeople.post(HERE, writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canNamePeople(req.actor, draft));
  const form = readForm(PartForm, req.body);
  if (!form.ok) return render(req, res.status(422), draft, form.values, form.errors);
  const given = await givePart(req.actor, draft, form.value.person, form.value.role);
  if (!given) return render(req, res.status(422), draft, req.body, { role: 'together.people.notAllowed' });
  res.redirect(303, `/write/drafts/${draft.id}/people?done=given`);
});

draftPeople.post(`${HERE}/removal`, writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canNamePeople(req.actor, draft));
  const form = readForm(PartForm, req.body);
  if (form.ok) await takePart(req.actor, draft, form.value.person, form.value.role);
  res.redirect(303, `/write/drafts/${draft.id}/people?done=taken`);
});

draftPeople.post(`${HERE}/pair`, writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canNamePeople(req.actor, draft));
  const form = readForm(PairForm, req.body);
  if (!form.ok) return render(req, res.status(422), draft, form.values, form.errors);
  const { expert_id, professional_id } = form.value;
  if (expert_id !== '' && expert_id === professional_id)
    return render(req, res.status(422), draft, req.body, { professional_id: 'together.pair.two' });
  await namePair(req.actor, draft, { expert_id: expert_id || null, professional_id: professional_id || null });
  res.redirect(303, `/write/drafts/${draft.id}/people?done=pair`);
});

async function render(
  req: Request,
  res: Response,
  draft: Draft,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const q = String(req.query.q ?? '')
    .slice(0, 100)
    .trim();
  const mayName = canNamePeople(req.actor, draft);
  const choices = await selectPairChoices(req.actor, draft);
  res.render('authoring/people', {
    draft,
    parts: await selectParts(draft),
    roles: COURSE_ROLES,
    experts: choices.filter(({ kind }) => kind === 'expert'),
    professionals: choices.filter(({ kind }) => kind === 'reviewer'),
    people: mayName && q ? await searchPeople(req.actor, q) : [],
    most: MOST_FOUND,
    mayName,
    q,
    values,
    errors,
    done: req.query.done,
  });
}
