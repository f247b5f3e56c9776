import { clockOf, dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { recordAudit } from '../audit/audit.model';
import { tellWork } from '../ledger/ledger.service';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { spansOn } from '../places/hours';
import { findPlace, holdPlace, type ShownPlace } from '../places/places.model';
import {
  cancelShiftRow,
  deleteShiftPerson,
  findOwnClash,
  findPeer,
  insertShift,
  insertShiftPerson,
  lockShift,
  lockShiftPerson,
  type Peer,
  type Shift,
  setTold,
  upsertPeer,
} from './shifts.model';

const subject = ({ id }: Pick<Shift, 'id'>) => ({ type: 'support_shift', id });
export const endOf = ({ starts_at, minutes }: Pick<Shift, 'starts_at' | 'minutes'>): Date =>
  new Date(starts_at.getTime() + minutes * 60_000);
const clock = (moment: Date) => clockOf(moment).replace('.', ':').padStart(5, '0');

/** Whether the place's hours cover the shift: 'no-hours' when it has none at all, 'closed' when it is not open all that time, 'ended' when it is closed for good by then. */
export function openDuring(
  place: ShownPlace,
  shift: Pick<Shift, 'starts_at' | 'minutes'>,
): 'open' | 'no-hours' | 'closed' | 'ended' {
  if (place.closed_on && place.closed_on <= dayOf(shift.starts_at)) return 'ended';
  if (place.hours.week.length === 0 && place.hours.exceptions.length === 0) return 'no-hours';
  const [from, to] = [clock(shift.starts_at), clock(endOf(shift))];
  const covers = spansOn(place.hours, dayOf(shift.starts_at)).some((span) => span.from <= from && to <= span.to);
  return covers && from < to ? 'open' : 'closed';
}

/** Makes a shift at a place of the organisation; once however often it is sent. Throws 409 when the place was closed meanwhile. */
export function makeShift(
  actor: Actor,
  shift: Pick<Shift, 'id' | 'place_id' | 'starts_at' | 'minutes' | 'needed'>,
): Promise<void> {
  return atomically(async () => {
    const place = await holdPlace(actor.organisation_id, shift.place_id);
    if (!place || (place.closed_on && place.closed_on <= dayOf(shift.starts_at))) throw conflict();
    const isNew = await insertShift({ ...shift, organisation_id: actor.organisation_id, made_by: actor.id });
    if (isNew) await recordAudit(actor, 'shift.made', subject(shift));
  });
}

export type Joining =
  | { is: 'joined' | 'full' | 'not-allowed' }
  | { is: 'clash'; with: { starts_at: Date; minutes: number } };

/** The person comes to the shift, when there is room, their tasks allow it and they are nowhere else then. Throws 409 for one that is over. */
export function joinShift(actor: Actor, given: Shift): Promise<Joining> {
  return atomically(async () => {
    const shift = await lockShift(given);
    if (!shift || shift.cancelled_at || endOf(shift) <= new Date()) throw conflict();
    if (shift.people.includes(actor.id)) return { is: 'joined' };
    const peer = actor.relation === 'peer' ? await findPeer(actor.organisation_id, actor.id) : undefined;
    if (actor.relation === 'peer' && !peer?.tasks.includes('place')) return { is: 'not-allowed' };
    if (shift.people.length >= shift.needed) return { is: 'full' };
    const clash = await findOwnClash(actor.organisation_id, actor.id, shift);
    if (clash) return { is: 'clash', with: clash };
    await insertShiftPerson({ shift_id: shift.id, organisation_id: actor.organisation_id, person_id: actor.id });
    await recordAudit(actor, 'shift.joined', subject(shift));
    return { is: 'joined' };
  });
}

/** The person comes not; hours that were told stay in the ledger, so then it is too late. */
export function leaveShift(actor: Actor, shift: Shift): Promise<void> {
  return atomically(async () => {
    const place = await lockShiftPerson(shift, actor.id);
    if (!place) return;
    if (place.told_minutes !== null) throw conflict();
    await deleteShiftPerson(place);
    await recordAudit(actor, 'shift.left', subject(shift));
  });
}

/** Takes the shift away and tells those who were coming. */
export function cancelShift(actor: Actor, given: Shift): Promise<void> {
  return atomically(async () => {
    const shift = await lockShift(given);
    if (!shift || shift.cancelled_at) return;
    if (shift.starts_at <= new Date()) throw conflict();
    await callOff(actor, shift);
  });
}

/** Takes a shift away whose row is held, and tells those who were coming; of a place that closes, why. */
export async function callOff(actor: Actor, shift: Shift & { people: string[] }, place?: string): Promise<void> {
  await cancelShiftRow(shift);
  const { organisation_id } = shift;
  const day = dayOf(shift.starts_at);
  const kind = place ? 'support.place-closed' : 'support.shift-cancelled';
  for (const person_id of shift.people)
    await notify({
      ...{ organisation_id, person_id, kind, params: { day, ...(place && { place }) } },
      ...{ href: '/visits/shifts', key: `shift ${shift.id} ${person_id}` },
    });
  await recordAudit(actor, 'shift.cancelled', subject(shift));
}

/** Tells the hours of a shift that has begun to the ledger, where they are checked. Once: a second time changes nothing. */
export function tellShift(actor: Actor, shift: Shift, minutes: number): Promise<void> {
  return atomically(async () => {
    const joined = await lockShiftPerson(shift, actor.id);
    if (!joined || shift.cancelled_at || shift.starts_at > new Date()) throw conflict();
    if (joined.told_minutes !== null) return;
    const topic = ((await findPlace(shift.place_id))?.name ?? '').slice(0, 100) || '–';
    await tellWork(actor, {
      id: joined.entry_id,
      done_on: dayOf(shift.starts_at),
      minutes,
      kind: 'place',
      topic,
      note: '',
    });
    await setTold(joined, minutes);
    await recordAudit(actor, 'shift.told', subject(shift));
  });
}

/** What the digital peer may do, and what was agreed; who saves it is the mentor. */
export function savePeer(
  actor: Actor,
  personId: string,
  words: Pick<Peer, 'tasks' | 'agreed' | 'meet_on'>,
): Promise<void> {
  return atomically(async () => {
    const who = { organisation_id: actor.organisation_id, person_id: personId };
    await upsertPeer({ ...words, ...who, mentor_id: actor.id, changed_by: actor.id });
    await recordAudit(actor, 'peer.tasks', { type: 'person', id: personId }, { tasks: words.tasks });
  });
}
