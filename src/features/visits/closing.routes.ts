import type { Request, Response } from 'express';
import { z } from 'zod';
import { addCalendarDays, type Day, dayOf } from '../../lib/calendar';
import { dayField } from '../../lib/fields';
import { type FieldErrors, message, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findPlace, type SupportPlace } from '../places/places.model';
import { canKeepPlace } from '../places/places.policy';
import { isUsed, readPlaceLife } from './closing.model';
import { closePlace, endedBy, openPlace, removeUnused, sumOf } from './closing.service';
import { clocks } from './shifts.page';

/** A place of support ends: from which day, and whose shifts are called off. What was done there stays. */
export const closing = new Routes('/places');

const A_YEAR = 366;
const TOMORROW = () => addCalendarDays(dayOf(new Date()), 1);
const isComing = (day: Day | null) => {
  const today = dayOf(new Date());
  return day !== null && day >= today && day <= addCalendarDays(today, A_YEAR);
};
const CloseForm = z.object({
  day: dayField('visits.dayWrong').refine(isComing, message('visits.close.dayPast')),
  seen: z.string().default(''),
});

closing.get('/:place/close', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  await renderClose(res, place, { day: TOMORROW() });
});

closing.post('/:place/close', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  const form = readForm(CloseForm, req.body);
  if (!form.ok) return renderClose(res.status(422), place, form.values, form.errors);
  const { day, seen } = form.value;
  const done = await closePlace(req.actor, place, day as Day, seen);
  if (done === 'unseen') return renderClose(res.status(422), place, { day }, { form: 'visits.close.lookAgain' });
  res.redirect(303, `/places/${place.id}?saved=closed`);
});

closing.post('/:place/open', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  await openPlace(req.actor, place);
  res.redirect(303, `/places/${place.id}?saved=opened`);
});

closing.post('/:place/remove', signedIn, async (req, res) => {
  const place = await loadOwn(req);
  if (await removeUnused(req.actor, place)) return res.redirect(303, '/places?saved=removed');
  await renderClose(res.status(422), place, { day: TOMORROW() }, { form: 'visits.close.isUsed' });
});

const loadOwn = async (req: Request) => {
  const place = found(await findPlace(String(req.params.place)));
  found(place.organisation_id === req.actor.organisation_id || undefined);
  authorize(canKeepPlace(req.actor, place));
  return place;
};

async function renderClose(
  res: Response,
  place: SupportPlace,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
) {
  const [{ coming, done }, isKept] = [await readPlaceLife(place), await isUsed(place)];
  const day = errors.day ? dayOf(new Date()) : String(values.day);
  const ended = endedBy(coming, day);
  const people = [...new Set(ended.flatMap((shift) => shift.people.map(({ name }) => name)))];
  res.render('visits/close', {
    ...{ place, values: { ...values, seen: errors.day ? '' : sumOf(ended) }, errors, clocks, isKept },
    ...{ ended, staying: coming.filter((shift) => !ended.includes(shift)), done, people, day },
    today: dayOf(new Date()),
  });
}
