import { createHash } from 'node:crypto';
import { type Day, dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { holdPlace, type SupportPlace } from '../places/places.model';
import { markClosed, removePlace } from '../places/places.service';
import { type ComingShift, deleteShiftsOf, isUsed, lockComing, readPlaceLife } from './closing.model';
import { lockShift } from './shifts.model';
import { callOff } from './shifts.service';

/** Shifts that a closing from the day on calls off. */
export const endedBy = (coming: readonly ComingShift[], day: Day): ComingShift[] =>
  coming.filter((shift) => dayOf(shift.starts_at) >= day);

/** Tells whether who closes has seen these shifts and these people: another day or a new name has another sum. */
export function sumOf(shifts: readonly ComingShift[]): string {
  const words = shifts.map(({ id, people }) => [id, ...people.map((one) => one.id)].join(' ')).sort();
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 16);
}

/**
 * Closes the place from the day on, calls off its shifts from then on and tells those who were coming. Returns 'unseen', and
 * does nothing, when there are shifts or people that `seen` does not stand for.
 */
export function closePlace(actor: Actor, place: SupportPlace, day: Day, seen: string): Promise<'closed' | 'unseen'> {
  return atomically(async () => {
    await holdPlace(place.organisation_id, place.id);
    const ids = await lockComing(place, day);
    const ended = endedBy((await readPlaceLife(place)).coming, day);
    if (ended.length > 0 && sumOf(ended) !== seen) return 'unseen';
    await markClosed(actor, place, day);
    for (const id of ids) {
      const shift = await lockShift({ organisation_id: place.organisation_id, id });
      if (shift && !shift.cancelled_at) await callOff(actor, shift, place.name);
    }
    return 'closed';
  });
}

/** Opens a closed place again. Shifts that were called off stay so: people were told. */
export const openPlace = (actor: Actor, place: SupportPlace): Promise<void> => markClosed(actor, place, null);

/** Takes away a place that was added by mistake. False when people did something there: it can only be closed. */
export function removeUnused(actor: Actor, place: SupportPlace): Promise<boolean> {
  return atomically(async () => {
    await holdPlace(place.organisation_id, place.id);
    if (await isUsed(place)) return false;
    await deleteShiftsOf(place);
    await removePlace(actor, place);
    return true;
  });
}
