import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { THEMES } from '../loop/themes';
import { signedIn } from '../organisations/organisations.policy';
import { areaName } from '../places/areas';
import { ASKED_LANGUAGES, SUPPORT_FORMS } from './kinds';
import { renderRequest } from './requests.page';
import { acceptRequest, declineRequest, endRequest, offerRequest, writeRequest } from './requests.service';
import { findRequest } from './visits.model';
import { areaOptions } from './visits.page';
import { canMatch, canRun, canSupport } from './visits.policy';
import { readBoard, readContactChoices, readRequestPage, type Wanted } from './visits.queries';
import { EndForm, OfferForm, RequestForm } from './visits.schema';

/** Requests for support: what waits for whom, who could help, and how each one ended. */
export const supportRequests = new Routes('/visits');

const load = async (req: Request) => found(await findRequest(req.actor.organisation_id, String(req.params.request)));

supportRequests.get('/', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  const word = (name: string) => (typeof req.query[name] === 'string' ? (req.query[name] as string) : '');
  const wanted: Wanted = { area: word('area'), theme: word('theme'), form: word('form'), state: word('state') };
  const board = await readBoard(req.actor, wanted);
  const areas = [...new Set([...board.all.map(({ area_code }) => area_code), wanted.area].filter(Boolean))];
  const asked = areas.map((code) => ({ value: code, text: areaName(code, res.locals.lang) }));
  const isWanted = Object.values(wanted).some(Boolean);
  res.render('visits/board', {
    ...board,
    ...{ wanted, isWanted, areas: asked, themes: THEMES, forms: SUPPORT_FORMS, areaName },
  });
});

supportRequests.get('/requests/new', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  await renderNew(req, res, { id: randomUUID() });
});

supportRequests.post('/requests', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  const form = readForm(RequestForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
  const { name, reach, address, ...asked } = form.value;
  const id = await writeRequest(req.actor, asked, { name, reach, address });
  res.redirect(303, `/visits/requests/${id}`);
});

supportRequests.get('/requests/:request', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  await renderRequest(req, res, await load(req));
});

supportRequests.post('/requests/:request/offer', signedIn, async (req, res) => {
  const request = await load(req);
  authorize(canMatch(req.actor));
  const form = readForm(OfferForm, req.body);
  const page = await readRequestPage(request, true);
  if (!form.ok || !page.supporters.some(({ id }) => id === form.value.supporter))
    return renderRequest(req, res.status(422), request, { supporter: 'visits.choose' });
  await offerRequest(req.actor, request, form.value.supporter);
  res.redirect(303, `/visits/requests/${request.id}`);
});

supportRequests.post('/requests/:request/accept', signedIn, async (req, res) => {
  const request = await load(req);
  authorize(canSupport(req.actor));
  await acceptRequest(req.actor, request);
  res.redirect(303, `/visits/requests/${request.id}`);
});

supportRequests.post('/requests/:request/decline', signedIn, async (req, res) => {
  const request = await load(req);
  authorize(request.supporter_id === req.actor.id);
  await declineRequest(req.actor, request);
  res.redirect(303, '/visits');
});

supportRequests.post('/requests/:request/end', signedIn, async (req, res) => {
  const request = await load(req);
  authorize(canRun(req.actor, request));
  const form = readForm(EndForm, req.body);
  if (!form.ok) return renderRequest(req, res.status(422), request, form.errors);
  await endRequest(req.actor, request, form.value);
  res.redirect(303, `/visits/requests/${request.id}`);
});

async function renderNew(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const { areas } = await readContactChoices(req.actor);
  res.render('visits/request-new', {
    ...{ values, errors, themes: THEMES, forms: SUPPORT_FORMS, languages: ASKED_LANGUAGES },
    areas: areaOptions(String(res.locals.lang), areas, res.locals.t('visits.chooseOne')),
  });
}
