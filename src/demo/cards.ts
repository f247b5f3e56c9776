import { db } from '../lib/db';

type Told = readonly [
  keeper: string,
  kind: string,
  status: string,
  theme: string,
  daysAgo: number,
  title: string,
  body: object,
  learned?: string,
];

/** What the demo's organisations tell each other; the first in each list is a challenge that a lesson answers. */
const CARDS: readonly Told[] = [
  [
    'polkutupa',
    'challenge',
    'closed',
    'safety',
    90,
    'Huijausviestit pelottavat',
    { what: 'Moni ei uskalla avata yhtään viestiä, koska pelkää huijausta.', stops: 'Linkin painaminen.' },
    'Kun huijauksen merkit harjoitellaan yhdessä, pelko pienenee.',
  ],
  [
    'polkutupa',
    'challenge',
    'tried',
    'bank-and-identification',
    40,
    'Tunnistautuminen vanhalla puhelimella',
    { what: 'Pankin sovellus ei toimi vanhassa puhelimessa.', wish: 'Ohje, miten tunnukset saa ilman sovellusta.' },
  ],
  [
    'hillajoki',
    'challenge',
    'new',
    'e-services',
    4,
    'Ajanvaraus katoaa kesken',
    { what: 'Lomake tyhjenee, jos sitä täyttää hitaasti.' },
  ],
  [
    'kaislatuuli',
    'challenge',
    'seen',
    'devices',
    9,
    'Lainalaitteita on liian vähän',
    { what: 'Kotona ei ole laitetta, jolla harjoitella.' },
  ],
  [
    'polkutupa',
    'need',
    'open',
    'health-services',
    20,
    'Ohje OmaKantaan helpolla suomella',
    { what: 'Omat reseptit pitäisi löytää itse.' },
  ],
  [
    'hillajoki',
    'need',
    'open',
    'e-services',
    15,
    'Apua Kelan lomakkeisiin',
    { what: 'Lomakkeen sanat ovat vaikeita.' },
  ],
  [
    'polkutupa',
    'practice',
    'shared',
    'communication',
    60,
    'Videopuhelu harjoitellaan ensin samassa huoneessa',
    {
      problem: 'Ensimmäinen videovastaanotto jännittää.',
      done: 'Soitettiin ensin toisille samassa huoneessa.',
      helped: 'Sovittiin, että puhelun saa aina katkaista.',
    },
  ],
  [
    'kaislatuuli',
    'practice',
    'shared',
    'devices',
    30,
    'Laite lainaan ja tukihenkilön numero mukaan',
    { problem: 'Laite jäi käyttämättä.', done: 'Mukaan annettiin tukihenkilön numero.' },
  ],
  [
    'polkutupa',
    'idea',
    'concept',
    'getting-support',
    50,
    'Digituki kirjastoauton mukaan',
    { what: 'Vertainen kulkee mukana kerran viikossa.' },
  ],
  [
    'hillajoki',
    'idea',
    'application',
    'getting-support',
    35,
    'Yhteinen tukinumero maakuntaan',
    { what: 'Yksi numero, josta ohjataan lähimpään paikkaan.' },
  ],
  [
    'polkutupa',
    'experiment',
    'running',
    'bank-and-identification',
    25,
    'Muistilappu pankin oikeasta numerosta',
    {
      hypothesis: 'Lappu puhelimen kotelossa vähentää soittoja väärään numeroon.',
      measure: 'Montako soittoa viikossa.',
    },
  ],
  [
    'hillajoki',
    'operating-model',
    'shared',
    'getting-support',
    70,
    'Digituki terveysaseman aulassa',
    {
      need: 'Aika varataan netissä, mutta kaikki eivät osaa.',
      model: 'Vertainen päivystää aulassa kaksi tuntia viikossa.',
      try: 'Aloittakaa yhdestä aamupäivästä.',
    },
  ],
  [
    'kaislatuuli',
    'impact',
    'shared',
    'getting-support',
    55,
    'Kotikäynnit vähensivät yksin jäämistä',
    { claim: 'Käynnin jälkeen moni hoiti asiansa itse.', source: 'Käyntien kirjaukset keväältä.' },
  ],
  [
    'polkutupa',
    'finding',
    'open',
    'information',
    45,
    'Verkkosivun painike ei löydy ruudunlukijalla',
    { what: 'Varaa aika -painikkeella ei ole nimeä.', from: 'Kokeiltiin kolmella ruudunlukijalla.' },
  ],
];

