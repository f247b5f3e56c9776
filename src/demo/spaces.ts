import { db } from '../lib/db';

/** Spaces of the shared work: the network that reports know, its working groups, and a partnership of another keeper. */
const SPACES: readonly (readonly [
  keeper: string,
  key: string,
  parent: string | null,
  kind: string,
  name: string,
  purpose: string,
])[] = [
  [
    'polkutupa',
    'network',
    null,
    'network',
    'Digituen verkosto',
    'Jaamme, mitä digituessa opimme, ja teemme siitä oppitunteja.',
  ],
  [
    'polkutupa',
    'home',
    'network',
    'group',
    'Kotiin vietävän tuen ryhmä',
    'Keräämme esteitä ja hyviä käytäntöjä kotikäynneiltä.',
  ],
  [
    'hillajoki',
    'municipal',
    null,
    'partnership',
    'Kuntien kumppanuus',
    'Kunta ja järjestöt sopivat digituen työnjaosta.',
  ],
  ['kaislatuuli', 'own', null, 'group', 'Kaislatuulen digiryhmä', 'Oman väen kokeilut ja niiden opit.'],
];

export async function addSpaces(): Promise<void> {
  for (const [keeper, key, parent, kind, name, purpose] of SPACES)
    await db().raw(
      `insert into spaces (id, organisation_id, parent_id, kind, name, purpose, visibility, joining, network_id, owner_id, created_at)
       select md5('space ' || :key)::uuid, o.id, md5('space ' || :parent::text)::uuid, :kind, :name, :purpose, 'network', 'request',
         case when :key = 'network' then (select id from networks where organisation_id = o.id limit 1) end,
         (select m.person_id from memberships m join people p on p.id = m.person_id where m.organisation_id = o.id
          order by p.username <> 'coordinator', m.started_on, m.id limit 1), now() - interval '200 days'
       from organisations o where o.slug = :keeper`,
      { keeper, key, parent, kind, name, purpose } as never,
    );
  for (const statement of BELONGING) await db().raw(statement);
}

/** What is done, said and looked for in every space, by the organisation that keeps it and by one that belongs. */
const WORK = `(select s.id as space, s.organisation_id as host, o.organisation_id as ours, m.person_id, m.shown_name,
    o.organisation_id = s.organisation_id as is_host
  from spaces s join space_organisations o on o.space_id = s.id join lateral (select person_id, shown_name from space_members m
    where m.space_id = s.id and m.organisation_id = o.organisation_id order by person_id limit 1) m on true) w`;
const row = (name: string) => `md5('${name}' || w.space || w.ours)::uuid, w.space, w.ours, w.host`;

const BELONGING = [
  `insert into space_organisations (space_id, organisation_id, role)
      select s.id, o.id, case when o.id = s.organisation_id then 'owner' else 'member' end from spaces s, organisations o
      where o.id = s.organisation_id or (o.is_demo and o.slug <> 'kaislatuuli' and (s.kind <> 'group' or s.parent_id is not null))`,
  `insert into space_members (space_id, person_id, organisation_id, host_organisation_id, role, shown_name)
      select s.id, p.id, o.organisation_id, s.organisation_id,
        case when p.id = s.owner_id then 'coordinator' else 'member' end, p.name
      from spaces s join space_organisations o on o.space_id = s.id
      cross join lateral (select p.id, p.name from memberships m join people p on p.id = m.person_id
        where m.organisation_id = o.organisation_id and m.ended_on is null and m.relation <> 'client'
        order by p.id <> s.owner_id, p.username not in ('expert', 'professional'), m.started_on, m.id limit 3) p`,
  `insert into loop_objects (kind, id, organisation_id, space_id, visibility, title, href, dated_on)
      select 'space', id, organisation_id, id, visibility, name, '/spaces/' || id, created_at::date from spaces`,
  `insert into loop_links (organisation_id, from_kind, from_id, to_kind, to_id, how)
      select organisation_id, 'space', parent_id, 'space', id, 'came-of' from spaces where parent_id is not null`,
  `insert into space_tasks (id, space_id, organisation_id, host_organisation_id, kind, title, target, who, due_on, made_by)
    select ${row('task')}, case when w.is_host then 'aim' else 'task' end,
      case when w.is_host then 'Pankit antavat tunnukset myös ilman älypuhelinta' else 'Kootaan esteet kotikäynneiltä' end,
      case when w.is_host then 'Kolme pankkia kertoo, miten tunnukset saa ilman sovellusta.' else '' end, w.shown_name,
      (now() + interval '40 days')::date, w.person_id from ${WORK}`,
  `insert into space_topics (id, space_id, organisation_id, host_organisation_id, title, summary, made_by)
    select ${row('topic')}, 'Mikä tunnistautumisessa pysäyttää', 'Samaa mieltä: ohje tarvitaan helpolla suomella. Auki: kuka sen tekee.',
      w.person_id from ${WORK} where w.is_host`,
  `insert into space_messages (id, space_id, organisation_id, host_organisation_id, topic_id, person_id, shown_name, body)
    select ${row('said')}, md5('topic' || w.space || w.host)::uuid, w.person_id, w.shown_name,
      case when w.is_host then 'Meillä moni pysähtyy siihen, että sovellus kysyy PIN-koodia kahdesti.' else 'Sama täällä. Paperinen muistilappu auttoi.' end
      from ${WORK}`,
  `insert into space_interests (id, space_id, organisation_id, host_organisation_id, side, theme, body, made_by)
    select ${row('interest')}, case when w.is_host then 'looks' else 'offers' end, 'bank-and-identification',
      case when w.is_host then 'Kouluttajaa vertaisille tunnistautumisesta' else 'Kaksi vertaista, jotka kouluttavat mielellään' end,
      w.person_id from ${WORK}`,
  `insert into space_contacts (id, space_id, organisation_id, host_organisation_id, name, about, address, made_by)
    select ${row('contact')}, 'Alueen digitukihanke', 'Järjestää koulutuksia ja jakaa aineistoja. Yhteystiedot verkkosivuilla.',
      'https://example.org/hanke', w.person_id from ${WORK} where w.is_host`,
];
