import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findPlace } from '../places/places.model';
import { findShift, hasShiftThen } from './shifts.model';
import { clocks } from './shifts.page';
import { readShifts } from './shifts.queries';
import { ShiftForm, ToldForm } from './shifts.schema';
import { cancelShift, joinShift, leaveShift, makeShift, openDuring, tellShift } from './shifts.service';
import { canMatch, canSupport } from './visits.policy';

/** Shifts at support places: made by who arranges, joined by who wants, and told to the ledger of hours. */
export const shifts = new Routes('/visits/shifts');

shifts.get('/', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  await renderShifts(req, res);
});

shifts.post('/', signedIn, async (req, res) => {
  authorize(canMatch(req.actor));
  const form = readForm(ShiftForm, req.body);
  if (!form.ok) return renderShifts(req, res.status(422), form.errors, { values: form.values });
  const { place: placeId, anyway, ...shift } = form.value;
  const place = await findPlace(placeId);
  if (place?.organisation_id !== req.actor.organisation_id)
    return renderShifts(req, res.status(422), { place: 'visits.choose' }, { values: req.body });
  const open = openDuring(place, shift);
  const isDouble = await hasShiftThen(place, shift);
  const errors: FieldErrors = {
    ...(open !== 'open' && { place: `visits.shift.${open}` as const }),
    ...(isDouble && { clock: 'visits.shift.double' as const }),
  };
  // Who sends the same again has read what is odd about it; another day or place is odd in its own way.
  const odd = [...Object.values(errors), place.id, shift.starts_at.toISOString(), shift.minutes].join(' ');
  if (Object.keys(errors).length > 0 && (anyway !== odd || open === 'ended'))
    return renderShifts(req, res.status(422), errors, { values: { ...req.body, anyway: odd } });
  await makeShift(req.actor, { ...shift, place_id: place.id });
  res.redirect(303, '/visits/shifts?said=made');
});

shifts.post('/:shift/join', signedIn, async (req, res) => {
  const shift = await load(req);
  const joining = await joinShift(req.actor, shift);
  if (joining.is === 'joined') return res.redirect(303, '/visits/shifts?said=joined');
  const clash = joining.is === 'clash' ? { day: joining.with.starts_at, ...clocks(joining.with) } : undefined;
  await renderShifts(req, res.status(422), { form: `visits.shift.${joining.is}` }, { clash });
});

shifts.post('/:shift/leave', signedIn, async (req, res) => {
  await leaveShift(req.actor, await load(req));
  res.redirect(303, '/visits/shifts?said=left');
});

shifts.post('/:shift/cancel', signedIn, async (req, res) => {
  const shift = await load(req);
  authorize(canMatch(req.actor));
  await cancelShift(req.actor, shift);
  res.redirect(303, '/visits/shifts?said=cancelled');
});

shifts.post('/:shift/told', signedIn, async (req, res) => {
  const shift = await load(req);
  const form = readForm(ToldForm, req.body);
  if (!form.ok)
    return renderShifts(req, res.status(422), { form: 'visits.minutesWrong' }, { told: { [shift.id]: form.values } });
  await tellShift(req.actor, shift, form.value.minutes);
  res.redirect(303, '/visits/shifts?said=told');
});

const load = async (req: Request) => {
  authorize(canSupport(req.actor));
  return found(await findShift(req.actor.organisation_id, String(req.params.shift)));
};

const SAID = ['made', 'joined', 'left', 'cancelled', 'told'];

async function renderShifts(req: Request, res: Response, errors: FieldErrors = {}, more: object = {}) {
  res.render('visits/shifts', {
    ...{ values: { id: randomUUID(), minutes: 180, needed: 2 }, told: {}, clash: undefined },
    ...(await readShifts(req.actor)),
    ...{ errors, clocks, mayArrange: canMatch(req.actor), isPeer: req.actor.relation === 'peer' },
    ...{ said: SAID.find((word) => word === req.query.said), ...more },
  });
}
