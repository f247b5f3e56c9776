import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { signedIn } from '../organisations/organisations.policy';
import { addContent, removeContent } from './content.service';
import { canLead, canPrepare, canProduce } from './levels';
import { loadFor, loadProcess } from './load';
import { pageOf } from './page';
import { participationOf } from './participation';
import { selectDiscussions, selectParties, selectPhases } from './processes.queries';
import { DiscussionForm, PARTY_KINDS, PartyForm, PhaseForm, ReviewForm } from './processes.schema';
import { finishPhase, reviewProcess } from './processes.service';
import { inWords, templateOf } from './templates';

/** Who takes part, the phases of the work, talk elsewhere, and looking at the outcome again. */
export const takingPart = new Routes('/processes');

takingPart.get('/:process/people', anyone, async (req, res) => renderPeople(req, res));

takingPart.post('/:process/people', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canPrepare);
  const form = readForm(PartyForm, req.body);
  if (!form.ok) return renderPeople(req, res.status(422), form.values, form.errors);
  const { key: id, ...party } = form.value;
  await addContent(req.actor, process, 'process_parties', { id, ...party });
  res.redirect(303, `/processes/${process.id}/people?saved=party`);
});

takingPart.post('/:process/people/:party/removal', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canPrepare);
  found((await removeContent(req.actor, process, 'process_parties', String(req.params.party))) === 'ok' || undefined);
  res.redirect(303, `/processes/${process.id}/people?saved=removed`);
});

takingPart.get('/:process/phases', anyone, async (req, res) => renderPhases(req, res));

takingPart.post('/:process/phases/:phase', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canProduce);
  const form = readForm(PhaseForm, req.body);
  if (!form.ok) return renderPhases(req, res.status(422), { ...form.values, phase: req.params.phase }, form.errors);
  found((await finishPhase(req.actor, process, String(req.params.phase), form.value)) || undefined);
  res.redirect(303, `/processes/${process.id}/phases?saved=phase`);
});

takingPart.get('/:process/discussions', anyone, async (req, res) => renderDiscussions(req, res));

takingPart.post('/:process/discussions', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canProduce);
  const form = readForm(DiscussionForm, req.body);
  if (!form.ok) return renderDiscussions(req, res.status(422), form.values, form.errors);
  const { key: id, ...told } = form.value;
  await addContent(req.actor, process, 'process_discussions', { id, ...told, noted_on: new Date() });
  res.redirect(303, `/processes/${process.id}/discussions?saved=discussion`);
});

takingPart.post('/:process/reviews', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canLead);
  const form = readForm(ReviewForm, req.body);
  if (!form.ok) return renderReview(req, res.status(422), form.values, form.errors);
  await reviewProcess(req.actor, process, form.value);
  res.redirect(303, `/processes/${process.id}?saved=reviewed`);
});

takingPart.get('/:process/reviews', signedIn, async (req, res) => renderReview(req, res));

async function renderReview(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadFor(req, canLead);
  res.render('processes/review', { ...pageOf(req, loaded), values: { key: randomUUID(), ...typed }, errors });
}

async function renderPeople(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadProcess(req);
  const { process, standing } = loaded;
  const { rows } = await withScope({ organisationId: process.organisation_id, personId: null }, () =>
    selectParties(process),
  );
  const least = req.visitor?.smallest_group ?? 5;
  const values = { key: randomUUID(), level: 'arena', kind: 'municipality', people: 0, ...typed };
  // Names of organisations are told to those who are in it; everybody else gets counts.
  const names = canProduce(standing) || standing.levels.length > 0 ? rows : [];
  const more = { parties: names, counts: participationOf(rows, least), kinds: PARTY_KINDS };
  res.render('processes/people', { ...pageOf(req, loaded), ...more, values, errors });
}

async function renderPhases(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadProcess(req);
  const { rows: phases } = await selectPhases(loaded.process.id);
  const template = found(templateOf(loaded.process.template));
  res.render('processes/phases', { ...pageOf(req, loaded), phases, template, inWords, values: typed, errors });
}

async function renderDiscussions(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadProcess(req);
  const { rows: discussions } = await selectDiscussions(loaded.process.id, loaded.seen);
  res.render('processes/discussions', {
    ...pageOf(req, loaded),
    discussions,
    values: { key: randomUUID(), ...typed },
    errors,
  });
}
