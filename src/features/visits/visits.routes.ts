import type { Request, Response } from 'express';
import { clockOf, dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { selectChain } from '../loop/loop.service';
import { signedIn } from '../organisations/organisations.policy';
import { areaName } from '../places/areas';
import { FOLLOW_UPS, SAFETY } from './kinds';
import { renderRequest } from './requests.page';
import { findReach, findRequest, findVisit, type SupportVisit } from './visits.model';
import { canReach, canRun, canRunVisit, canSupport } from './visits.policy';
import { DoneForm, MoveForm, SafetyForm, VisitForm } from './visits.schema';
import { agreeVisit, cancelVisit, checkSafety, endVisit, followVisit, moveVisit } from './visits.service';

/** Visits: a time that fits, what is looked through before, and what comes after. */
export const visits = new Routes('/visits');

async function load(req: Request) {
  const visit = found(await findVisit(req.actor.organisation_id, String(req.params.visit)));
  return { visit, request: found(await findRequest(visit.organisation_id, visit.request_id)) };
}

visits.post('/requests/:request/visits', signedIn, async (req, res) => {
  const request = found(await findRequest(req.actor.organisation_id, String(req.params.request)));
  authorize(canRun(req.actor, request) && request.state === 'matched');
  const form = readForm(VisitForm, req.body);
  if (!form.ok) return renderRequest(req, res.status(422), request, form.errors, { values: form.values });
  const clash = await agreeVisit(req.actor, request, form.value);
  if (clash)
    return renderRequest(
      req,
      res.status(422),
      request,
      { clock: 'visits.clash' },
      { values: req.body, clash: said(clash) },
    );
  res.redirect(303, `/visits/${form.value.id}`);
});

visits.get('/paper', signedIn, (req, res) => {
  authorize(canSupport(req.actor));
  res.render('visits/paper', { safety: SAFETY });
});

visits.get('/:visit', signedIn, async (req, res) => {
  const { visit, request } = await load(req);
  authorize(canSupport(req.actor));
  await renderVisit(req, res, visit, request);
});

visits.post('/:visit/move', signedIn, async (req, res) => {
  const { visit, request } = await load(req);
  authorize(canRunVisit(req.actor, visit) && visit.state === 'agreed');
  const form = readForm(MoveForm, req.body);
  if (!form.ok) return renderVisit(req, res.status(422), visit, request, form.errors, { values: form.values });
  const clash = await moveVisit(req.actor, visit, form.value);
  if (clash)
    return renderVisit(
      req,
      res.status(422),
      visit,
      request,
      { clock: 'visits.clash' },
      { values: req.body, clash: said(clash) },
    );
  res.redirect(303, `/visits/${visit.id}`);
});

visits.post('/:visit/check', signedIn, async (req, res) => {
  const { visit, request } = await load(req);
  authorize(canRunVisit(req.actor, visit) && visit.state === 'agreed');
  const form = readForm(SafetyForm, req.body);
  const isWhole = await checkSafety(req.actor, visit, form.ok ? form.value.checked : []);
  if (isWhole) return res.redirect(303, `/visits/${visit.id}`);
  const saved = { ...visit, checked: form.ok ? form.value.checked : [] };
  await renderVisit(req, res.status(422), saved, request, { checked: 'visits.safetyMissing' });
});

visits.post('/:visit/done', signedIn, async (req, res) => {
  const { visit, request } = await load(req);
  authorize(canRunVisit(req.actor, visit) && visit.state !== 'cancelled');
  const form = readForm(DoneForm, req.body);
  if (!form.ok) return renderVisit(req, res.status(422), visit, request, form.errors, { values: form.values });
  await endVisit(req.actor, visit, request, form.value);
  res.redirect(303, `/visits/contacts/new?visit=${visit.id}`);
});

visits.post('/:visit/cancel', signedIn, async (req, res) => {
  const { visit } = await load(req);
  authorize(canRunVisit(req.actor, visit));
  await cancelVisit(req.actor, visit);
  res.redirect(303, `/visits/requests/${visit.request_id}`);
});

visits.post('/:visit/followed', signedIn, async (req, res) => {
  const { visit } = await load(req);
  authorize(canRunVisit(req.actor, visit) && visit.state === 'done');
  await followVisit(req.actor, visit);
  res.redirect(303, `/visits/${visit.id}`);
});

/** When another visit is, for the message of a clash. */
const said = ({ starts_at, minutes }: SupportVisit) => ({
  day: starts_at,
  from: clockOf(starts_at),
  to: clockOf(new Date(starts_at.getTime() + minutes * 60_000)),
});

async function renderVisit(
  req: Request,
  res: Response,
  visit: SupportVisit,
  request: Awaited<ReturnType<typeof load>>['request'],
  errors: FieldErrors = {},
  more: object = {},
) {
  const mayRun = canRunVisit(req.actor, visit);
  res.render('visits/visit', {
    ...{ visit, request, errors, mayRun, safety: SAFETY, followUps: FOLLOW_UPS },
    ...{ values: { day: dayOf(visit.starts_at), clock: clockOf(visit.starts_at), minutes: visit.minutes } },
    reach: mayRun && canReach(req.actor, request) ? await findReach(request.organisation_id, request.id) : undefined,
    chain: await selectChain('visit', visit.id),
    area: areaName(request.area_code, res.locals.lang),
    ...more,
  });
}
