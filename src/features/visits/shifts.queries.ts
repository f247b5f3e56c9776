import { db, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { STANDS } from '../places/places.model';
import type { Peer, Shift } from './shifts.model';
import { canMatch } from './visits.policy';

type Raw<T> = PromiseLike<{ rows: T[] }>;
const read = <T>(sql: string, values: readonly unknown[]) => db().raw(sql, values as never) as unknown as Raw<T>;

export type ListedShift = Shift & {
  place_name: string;
  people: { id: string; name: string }[];
  is_mine: boolean;
  told_minutes: number | null;
};

const SHIFTS = `select s.*, l.name as place_name, coalesce(w.people, '[]') as people, coalesce(w.is_mine, false) as is_mine, w.told_minutes
  from support_shifts s join support_places l on l.id = s.place_id
  left join lateral (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id) as people,
      bool_or(p.id = ?) as is_mine, max(x.told_minutes) filter (where p.id = ?) as told_minutes
    from support_shift_people x join people p on p.id = x.person_id where x.shift_id = s.id) w on true`;

/** Shifts to come, one's own that are over and wait for hours, the reader's tasks, and the places of a new shift. */
export async function readShifts(actor: Actor) {
  const { organisation_id, id } = actor;
  const [coming, untold, peers, places, months] = await together(
    read<ListedShift>(
      `${SHIFTS} where s.organisation_id = ? and s.cancelled_at is null and s.starts_at + make_interval(mins => s.minutes) > now()
       order by s.starts_at, l.name, s.id limit 100`,
      [id, id, organisation_id],
    ),
    read<ListedShift>(
      `${SHIFTS} where s.organisation_id = ? and s.cancelled_at is null and w.is_mine and w.told_minutes is null
         and s.starts_at + make_interval(mins => s.minutes) <= now() order by s.starts_at desc, s.id limit 20`,
      [id, id, organisation_id],
    ),
    read<Peer & { mentor_name: string | null }>(
      `select s.*, s.meet_on::text as meet_on, (select name from people p where p.id = s.mentor_id) as mentor_name
       from support_peers s where s.organisation_id = ? and s.person_id = ?`,
      [organisation_id, id],
    ),
    read<{ id: string; name: string }>(
      `select id, name from support_places where organisation_id = ? and ? and ${STANDS} order by name, id limit 200`,
      [organisation_id, canMatch(actor)],
    ),
    read<{ people: number; minutes: number }>(
      `select count(distinct x.person_id)::int as people, coalesce(sum(x.told_minutes), 0)::int as minutes
       from support_shifts s join support_shift_people x on x.shift_id = s.id
       where s.organisation_id = ? and x.told_minutes is not null and s.starts_at > now() - interval '30 days'`,
      [organisation_id],
    ),
  );
  return {
    ...{ coming: coming.rows, untold: untold.rows, peer: peers.rows[0], places: places.rows },
    month: months.rows[0] ?? { people: 0, minutes: 0 },
  };
}

export type ListedPeer = { id: string; name: string; tasks: string[] | null; meet_on: string | null; minutes: number };

/** Digital peers of the organisation, or of the teams that the actor leads, with their tasks and hours of three months. */
export async function readPeers({ organisation_id, id }: Actor, isForAll: boolean, teams: readonly string[]) {
  const { rows } = await read<ListedPeer>(
    `select p.id, p.name, s.tasks, s.meet_on::text as meet_on,
       (select coalesce(sum(x.told_minutes), 0)::int from support_shift_people x join support_shifts h on h.id = x.shift_id
          where x.organisation_id = m.organisation_id and x.person_id = p.id and h.starts_at > now() - interval '3 months') as minutes
     from memberships m join people p on p.id = m.person_id
     left join support_peers s on s.organisation_id = m.organisation_id and s.person_id = m.person_id
     where m.organisation_id = ? and m.ended_on is null and m.relation in ('peer', 'volunteer') and p.id <> ?
       and (? or exists (select from team_members t where t.organisation_id = m.organisation_id and t.person_id = p.id
         and t.team_id = any(?) and t.joined_on <= current_date and (t.left_on is null or t.left_on > current_date)))
     order by p.name, p.id limit 200`,
    [organisation_id, id, isForAll, teams],
  );
  return rows;
}
