import { createHmac, timingSafeEqual } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { secret } from '../../lib/secret';
import type { Actor } from '../organisations/organisations.model';
import { type ListedEvent, selectEvents } from './events.model';

const YEAR = 365 * 86_400_000;

/** Events as a calendar file: a moved or cancelled one keeps its UID and raises its SEQUENCE. Times are exact moments. */
export function calendarOf(name: string, site: string, events: readonly ListedEvent[]): string {
  const calendar = ical({ name, prodId: '//Oppiva//Events//FI', method: ICalCalendarMethod.PUBLISH });
  for (const event of events)
    calendar.createEvent({
      ...{ id: `${event.id}@oppiva`, sequence: event.sequence, start: event.starts_at, end: event.ends_at },
      ...{ summary: event.title, description: event.about, location: event.place_text || null },
      ...{ url: `${site}/events/${event.id}`, stamp: event.updated_at, lastModified: event.updated_at },
      status: event.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}

export const feedEvents = (space = '', publicOnly = true): Promise<ListedEvent[]> =>
  selectEvents({ from: new Date(Date.now() - YEAR), space, publicOnly });

const seal = (organisation: string, person: string, key: string) =>
  createHmac('sha256', secret()).update(`event-feed:${organisation}:${person}:${key}`).digest('base64url');

/** The actor's own secret address; `renew` makes the old one lead nowhere. */
export function feedToken(actor: Actor, renew = false): Promise<string> {
  const own = { organisation_id: actor.organisation_id, person_id: actor.id };
  return atomically(async () => {
    if (renew) await db().table('event_feeds').where(own).delete();
    await db().table('event_feeds').insert(own).onConflict().ignore();
    const { key } = await db().table('event_feeds').where(own).first();
    return `${own.organisation_id}.${own.person_id}.${seal(own.organisation_id, own.person_id, key)}`;
  });
}

/** What the person of the address may see, or undefined for an address that leads nowhere (any more). */
export function ownFeed(token: string, space: string): Promise<ListedEvent[] | undefined> {
  const [organisationId = '', personId = '', theirs = ''] = token.split('.');
  if (!/^[\w-]{36}$/.test(organisationId) || !/^[\w-]{36}$/.test(personId)) return Promise.resolve(undefined);
  return withScope({ organisationId, personId }, async () => {
    const row = await db().table('event_feeds').where({ organisation_id: organisationId, person_id: personId }).first();
    const belongs = await db()
      .table('memberships')
      .where({ organisation_id: organisationId, person_id: personId, ended_on: null })
      .first();
    if (!row || !belongs) return undefined;
    const [a, b] = [Buffer.from(seal(organisationId, personId, row.key)), Buffer.from(theirs)];
    if (a.length !== b.length || !timingSafeEqual(a, b)) return undefined;
    return feedEvents(space, false);
  });
}