export async function addCards(): Promise<void> {
  for (const [keeper, kind, status, theme, daysAgo, title, body, learned] of CARDS)
    await db().raw(
      `insert into cards (id, organisation_id, space_id, visibility, kind, status, theme, title, body, learned, population_group, happens_on,
         owner_id, made_by, created_at, answered_at, closed_at)
       select md5('card ' || :title)::uuid, o.id, case when not is_own then (select id from spaces where kind = 'network' order by name limit 1) end,
         case when is_own then 'organisation' else 'network' end, :kind, :status,
         :theme, :title, :body::jsonb, :learned, case when :kind in ('need', 'finding') then 'older' end,
         case when :kind in ('idea', 'experiment') then (now() + interval '30 days')::date end, p.id, p.id,
         now() - make_interval(days => :daysAgo), case when :status <> 'new' then now() - make_interval(days => :daysAgo - 3) end,
         case when :learned <> '' then now() - make_interval(days => :daysAgo / 2) end
       from organisations o join lateral (select p.id from memberships m join people p on p.id = m.person_id where m.organisation_id = o.id
         and m.relation <> 'client' order by p.username <> 'expert', m.started_on, m.id limit 1) p on true cross join lateral (select o.slug = 'kaislatuuli' as is_own) own
       where o.slug = :keeper`,
      { keeper, kind, status, theme, daysAgo, title, body: JSON.stringify(body), learned: learned ?? '' } as never,
    );
  for (const statement of REST) await db().raw(statement);
}

const REST = [
  `insert into card_steps (id, card_id, organisation_id, status, note, made_by, made_at)
    select md5('step' || id)::uuid, id, organisation_id, status, learned, made_by, coalesce(closed_at, answered_at, created_at) from cards
    where status not in ('new', 'shared', 'open') or kind in ('practice', 'operating-model')`,
  `insert into card_responses (id, card_id, organisation_id, host_organisation_id, person_id, shown_name, body)
    select md5('answer' || c.id)::uuid, c.id, c.organisation_id, c.organisation_id, p.id, p.name, 'Kiitos. Kokeilemme tätä meilläkin.'
    from cards c join people p on p.id = c.made_by where c.kind in ('challenge', 'practice', 'operating-model')`,
  `insert into card_uses (card_id, organisation_id, host_organisation_id)
    select c.id, o.organisation_id, c.organisation_id from cards c join space_organisations o on o.space_id = c.space_id
    where c.kind in ('practice', 'operating-model')`,
  `insert into loop_objects (kind, id, organisation_id, space_id, visibility, title, href, status, theme, dated_on, ended_on)
    select kind, id, organisation_id, space_id, visibility, title, '/cards/' || id, status, theme, created_at::date, closed_at::date from cards`,
  `insert into loop_beginnings (organisation_id, from_kind, from_id, draft_id)
    select c.organisation_id, c.kind, c.id, (select d.id from lesson_drafts d where d.organisation_id = c.organisation_id order by d.created_at, d.id limit 1)
    from cards c where c.kind = 'challenge' and exists (select from lesson_drafts d where d.organisation_id = c.organisation_id)`,
  `insert into loop_objects (kind, id, organisation_id, visibility, title, href, dated_on)
    select 'lesson', l.id, l.organisation_id, 'organisation', t.title, '/learn/' || c.slug || '/' || l.slug, (now() - interval '30 days')::date
    from lessons l join courses c on c.id = l.course_id join lesson_texts t on t.lesson_id = l.id and t.language = 'fi'
    where c.slug = 'recognise-scam-messages' and l.published_at is not null order by l.position limit 1 on conflict do nothing`,
  `insert into loop_links (organisation_id, from_kind, from_id, to_kind, to_id, how)
    select c.organisation_id, c.kind, c.id, 'lesson', o.id, 'answers' from cards c join loop_objects o on o.kind = 'lesson'
      and o.organisation_id = c.organisation_id where c.title = 'Huijausviestit pelottavat' order by o.title limit 1`,
];
