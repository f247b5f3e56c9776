import { randomUUID } from 'node:crypto';
import { findPublication } from '../features/publications/publications.model';
import { createPublication, publish, tellLoop } from '../features/publications/publications.service';
import type { PublicationKind } from '../features/publications/texts';
import { db } from '../lib/db';

interface Told {
  keeper: string;
  kind: PublicationKind;
  space: string | null;
  title: string;
  summary: string;
  heading: string;
  body: string;
  swedish?: [title: string, summary: string, heading: string, body: string];
  state: 'published' | 'comments' | 'draft';
}

const PUBLICATIONS: readonly Told[] = [
  {
    ...{ keeper: 'polkutupa', kind: 'article', space: 'network', state: 'published' },
    ...{ title: 'Kolme vinkkiä sujuvaan asiointiin', summary: 'Digitukijat kertovat, mikä auttaa alkuun.' },
    heading: 'Näin pääset alkuun',
    body: 'Kokeile ensin rauhassa ilman kiirettä.\n\n* Päivitä laite.\n* Pidä tunnukset tallessa.\n* Kysy apua, kun jokin mietityttää.',
    swedish: [
      'Tre tips för smidig e-tjänst',
      'Digistödjare berättar vad som hjälper.',
      'Så kommer du i gång',
      'Prova först i lugn och ro.',
    ],
  },
  {
    ...{ keeper: 'polkutupa', kind: 'statement', space: 'network', state: 'comments' },
    ...{ title: 'Digituki kuuluu kaikille', summary: 'Verkosto pyytää kunnilta pysyvää digitukea lähelle ihmisiä.' },
    heading: 'Mitä pyydämme',
    body: 'Tukipisteen pitää olla auki viikoittain.\n\nKotiin vietävä tuki tarvitsee vakituiset tekijät.',
  },
  {
    ...{ keeper: 'polkutupa', kind: 'handbook', space: 'network', state: 'draft' },
    ...{ title: 'Verkoston käsikirja', summary: 'Näin verkosto toimii: roolit, kokoukset ja yhteiset pelisäännöt.' },
    heading: 'Miten tullaan mukaan',
    body: 'Jokainen osallistuu itselleen sopivalla tavalla.',
  },
  {
    ...{ keeper: 'hillajoki', kind: 'action-plan', space: 'municipal', state: 'draft' },
    ...{ title: 'Hillajoen digituen suunnitelma', summary: 'Mitä kunta ja järjestöt tekevät tänä vuonna.' },
    heading: 'Tavoitteet',
    body: 'Digitukea saa jokaisessa kirjastossa.',
  },
  {
    ...{ keeper: 'hillajoki', kind: 'story', space: 'municipal', state: 'published' },
    ...{ title: 'Opin lähettämään kuvan', summary: 'Tarina kirjaston digitukihetkestä.' },
    heading: 'Ensimmäinen kuva',
    body: 'En uskonut osaavani. Nyt lähetän kuvia joka viikko.',
  },
  {
    ...{ keeper: 'kaislatuuli', kind: 'article', space: 'own', state: 'published' },
    ...{ title: 'Digiryhmän talvi', summary: 'Mitä kokeilimme ja mitä opimme.' },
    heading: 'Kokeilut',
    body: 'Aloitimme lyhyistä hetkistä kahvipöydän ääressä.',
  },
  {
    ...{ keeper: 'kaislatuuli', kind: 'handbook', space: 'own', state: 'draft' },
    ...{ title: 'Digiryhmän ohjeet', summary: 'Näin autamme toisiamme.' },
    heading: 'Autamme rauhassa',
    body: 'Ihminen tekee itse, tukija istuu vieressä.',
  },
];

/** Publications of both networks, as their keepers' people made them. */
export async function addPublications(): Promise<void> {
  for (const told of PUBLICATIONS) {
    const { rows } = await db().raw(
      `select o.id as organisation_id, o.name as organisation_name, p.id, p.name from organisations o
       join memberships m on m.organisation_id = o.id join people p on p.id = m.person_id
       where o.slug = ? and m.ended_on is null order by p.username not in ('coordinator', 'expert'), 'author' = any (m.roles) desc, p.username limit 1`,
      [told.keeper],
    );
    if (rows[0]) await add(rows[0], told);
  }
  await db().raw(APPROVALS);
  await db().raw(COMMENTS);
  await db().raw(LETTERS);
}

async function add(actor: { id: string; name: string; organisation_id: string }, told: Told): Promise<void> {
  const { title, summary, heading, body, swedish, kind } = told;
  const space = told.space && (await db().raw("select md5('space ' || ?)::uuid as id", [told.space])).rows[0].id;
  const words = { title, summary, changed: 1, parts: { p1: { heading, body } } };
  const sv = swedish && {
    title: swedish[0],
    summary: swedish[1],
    changed: 1,
    follows: 1,
    parts: { p1: { heading: swedish[2], body: swedish[3] } },
  };
  const id = await createPublication(
    actor,
    {
      id: randomUUID(),
      kind,
      language: 'fi',
      title,
      summary,
      space_id: space,
      shown_to: told.keeper === 'kaislatuuli' ? 'organisation' : 'public',
      comments: 'open',
    },
    { parts: [{ id: 'p1', kind: 'introduction' }], words: { fi: words, ...(sv && { sv }) } },
  );
  const publication = await findPublication(id);
  if (!publication) return;
  if (told.state === 'published') await publish(actor as never, publication);
  if (told.state === 'comments') {
    await db()
      .table('publications')
      .where({ id })
      .update({ state: 'comments', visibility: 'public', review_on: '2027-03-31' });
    await tellLoop(id);
  }
}

const APPROVALS = `insert into publication_approvals (organisation_id, host_organisation_id, publication_id, number, person_id, shown_name)
  select m.organisation_id, p.organisation_id, p.id, 1, m.person_id, m.shown_name from publications p
  join lateral (select * from space_members m where m.space_id = p.space_id order by m.organisation_id = p.organisation_id desc, m.role, m.person_id limit 3) m on true
  where p.kind in ('handbook', 'action-plan')`;
const COMMENTS = `insert into publication_comments (id, organisation_id, host_organisation_id, publication_id, version_number, part_id, quote, body, shown_name, state, reply, changed, replied_at)
  select md5('comment ' || p.id)::uuid, p.organisation_id, p.organisation_id, p.id, 1, 'p1', '', 'Tämä on tärkeää. Lisätään myös ruotsinkielinen tuki.', 'Kirjaston asiakas', 'shown',
    'Hyvä huomio, otamme sen mukaan.', 'noted', now() from publications p where p.state in ('comments', 'published')`;
const LETTERS = `with letter as (insert into accessibility_reports (id, organisation_id, about, body, answer_by)
    select md5('report ' || o.id)::uuid, o.id, '/publications', 'Kuvan teksti puuttui, kun kuuntelin sivua.', current_date + 9
    from organisations o where o.slug in ('polkutupa', 'hillajoki', 'kaislatuuli') returning organisation_id)
  insert into newsletter_subscriptions (organisation_id, email, confirmed_at)
    select organisation_id, 'tilaaja@esimerkki.fi', now() from letter`;
