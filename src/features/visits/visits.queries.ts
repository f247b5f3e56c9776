import { db, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import type { SupportContact, SupportRequest, SupportVisit } from './visits.model';

type Raw<T> = PromiseLike<{ rows: T[] }>;
const read = <T>(sql: string, values: readonly unknown[]) => db().raw(sql, values as never) as unknown as Raw<T>;

export type ListedRequest = SupportRequest & { supporter_name: string | null; visits: number };
export type ListedVisit = SupportVisit & {
  area_code: string;
  theme: string;
  form: string;
  supporter_name: string | null;
};
export interface Wanted {
  area: string;
  theme: string;
  form: string;
  state: string;
}

const MOST = 200;
const REQUESTS = `select r.*, r.requested_on::text as requested_on, r.ended_on::text as ended_on,
    (select name from people p where p.id = r.supporter_id) as supporter_name,
    (select count(*)::int from support_visits v where v.request_id = r.id and v.state <> 'cancelled') as visits
  from support_requests r`;
const VISITS = `select v.*, v.follow_up_on::text as follow_up_on, r.area_code, r.theme, r.form,
    (select name from people p where p.id = v.supporter_id) as supporter_name
  from support_visits v join support_requests r on r.id = v.request_id`;

/** What waits for the reader, and the organisation's requests as asked for. Five queries, whatever is there. */
export async function readBoard(actor: Actor, wanted: Wanted) {
  const { organisation_id, id } = actor;
  const states = wanted.state === 'ended' ? ['met', 'unmet', 'withdrawn'] : ['open', 'matched'];
  const [mine, visits, follow, all, months] = await together(
    read<ListedRequest>(
      `${REQUESTS} where r.organisation_id = ? and r.supporter_id = ? and r.ended_on is null order by r.accepted_at is not null, r.requested_on, r.id limit 50`,
      [organisation_id, id],
    ),
    read<ListedVisit>(
      `${VISITS} where v.organisation_id = ? and v.supporter_id = ? and v.state = 'agreed' order by v.starts_at limit 20`,
      [organisation_id, id],
    ),
    read<ListedVisit>(
      `${VISITS} where v.organisation_id = ? and v.supporter_id = ? and v.state = 'done' and v.followed_at is null order by v.follow_up_on limit 20`,
      [organisation_id, id],
    ),
    read<ListedRequest>(
      `${REQUESTS} where r.organisation_id = ? and r.state = any (?) and (? = '' or r.area_code = ?) and (? = '' or r.theme = ?)
         and (? = '' or r.form = ?) order by r.ended_on desc nulls first, r.state <> 'open', r.requested_on, r.id limit ${MOST}`,
      [
        ...[organisation_id, states, wanted.area, wanted.area, wanted.theme, wanted.theme],
        ...[wanted.form, wanted.form],
      ],
    ),
    read<{ contacts: number; minutes: number }>(
      `select count(*)::int as contacts, coalesce(sum(minutes), 0)::int as minutes from support_contacts
       where organisation_id = ? and supporter_id = ? and held_on >= date_trunc('month', current_date)`,
      [organisation_id, id],
    ),
  );
  const [month] = months.rows;
  return { mine: mine.rows, visits: visits.rows, follow: follow.rows, all: all.rows, month };
}

export interface Supporter {
  id: string;
  name: string;
  /** Whether they have given support in the municipality, or in the theme. */
  knows_area: boolean;
  knows_theme: boolean;
  /** Requests that they help with now. */
  busy: number;
}

/** Visits of a request, and who of the organisation could help: first those who know the area, then those with few requests now. */
export async function readRequestPage(request: SupportRequest, withSupporters: boolean) {
  const { organisation_id, area_code, theme } = request;
  const [visits, supporters, contacts, names] = await together(
    read<ListedVisit>(`${VISITS} where v.organisation_id = ? and v.request_id = ? order by v.starts_at, v.id`, [
      organisation_id,
      request.id,
    ]),
    read<Supporter>(
      `select p.id, p.name,
         exists (select from support_month_supporters s where s.organisation_id = m.organisation_id and s.supporter_id = p.id and s.area_code = ?) as knows_area,
         exists (select from support_contacts c where c.organisation_id = m.organisation_id and c.supporter_id = p.id and c.theme = ?) as knows_theme,
         (select count(*)::int from support_requests r where r.organisation_id = m.organisation_id and r.supporter_id = p.id and r.ended_on is null) as busy
       from memberships m join people p on p.id = m.person_id
       where m.organisation_id = ? and m.ended_on is null and m.relation <> 'client' and ?
       order by 3 desc, 4 desc, 5, p.name, p.id limit 300`,
      [area_code, theme, organisation_id, withSupporters],
    ),
    read<SupportContact>(
      `select c.*, c.held_on::text as held_on from support_contacts c where c.organisation_id = ? and c.request_id = ? order by c.held_on, c.id limit 50`,
      [organisation_id, request.id],
    ),
    read<{ name: string }>('select name from people where id = ?', [request.supporter_id]),
  );
  return {
    visits: visits.rows,
    supporters: supporters.rows,
    contacts: contacts.rows,
    supporterName: names.rows[0]?.name,
  };
}

/** What the form of a contact offers: the organisation's places, and the areas that it uses, the reader's last one first. */
export async function readContactChoices(actor: Actor) {
  const { organisation_id, id } = actor;
  const [places, areas] = await together(
    read<{ id: string; name: string; area_code: string }>(
      // Of a place that closed lately, contacts of its last days are still told.
      `select id, name, area_code from support_places
       where organisation_id = ? and (closed_on is null or closed_on > current_date - 31) order by name, id limit 200`,
      [organisation_id],
    ),
    read<{ area_code: string }>(
      `select area_code from (
         select area_code, bool_or(supporter_id = ?) as is_own, max(month) as last from support_month_supporters
           where organisation_id = ? group by 1
         union all select area_code, false, null from support_places where organisation_id = ? group by 1) a
       group by area_code order by bool_or(is_own) desc, max(last) desc nulls last, area_code limit 30`,
      [id, organisation_id, organisation_id],
    ),
  );
  return { places: places.rows, areas: areas.rows.map(({ area_code }) => area_code) };
}

/** Where the reader most likely is now: on a shift of theirs, else where they told of a contact a while ago. */
export async function readContactStart({ organisation_id, id }: Actor) {
  const { rows } = await read<{ form: string; place_id: string | null; area_code: string; of: 'shift' | 'last' }>(
    `(select 'near' as form, s.place_id, l.area_code, 'shift' as of from support_shifts s
        join support_shift_people x on x.shift_id = s.id join support_places l on l.id = s.place_id
        where s.organisation_id = :o and x.person_id = :me and s.cancelled_at is null
          and now() between s.starts_at - interval '30 minutes' and s.starts_at + make_interval(mins => s.minutes + 120)
        order by s.starts_at desc limit 1)
     union all (select form, place_id, area_code, 'last' from support_contacts
        where organisation_id = :o and supporter_id = :me and created_at > now() - interval '8 hours' and request_id is null
        order by created_at desc, id limit 1)
     order by of desc limit 1`,
    { o: organisation_id, me: id } as never,
  );
  return rows[0];
}

/** One's own contacts, newest first. */
export async function readOwnContacts({ organisation_id, id }: Actor, before: string) {
  const { rows } = await read<SupportContact & { place_name: string | null }>(
    `select c.*, c.held_on::text as held_on, (select name from support_places p where p.id = c.place_id) as place_name
     from support_contacts c where c.organisation_id = ? and c.supporter_id = ? and (? = '' or c.held_on < nullif(?, '')::date)
     order by c.held_on desc, c.created_at desc, c.id limit 100`,
    [organisation_id, id, before, before],
  );
  return rows;
}
