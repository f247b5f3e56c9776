import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { signedIn } from '../organisations/organisations.policy';
import { competenceNames } from '../skills/skills.model';
import { readAsked, readAskedOfMe } from './asked.queries';
import { selectGuided, selectOffers } from './helpers.model';
import { findHelpRequest, selectSupervisorIds } from './support.model';
import { canReadRequest, canWithdraw } from './support.policy';
import { OfferForm, ReplyForm } from './support.schema';
import { offerHelp, reply, turnToSupervisors } from './support.service';

/** Requests for help as those who answer them meet them, and the conversation about one. */
export const asked = new Routes('/help');

asked.get('/asked', signedIn, async (req, res) => {
  const requests = await readAskedOfMe(req.actor);
  await recordLooks(req.actor, 'help', [...new Set(requests.map(({ person_id }) => person_id))]);
  res.render('support/asked-of-me', { requests });
});

asked.get('/asked/:request', signedIn, async (req, res) => {
  const request = await load(req);
  if (request.person_id !== req.actor.id) await recordLooks(req.actor, 'help', [request.person_id]);
  await render(req, res);
});

asked.post('/asked/:request', signedIn, async (req, res) => {
  const request = await load(req);
  const form = readForm(ReplyForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.values, form.errors);
  await reply(req.actor, request, form.value);
  res.redirect(303, `/help/asked/${request.id}?saved=said`);
});

asked.post('/asked/:request/supervisors', signedIn, async (req, res) => {
  const request = await load(req);
  authorize(canWithdraw(req.actor, request));
  await turnToSupervisors(req.actor, request);
  res.redirect(303, `/help/asked/${request.id}?saved=turned`);
});

/** What one lets others ask about: only skills that one said one can guide in. */
asked.get('/helping', signedIn, (req, res) => renderOffer(req, res));

asked.post('/helping', signedIn, async (req, res) => {
  const form = readForm(OfferForm, req.body);
  if (!form.ok) return renderOffer(req, res.status(422), form.values, form.errors);
  const [{ rows: guided }] = await together(selectGuided(req.actor));
  const codes = guided.flatMap(({ code }) => (form.value.codes.includes(code) ? [code] : []));
  await offerHelp(req.actor, codes, form.value.words);
  res.redirect(303, `/help/helping?saved=${codes.length > 0 ? 'yes' : 'none'}`);
});

async function renderOffer(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const [{ rows: guided }, { rows: offers }] = await together(selectGuided(req.actor), selectOffers(req.actor));
  const names = await competenceNames(req.actor.content_language);
  res.render('support/helping', {
    skills: guided.flatMap(({ code }) => names.get(code) ?? []),
    values: { ...offers[0], ...typed },
    errors,
    saved: req.query.saved,
  });
}

/** For others it is as if the request were not there. */
async function load(req: Request) {
  const request = found(await findHelpRequest(req.actor.organisation_id, String(req.params.request)));
  const supervisors = await selectSupervisorIds(req.actor.organisation_id, request.person_id);
  return found(canReadRequest(req.actor, request, supervisors) ? request : undefined);
}

async function render(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const page = found(await readAsked(req.actor, String(req.params.request)));
  const isOwn = page.request.person_id === req.actor.id;
  const supervisors = isOwn ? await selectSupervisorIds(req.actor.organisation_id, req.actor.id) : [];
  res.render('support/asked', {
    ...page,
    isOwn,
    mayTurn: isOwn && page.request.to_person_id !== null && supervisors.length > 0,
    values: { id: randomUUID(), ...values },
    errors,
    saved: req.query.saved,
  });
}
