import { randomUUID } from 'node:crypto';
import { addCalendarDays, dayOf, daysBetween, momentOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import { moveAttendance } from './attendance.service';
import {
  type Clash,
  type Event,
  findRemoteLink,
  insertEvent,
  putRemoteLink,
  selectClashes,
  selectLater,
  updateEvent,
} from './events.model';
import type { ChangedEvent, NewEvent, Repeat } from './events.schema';
import { kitLanguage, methodOf } from './kit';
import { moveUp, tellComing } from './signups.service';

type OneEvent = Omit<ChangedEvent, 'later'>;

/** What a form's event is in the table, without what only the form knows. */
function columnsOf({ anyway: _1, day: _2, starts: _3, ends: _4, remote_link, ...event }: OneEvent) {
  return { ...event, has_remote: remote_link !== '' };
}

/** The next days of a series, as the calendar counts: the clock time stays when clocks are turned. */
function daysOf(first: string, repeat: Repeat, times: number): string[] {
  const count = repeat === 'none' ? 1 : times;
  return Array.from({ length: count }, (_, index) => {
    if (repeat !== 'month') return addCalendarDays(first, index * (repeat === 'week' ? 7 : 14));
    return addCalendarDays(first, index * 28);
  });
}

/**
 * Makes an event, or as many as its repeating asks; the agenda comes from the method. A form sent twice makes it once.
 * Returns what stands at the same time, and then makes nothing, unless the form says "anyway".
 */
export function makeEvent(actor: Actor, form: NewEvent): Promise<Clash[]> {
  return atomically(async () => {
    const { key, repeat, times, series_id, ...typed } = form;
    const owner_id = actor.id;
    const owned = { organisation_id: actor.organisation_id, owner_id };
    const moments = daysOf(typed.day, repeat, times).map((day) => ({
      starts_at: momentOf(day, typed.starts) as Date,
      ends_at: momentOf(day, typed.ends) as Date,
    }));
    if (!typed.anyway)
      for (const moment of moments) {
        const clashes = await selectClashes({ ...typed, ...owned, ...moment, id: key });
        if (clashes.length > 0) return clashes;
      }
    const series = repeat === 'none' ? series_id : await insertSeries(actor, key, typed.title);
    for (const [index, moment] of moments.entries()) {
      const id = index === 0 ? key : randomUUID();
      const event = { ...columnsOf(typed), ...owned, ...moment, id, series_id: series, language: actor.language };
      if (!(await insertEvent(event))) return [];
      await putRemoteLink(event, typed.remote_link);
      await addAgenda(actor, event, typed.starts);
      await rememberEvent({ ...event, state: 'planned' });
      await recordAudit(actor, 'event.made', { type: 'event', id });
    }
    return [];
  });
}

async function insertSeries(actor: Actor, key: string, title: string): Promise<string> {
  const row = { id: key, organisation_id: actor.organisation_id, title };
  await db().table('event_series').insert(row).onConflict('id').ignore();
  return key;
}

/** The steps of the method, from the clock time on. */
async function addAgenda(actor: Actor, event: { id: string; method: string }, starts: string): Promise<void> {
  const method = methodOf(event.method);
  if (!method) return;
  const [hour = '0', minute = '0'] = starts.split(/[:.]/);
  let at = Number(hour) * 60 + Number(minute);
  for (const step of method.steps) {
    const clock = `${Math.floor(at / 60) % 24}.${String(at % 60).padStart(2, '0')}`;
    const part = {
      id: randomUUID(),
      organisation_id: actor.organisation_id,
      event_id: event.id,
      kind: 'agenda',
      clock,
    };
    await db()
      .table('event_parts')
      .insert({ ...part, title: step[kitLanguage(actor.language)] });
    at += step.minutes;
  }
}

const rememberEvent = (
  event: Pick<Event, 'id' | 'organisation_id' | 'space_id' | 'visibility' | 'title' | 'theme' | 'starts_at' | 'state'>,
): Promise<void> =>
  rememberObject({
    ...{ kind: 'event', id: event.id, organisation_id: event.organisation_id, space_id: event.space_id },
    ...{ visibility: event.visibility, title: event.title, href: `/events/${event.id}`, theme: event.theme },
    ...{ dated_on: event.starts_at, status: event.state },
  });

/**
 * Changes an event, as `makeEvent`; those who come are told when its time or place is another. Later events of its series
 * get the same, when the form says so: each on its own day, moved by as many days as this one.
 */
export function changeEvent(actor: Actor, event: Event, { later, ...form }: ChangedEvent): Promise<Clash[]> {
  return atomically(async () => {
    const days = daysBetween(dayOf(event.starts_at), form.day);
    const others = later ? await selectLater(event) : [];
    const all = [event, ...others].map((one) => {
      const day = addCalendarDays(dayOf(one.starts_at), days);
      const moments = { starts_at: momentOf(day, form.starts) as Date, ends_at: momentOf(day, form.ends) as Date };
      return { event: one, form: { ...form, ...moments } };
    });
    for (const one of form.anyway ? [] : all) {
      const speakers = await db().table('event_parts').where({ event_id: one.event.id }).pluck('speaker');
      const clashes = await selectClashes({ ...one.event, ...columnsOf(one.form) }, speakers);
      // Those that move along make room for each other.
      const left = clashes.filter(({ id }) => !all.some((other) => other.event.id === id));
      if (left.length > 0) return left;
    }
    for (const one of all) await change(actor, one.event, one.form);
    return [];
  });
}

async function change(actor: Actor, event: Event, form: OneEvent): Promise<void> {
  const next = { ...event, ...columnsOf(form) };
  await updateEvent(event, { ...columnsOf(form), sequence: event.sequence + 1 });
  const oldLink = await findRemoteLink(event.id);
  await putRemoteLink(event, form.remote_link);
  await moveAttendance(event, next);
  await rememberEvent(next);
  await recordAudit(actor, 'event.changed', { type: 'event', id: event.id });
  await moveUp(next);
  const when = ({ starts_at, ends_at }: Pick<Event, 'starts_at' | 'ends_at'>) => `${+starts_at} ${+ends_at}`;
  const isElsewhere = event.place_text !== next.place_text || oldLink !== form.remote_link;
  // Nobody comes to what is called off.
  if (event.state === 'planned' && (when(event) !== when(next) || isElsewhere))
    await tellComing(next, 'event.moved', `moved ${event.sequence + 1}`);
}

/**
 * Cancels it, and the later ones of its series when `later`: they stay in calendars, marked as cancelled, and those who come
 * are told.
 */
export function cancelEvent(actor: Actor, event: Event, later = false): Promise<void> {
  return atomically(async () => {
    for (const one of [event, ...(later ? await selectLater(event) : [])]) {
      if (one.state === 'cancelled') continue;
      await updateEvent(one, { state: 'cancelled', sequence: one.sequence + 1 });
      await rememberEvent({ ...one, state: 'cancelled' });
      await recordAudit(actor, 'event.cancelled', { type: 'event', id: one.id });
      await tellComing(one, 'event.cancelled', 'cancelled');
    }
  });
}

/** The day of an event as a form has it. */
export const dayOfEvent = (event: Pick<Event, 'starts_at'>): string => dayOf(event.starts_at);
