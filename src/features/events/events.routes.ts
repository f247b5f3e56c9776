import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { clockOf, dayOf, readDay, startOfDay } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { selectChain } from '../loop/loop.service';
import { THEMES } from '../loop/themes';
import { signedIn } from '../organisations/organisations.policy';
import { selectMySpaces } from '../spaces/spaces.model';
import {
  type Clash,
  EVENT_KINDS,
  type Event,
  findEvent,
  findRemoteLink,
  selectEvents,
  selectLater,
  selectParts,
  selectSeries,
} from './events.model';
import { canKeepEvent, canMakeEvent, eventMakers, isOpen } from './events.policy';
import { placesOf, selectEventSteps } from './events.queries';
import { CallOffForm, ChangeForm, NewForm } from './events.schema';
import { cancelEvent, changeEvent, makeEvent } from './events.service';
import { kitLanguage, METHODS, methodOf } from './kit';
import { loadKept } from './load';
import { monthOf } from './month';
import { findOwnSignUp } from './signups.service';

/** The calendar of events, and one event. */
export const events = new Routes('/events');

events.get('/', anyone, async (req, res) => {
  const day = readDay(`${String(req.query.month ?? '')}-01`) ?? dayOf(new Date());
  const isMonth = req.query.view === 'month';
  const kind = EVENT_KINDS.find((one) => one === req.query.kind) ?? '';
  const space = typeof req.query.space === 'string' ? req.query.space : '';
  const month = monthOf(day);
  const range = isMonth ? { from: startOfDay(month.first), to: startOfDay(month.end) } : { from: new Date() };
  const all = await selectEvents({ ...range, kind, space });
  const spaces = req.visitor ? await selectMySpaces(req.visitor) : [];
  const canMake = canMakeEvent(req.visitor);
  res.render('events/list', {
    events: all,
    month,
    isMonth,
    kind,
    space,
    spaces,
    kinds: EVENT_KINDS,
    canMake,
    clockOf,
    dayOf,
  });
});

events.get('/new', eventMakers, (req, res) => {
  const values = {
    key: randomUUID(),
    kind: req.query.kind ?? 'meeting',
    takes_signups: 'yes',
    visibility: 'organisation',
  };
  return renderForm(req, res, {
    ...values,
    space_id: req.query.space,
    method: req.query.method,
    repeat: 'none',
    times: 4,
  });
});

events.post('/new', eventMakers, async (req, res) => {
  const form = readForm(NewForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), form.values, form.errors);
  const clashes = await makeEvent(req.actor, await onlyOwn(req, form.value));
  if (clashes.length > 0) return renderForm(req, res.status(422), req.body, { anyway: 'events.error.clash' }, clashes);
  res.redirect(303, `/events/${form.value.key}`);
});

events.get('/kit', signedIn, (_req, res) => {
  res.render('events/kit', { methods: METHODS, kitLanguage });
});

events.get('/:event', anyone, async (req, res) => {
  const event = found(await findEvent(String(req.params.event)));
  const signup = await findOwnSignUp(req.visitor, event.id);
  const canKeep = canKeepEvent(req.visitor, event);
  const seesLink = event.has_remote && (canKeep || signup?.state === 'in');
  res.render('events/event', {
    ...{ event, signup, canKeep, clockOf, dayOf, method: methodOf(event.method), kitLanguage },
    ...{ parts: await selectParts(event.id), series: event.series_id ? await selectSeries(event.series_id) : [] },
    later: canKeep ? await selectLater(event) : [],
    ...{ places: await placesOf(event.id), isOpen: isOpen(event), isOver: event.ends_at < new Date() },
    ...{ remote: seesLink ? await findRemoteLink(event.id) : '', chain: await selectChain('event', event.id) },
    ...{ values: {}, errors: {}, said: req.query.said },
  });
});

events.get('/:event/change', signedIn, async (req, res) => {
  const event = await loadKept(req);
  const times = { day: dayOf(event.starts_at), starts: clockOf(event.starts_at), ends: clockOf(event.ends_at) };
  const values = { ...event, ...times, takes_signups: event.takes_signups && 'yes' };
  return renderForm(req, res, { ...values, remote_link: await findRemoteLink(event.id) }, {}, [], event);
});

events.post('/:event/change', signedIn, async (req, res) => {
  const event = await loadKept(req);
  const form = readForm(ChangeForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), form.values, form.errors, [], event);
  const clashes = await changeEvent(req.actor, event, await onlyOwn(req, form.value));
  const fault = { anyway: 'events.error.clash' };
  if (clashes.length > 0) return renderForm(req, res.status(422), req.body, fault, clashes, event);
  res.redirect(303, `/events/${event.id}?said=changed`);
});

events.post('/:event/call-off', signedIn, async (req, res) => {
  const event = await loadKept(req);
  const form = readForm(CallOffForm, req.body);
  await cancelEvent(req.actor, event, form.ok && form.value.later);
  res.redirect(303, `/events/${event.id}?said=cancelled`);
});

/** A space or a step that is not the actor's to choose is left out. */
async function onlyOwn<T extends { space_id: string | null; path_step_id: string | null }>(req: Request, form: T) {
  const spaces = form.space_id ? await selectMySpaces(req.actor) : [];
  const steps = form.path_step_id ? await selectEventSteps(req.actor) : [];
  const space_id = spaces.find(({ id }) => id === form.space_id)?.id ?? null;
  return { ...form, space_id, path_step_id: steps.find(({ id }) => id === form.path_step_id)?.id ?? null };
}

async function renderForm(
  req: Request,
  res: Response,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
  clashes: Clash[] = [],
  event?: Event,
) {
  const choices = { kinds: EVENT_KINDS, themes: THEMES, methods: METHODS, kitLanguage, dayOf, clockOf };
  const [spaces, steps] = [await selectMySpaces(req.actor), await selectEventSteps(req.actor)];
  const later = event ? await selectLater(event) : [];
  res.render('events/form', { ...choices, values, errors, clashes, event, spaces, steps, later });
}
