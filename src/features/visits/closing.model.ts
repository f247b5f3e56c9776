import type { Day } from '../../lib/calendar';
import { db, together } from '../../lib/db';
import type { SupportPlace } from '../places/places.model';

export interface ComingShift {
  id: string;
  starts_at: Date;
  minutes: number;
  people: { id: string; name: string }[];
}
export interface PlaceLife {
  /** Shifts that begin after now, the next first. */
  coming: ComingShift[];
  /** Shifts that have begun and that somebody came to, and contacts told of the place. */
  done: { shifts: number; contacts: number };
}
type Raw<T> = PromiseLike<{ rows: T[] }>;

/** What comes at the place, and what was done there. */
export async function readPlaceLife({ organisation_id, id }: SupportPlace): Promise<PlaceLife> {
  const [coming, done] = await together(
    db().raw(
      `select s.id, s.starts_at, s.minutes, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id)
         from support_shift_people x join people p on p.id = x.person_id where x.shift_id = s.id), '[]') as people
       from support_shifts s where s.organisation_id = ? and s.place_id = ? and s.cancelled_at is null and s.starts_at > now()
       order by s.starts_at, s.id`,
      [organisation_id, id],
    ) as unknown as Raw<ComingShift>,
    db().raw(
      `select (select count(*)::int from support_shifts s where s.organisation_id = :o and s.place_id = :id and s.starts_at <= now()
           and exists (select from support_shift_people x where x.shift_id = s.id)) as shifts,
         (select count(*)::int from support_contacts c where c.organisation_id = :o and c.place_id = :id) as contacts`,
      { o: organisation_id, id },
    ) as unknown as Raw<PlaceLife['done']>,
  );
  return { coming: coming.rows, done: done.rows[0] ?? { shifts: 0, contacts: 0 } };
}

/** Shifts of the place from the day on that have not begun, each with its row held, and who comes. */
export async function lockComing({ organisation_id, id }: SupportPlace, from: Day): Promise<string[]> {
  const { rows } = await db().raw(
    `select id from support_shifts where organisation_id = ? and place_id = ? and cancelled_at is null
       and starts_at >= ?::date and starts_at > now() order by id for update`,
    [organisation_id, id, from],
  );
  return rows.map((row: { id: string }) => row.id);
}

/** Shifts that nobody came to go with a place that was added by mistake. */
export async function deleteShiftsOf({ organisation_id, id }: SupportPlace): Promise<void> {
  await db().table('support_shifts').where({ organisation_id, place_id: id }).delete();
}

/** Whether anybody ever signed up to a shift of the place or told of a contact there. */
export async function isUsed({ organisation_id, id }: SupportPlace): Promise<boolean> {
  const { rows } = await db().raw(
    `select exists (select from support_shifts s join support_shift_people x on x.shift_id = s.id
         where s.organisation_id = :o and s.place_id = :id)
       or exists (select from support_contacts c where c.organisation_id = :o and c.place_id = :id) as is_used`,
    { o: organisation_id, id },
  );
  return rows[0].is_used;
}
