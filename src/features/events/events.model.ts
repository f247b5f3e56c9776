import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';

export const EVENT_KINDS = ['meeting', 'public-event', 'workshop', 'dialogue', 'interview-round', 'review'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export const PART_KINDS = ['agenda', 'talk', 'material', 'outcome'] as const;
export type PartKind = (typeof PART_KINDS)[number];
export const OUTCOMES = ['view', 'idea', 'finding', 'decision', 'output'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** The questions of an after-action review. */
export const REVIEW_FIELDS = ['expected', 'happened', 'why', 'next'] as const;

export interface Event {
  id: string;
  /** Its keeper. */
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  series_id: string | null;
  kind: EventKind;
  language: string;
  title: string;
  about: string;
  theme: string | null;
  starts_at: Date;
  ends_at: Date;
  place_text: string;
  has_remote: boolean;
  takes_signups: boolean;
  /** How many fit; null: all. */
  capacity: number | null;
  /** A key of the kit, or empty. */
  method: string;
  groups: string;
  notes: string;
  review: Partial<Record<(typeof REVIEW_FIELDS)[number], string>>;
  /** The step of a path that attending marks as done. */
  path_step_id: string | null;
  state: 'planned' | 'cancelled';
  /** Grows when it is moved, changed or cancelled: calendars take the newest. */
  sequence: number;
  owner_id: string | null;
  updated_at: Date;
}
export type ListedEvent = Event & { organisation_name: string; series_title: string | null };

/** Who comes to an event, with an account or by mail. */
export interface SignUp {
  id: string;
  organisation_id: string;
  host_organisation_id: string;
  event_id: string;
  person_id: string | null;
  name: string;
  email: string;
  language: string;
  needs: string;
  state: 'in' | 'waiting' | 'cancelled';
  attended: boolean | null;
  has_answered: boolean;
}

export interface EventPart {
  id: string;
  organisation_id: string;
  event_id: string;
  kind: PartKind;
  outcome: Outcome | null;
  clock: string;
  title: string;
  body: string;
  speaker: string;
  link: string;
  /** Of a material that is a file of its own. */
  file_name: string | null;
  file_mime: string | null;
  file_bytes: number | null;
  draft_id: string | null;
}

const SEEN = `(e.visibility <> 'members' or e.space_id is null or e.space_id in (select my_spaces()) or e.owner_id = oppiva_person())`;
const LISTED = `select e.*, o.name as organisation_name, s.title as series_title from events e
  join organisations o on o.id = e.organisation_id left join event_series s on s.id = e.series_id`;

export interface EventFilter {
  from: Date;
  to?: Date;
  kind?: string;
  space?: string;
  publicOnly?: boolean;
  most?: number;
}

/** Events that the reader in scope may see, by their time. */
export async function selectEvents(filter: EventFilter): Promise<ListedEvent[]> {
  const { rows } = await db().raw(
    `${LISTED} where ${SEEN} and e.ends_at >= :from and (:to::timestamptz is null or e.starts_at < :to)
       and (:kind = '' or e.kind = :kind) and (:space = '' or e.space_id::text = :space)
       and (not :publicOnly or e.visibility = 'public')
     order by e.starts_at, e.id limit :most`,
    { to: null, kind: '', space: '', publicOnly: false, most: 500, ...filter } as never,
  );
  return rows;
}

/** An event that the reader in scope may see. */
export async function findEvent(id: string): Promise<ListedEvent | undefined> {
  const { rows } = await db().raw(`${LISTED} where ${SEEN} and e.id::text = ?`, [id]);
  return rows[0];
}

/** The others of a series. */
export async function selectSeries(seriesId: string): Promise<ListedEvent[]> {
  const { rows } = await db().raw(`${LISTED} where ${SEEN} and e.series_id = ? order by e.starts_at limit 100`, [
    seriesId,
  ]);
  return rows;
}

/** Events of the same series that come after this one and are not called off. */
export function selectLater(event: Pick<Event, 'organisation_id' | 'series_id' | 'starts_at'>): Promise<Event[]> {
  return db()
    .table('events')
    .where({ organisation_id: event.organisation_id, state: 'planned', series_id: event.series_id })
    .whereNotNull('series_id')
    .where('starts_at', '>', event.starts_at)
    .orderBy('starts_at')
    .limit(100);
}

export function selectParts(eventId: string): Promise<EventPart[]> {
  return db().table('event_parts').where({ event_id: eventId }).orderBy('position');
}

export interface Clash {
  id: string;
  title: string;
  starts_at: Date;
  why: 'place' | 'owner' | 'speaker';
}

/** Events of the organisation at the same time in the same place, with the same organiser or with one of the speakers. */
export async function selectClashes(
  event: Pick<Event, 'organisation_id' | 'starts_at' | 'ends_at' | 'place_text' | 'owner_id'> & { id: string },
  speakers: readonly string[] = [],
): Promise<Clash[]> {
  const { rows } = await db().raw(
    `select e.id, e.title, e.starts_at, case when :place <> '' and lower(trim(e.place_text)) = lower(trim(:place)) then 'place'
       when exists (select from event_parts p where p.event_id = e.id and lower(trim(p.speaker)) = any(:speakers)) then 'speaker'
       else 'owner' end as why
     from events e where e.organisation_id = :organisation and e.id::text <> :id and e.state = 'planned'
       and e.starts_at < :ends and e.ends_at > :starts
       and (:place <> '' and lower(trim(e.place_text)) = lower(trim(:place)) or e.owner_id::text = :owner
         or exists (select from event_parts p where p.event_id = e.id and lower(trim(p.speaker)) = any(:speakers)))
     order by e.starts_at limit 5`,
    {
      ...{ organisation: event.organisation_id, id: event.id, starts: event.starts_at, ends: event.ends_at },
      ...{ place: event.place_text, owner: event.owner_id ?? '' },
      speakers: speakers.map((one) => one.trim().toLowerCase()).filter(Boolean),
    } as never,
  );
  return rows;
}

export async function insertEvent(event: Partial<Event> & { id: string }): Promise<boolean> {
  const rows = await db().table('events').insert(event).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function updateEvent(
  { organisation_id, id }: Pick<Event, 'organisation_id' | 'id'>,
  values: Partial<Event>,
): Promise<void> {
  await db()
    .table('events')
    .where({ organisation_id, id })
    .update({ ...values, updated_at: new Date() });
}

export async function findRemoteLink(eventId: string): Promise<string> {
  const row = await db().table('event_links').where({ event_id: eventId }).first();
  return row?.remote_link ?? '';
}

export async function putRemoteLink(
  { organisation_id, id }: Pick<Event, 'organisation_id' | 'id'>,
  remote_link: string,
): Promise<void> {
  if (remote_link === '') await db().table('event_links').where({ organisation_id, event_id: id }).delete();
  else
    await db()
      .table('event_links')
      .insert({ organisation_id, event_id: id, remote_link })
      .onConflict('event_id')
      .merge();
}
