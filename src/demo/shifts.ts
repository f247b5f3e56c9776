import { db } from '../lib/db';

/** Shifts of two weeks at the demo's support places, what its digital peers may do, and goals of people under codes. The same in every run. */
const PLACES = `(select l.id, l.organisation_id, row_number() over (partition by l.organisation_id order by l.name, l.id) as nth
  from support_places l join organisations o on o.id = l.organisation_id
  where o.slug in ('polkutupa', 'hillajoki', 'kaislatuuli') and l.address <> '') l`;
const AT = (days: string) => `((current_date + ${days}) + time '12:00') at time zone 'Europe/Helsinki'`;
const WHO = `join lateral (select array_agg(m.person_id order by p.username not in ('expert', 'professional'), m.relation <> 'peer', m.started_on, m.id) as ids
  from memberships m join people p on p.id = m.person_id where m.organisation_id = s.organisation_id and m.ended_on is null and m.relation <> 'client') w on true`;

const STATEMENTS = [
  `insert into support_shifts (id, organisation_id, place_id, starts_at, minutes, needed)
    select md5('shift' || l.id || n)::uuid, l.organisation_id, l.id, ${AT('n')}, 180, 2 from ${PLACES}
    cross join unnest(array[-16, -9, -2, 2, 5, 9, 12]) n where l.nth = 1`,
  `insert into support_shift_people (shift_id, organisation_id, person_id, entry_id, told_minutes)
    select s.id, s.organisation_id, w.ids[x], md5('hours' || s.id || x)::uuid, case when s.starts_at < now() - interval '3 days' then 180 end
    from support_shifts s ${WHO} cross join generate_series(1, 2) x
    where s.starts_at < now() + interval '3 days' or (x = 2 and s.starts_at < now() + interval '6 days')`,
  `insert into work_entries (id, organisation_id, person_id, done_on, minutes, kind, topic)
    select x.entry_id, x.organisation_id, x.person_id, (s.starts_at at time zone 'Europe/Helsinki')::date, x.told_minutes, 'place', l.name
    from support_shift_people x join support_shifts s on s.id = x.shift_id join support_places l on l.id = s.place_id where x.told_minutes is not null`,
  `insert into support_peers (organisation_id, person_id, tasks, mentor_id, agreed, meet_on)
    select m.organisation_id, m.person_id, array['place', 'group', 'paper'], lead.person_id, 'Aloitetaan tukipaikasta toisen kanssa. Vaikeat kysymykset tuodaan yhteiseen juttuun.', current_date + 12
    from memberships m join organisations o on o.id = m.organisation_id
    left join lateral (select b.person_id from memberships b where b.organisation_id = m.organisation_id and b.ended_on is null and 'administrator' = any(b.roles)
      order by b.started_on, b.id limit 1) lead on true
    where o.slug in ('polkutupa', 'hillajoki', 'kaislatuuli') and m.relation in ('peer', 'volunteer') and m.ended_on is null`,
  `insert into support_follow_ups (id, organisation_id, code, theme, goal, began_on, ended_on, reached, made_by)
    select md5('goal' || s.organisation_id || n)::uuid, s.organisation_id, (array['KOIVU', 'PURO', 'KIELO', 'SAARI'])[1 + n % 4] || ' ' || (210 + n * 37),
      (array['e-services', 'communication', 'devices', 'health-services'])[1 + n % 4],
      (array['Haluan varata ajan itse.', 'Haluan soittaa videopuhelun siskolle.', 'Haluan tulostaa kuvia puhelimesta.', 'Haluan lukea omat viestini palvelusta.'])[1 + n % 4],
      current_date - n * 9, case when n % 2 = 0 then current_date - n end, case when n % 2 = 0 then n % 6 <> 0 end, w.ids[1 + n % 2]
    from (select id as organisation_id, slug from organisations where slug in ('polkutupa', 'hillajoki', 'kaislatuuli')) s ${WHO}
    cross join generate_series(1, 14) n where s.slug = 'polkutupa' or n <= 3`,
  `insert into support_follow_up_checks (id, organisation_id, follow_up_id, held_on, ability, can_now, barriers, made_by)
    select md5('check' || f.id || n)::uuid, f.organisation_id, f.id, f.began_on + n * 3, (array['not-yet', 'with-help', 'alone'])[n + (length(f.goal) % 2)],
      case when n = 2 then 'Löydän palvelun ja aloitan itse.' else '' end,
      case when n = 1 then array[(array['identification', 'courage', 'device'])[1 + length(f.goal) % 3]] else '{}' end, f.made_by
    from support_follow_ups f cross join generate_series(1, 2) n where f.began_on + n * 3 <= current_date`,
];

export async function addShifts(): Promise<void> {
  for (const statement of STATEMENTS) await db().raw(statement);
}
