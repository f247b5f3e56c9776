import { db } from '../lib/db';

/** Events of both large organisations: a network meeting with a talk and material, a dialogue, and one that has been. */
const EVENTS = `
  insert into events (id, organisation_id, space_id, visibility, kind, title, about, theme, starts_at, ends_at, place_text, has_remote, capacity, method, notes, owner_id)
  select md5(o.slug || e.key)::uuid, o.id, null, case o.slug when 'kaislatuuli' then 'organisation' else e.visibility end, e.kind, e.title, e.about, 'getting-support', at.day, at.day + interval '2 hours',
    e.place, e.key = 'meeting', e.capacity, e.method, e.notes,
    (select m.person_id from memberships m join people p on p.id = m.person_id where m.organisation_id = o.id and m.ended_on is null
      order by p.username <> 'coordinator', m.started_on, m.id limit 1)
  from organisations o cross join (values
    ('before', 'public', 'public-event', 'Digituen avoin iltapäivä', 'Kahvia ja apua laitteisiin.', 'Kirjaston sali', 40, '', 'Paikalla oli paljon väkeä. Tunnistautuminen mietitytti eniten.', -20),
    ('meeting', 'public', 'meeting', 'Verkoston syystapaaminen', 'Kerromme, miten kotiin vietävä tuki on lähtenyt käyntiin.', 'Toimintatalo', 25, 'meeting', '', 9),
    ('dialogue', 'organisation', 'dialogue', 'Dialogi: mikä auttaa kysymään apua\\?', 'Kuuntelemme toistemme kokemuksia.', 'Ryhmähuone 2', 12, 'timeout-dialogue', '', 16)
  ) e (key, visibility, kind, title, about, place, capacity, method, notes, days)
  cross join lateral (select (current_date + e.days + time '13:00') at time zone 'Europe/Helsinki' as day) at
  where o.slug in ('polkutupa', 'hillajoki', 'kaislatuuli')`;

const AROUND = [
  `insert into event_parts (id, organisation_id, event_id, kind, outcome, title, speaker, link, clock)
   select md5(e.id || p.title)::uuid, e.organisation_id, e.id, p.kind, p.outcome, p.title, p.speaker, p.link, p.clock from events e join (values
     ('Verkoston syystapaaminen', 'agenda', null, 'Tervetuloa ja kuulumiset', '', '', '13.00'),
     ('Verkoston syystapaaminen', 'talk', null, 'Mitä kotikäynnit opettivat', 'Marja Lehto', '', '13.15'),
     ('Verkoston syystapaaminen', 'material', null, 'Edellisen tapaamisen aineistot', '', 'https://innokyla.fi/', ''),
     ('Digituen avoin iltapäivä', 'outcome', 'finding', 'Monella jäi tunnistautuminen kesken', '', '', '')
   ) p (event, kind, outcome, title, speaker, link, clock) on p.event = e.title`,
  `insert into event_links (event_id, organisation_id, remote_link) select id, organisation_id, 'https://meet.example.org/syystapaaminen' from events where has_remote`,
  `insert into event_signups (organisation_id, host_organisation_id, event_id, person_id, name, attended)
   select e.organisation_id, e.organisation_id, e.id, p.id, p.name, case when e.starts_at < now() then true end from events e
   cross join lateral (select p.id, p.name from memberships m join people p on p.id = m.person_id where m.organisation_id = e.organisation_id
     and m.ended_on is null order by p.username not in ('learner', 'expert'), m.started_on, m.id limit 4) p`,
  `insert into event_answers (organisation_id, event_id, useful, easy, heard)
   select e.organisation_id, e.id, 3 + n % 2, 4 - n % 2, 3 from events e cross join generate_series(1, 6) n where e.title = 'Digituen avoin iltapäivä'`,
  `insert into event_experts (id, organisation_id, event_id, name, part, fee_cents, agreement, state)
   select md5(e.id || 'expert')::uuid, e.organisation_id, e.id, 'Marja Lehto', 'Kertoo, mikä auttoi itseä', 12000, 'Palkkio sovittu, lisäksi matkat', 'agreed'
   from events e where e.title = 'Verkoston syystapaaminen'`,
  `insert into event_feeds (organisation_id, person_id) select distinct organisation_id, owner_id from events where owner_id is not null`,
  `insert into loop_objects (kind, id, organisation_id, visibility, title, href, theme, dated_on)
   select 'event', id, organisation_id, visibility, title, '/events/' || id, theme, starts_at::date from events`,
  `insert into loop_objects (kind, id, organisation_id, visibility, title, href)
   select 'finding', p.id, p.organisation_id, e.visibility, p.title, '/events/' || e.id || '#p-' || p.id from event_parts p
   join events e on e.id = p.event_id where p.outcome = 'finding'`,
  `insert into loop_links (organisation_id, from_kind, from_id, to_kind, to_id, how)
   select organisation_id, 'event', event_id, 'finding', id, 'came-of' from event_parts where outcome = 'finding'`,
];

export async function addEvents(): Promise<void> {
  await db().raw(EVENTS);
  for (const statement of AROUND) await db().raw(statement);
}
