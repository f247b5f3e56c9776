import { readForm } from '../../../lib/forms';
import { authorize } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { signedIn } from '../../organisations/organisations.policy';
import {
  canAskForChanges,
  canPlan,
  canPublish,
  canSign,
  canTakeBack,
  isItsAuthor,
  isOfDraft,
  writers,
} from '../authoring.policy';
import { selectValidSignatures } from '../drafts.model';
import { renderPreview } from '../preview';
import { viewedDraft } from '../reading';
import { selectAging } from './aging.queries';
import { confirmText, setCheckDay } from './checks.service';
import { nameShown } from './credits.model';
import { planPublishing, publishNow } from './publishing.service';
import { BackForm, CheckForm, NoteForm, PlanForm, SignatureForm } from './review.schema';
import { askForChanges, reopenDraft, signDraft, takeBack } from './review.service';

/** From the writers to the two who sign, to readers, and back. */
export const review = new Routes('/write');

review.get('/aging', writers, async (req, res) => {
  const texts = await selectAging(req.actor.organisation_id, req.actor.language);
  res.render('authoring/aging', { texts, done: req.query.done });
});

review.get('/drafts/:id/preview', signedIn, async (req, res) => renderPreview(req, res, await viewedDraft(req)));

review.post('/drafts/:id/signatures', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  const form = readForm(SignatureForm, req.body);
  if (!form.ok) return renderPreview(req, res.status(422), draft, form.errors, form.values);
  const { kind, version, shown, pen_name } = form.value;
  authorize(canSign(req.actor, draft, kind, await selectValidSignatures(draft)));

  const given = { kind, shown, shown_name: nameShown(req.actor.name, { shown, pen_name }) };
  const state = await signDraft(req.actor, { ...draft, version }, given, (now, before) =>
    canSign(req.actor, now, kind, before),
  );
  const done = state === 'in_review' ? 'signed' : state;
  res.redirect(303, `/write/drafts/${draft.id}/preview?done=${done}`);
});

review.post('/drafts/:id/notes', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canAskForChanges(req.actor, draft));
  const form = readForm(NoteForm, req.body);
  if (!form.ok) return renderPreview(req, res.status(422), draft, form.errors, form.values);
  await askForChanges(req.actor, draft, form.value.text);
  res.redirect(303, '/write?done=asked');
});

review.post('/drafts/:id/back', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canTakeBack(req.actor, draft));
  const form = readForm(BackForm, req.body);
  await takeBack(req.actor, draft, form.ok ? form.value.text : '');
  res.redirect(303, `/write/drafts/${draft.id}`);
});

review.post('/drafts/:id/again', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(isItsAuthor(req.actor, draft));
  await reopenDraft(req.actor, draft);
  res.redirect(303, `/write/drafts/${draft.id}`);
});

review.post('/drafts/:id/plan', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(canPlan(req.actor, draft));
  const form = readForm(PlanForm, req.body);
  if (!form.ok) return renderPreview(req, res.status(422), draft, form.errors, form.values);
  await planPublishing(req.actor, draft, form.value.mode, form.value.at);
  res.redirect(303, `/write/drafts/${draft.id}/preview?done=planned`);
});

review.post('/drafts/:id/publish', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  // Pressed twice: it is out already, as was wished.
  if (draft.state !== 'published') {
    authorize(canPublish(req.actor, draft));
    await publishNow(req.actor, draft);
  }
  res.redirect(303, `/write/drafts/${draft.id}/preview?done=published`);
});

review.post('/drafts/:id/check-day', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(isItsAuthor(req.actor, draft) || isOfDraft(req.actor, draft));
  const form = readForm(CheckForm, req.body);
  if (!form.ok) return renderPreview(req, res.status(422), draft, form.errors, form.values);
  await setCheckDay(req.actor, draft, form.value.check_by);
  res.redirect(303, `/write/drafts/${draft.id}/preview?done=checkDay`);
});

review.post('/drafts/:id/checked', writers, async (req, res) => {
  const draft = await viewedDraft(req);
  authorize(isItsAuthor(req.actor, draft) || isOfDraft(req.actor, draft));
  await confirmText(req.actor, draft);
  res.redirect(303, '/write/aging?done=checked');
});
