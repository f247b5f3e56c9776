import { openDatabase, useDatabase } from '../lib/db';
import { openAsOwner } from '../lib/migrate';
import { type SituationScene, signIn } from './scene';

/**
 * Adds support to a loaded demo until there are so many contacts: over three years in all municipalities, most of them of the first
 * organisation, a request for each five; the month figures and supporters that the product would have kept of them; and a thousand
 * public places. Nothing is left to chance.
 */
export async function addContacts(ownerUrl: string, contacts: number): Promise<void> {
  const owner = openAsOwner(ownerUrl);
  try {
    const { rows } = await owner.raw("select count(*)::int as n from support_contacts where referred_to = 'bench'");
    if (rows[0].n >= contacts) return;
    const from = performance.now();
    await owner.raw(PLACES);
    await owner.raw(CONTACTS, { contacts });
    await owner.raw(REQUESTS, { contacts });
    for (const statement of FIGURES) await owner.raw(statement);
    // What was written is settled before anything is measured, as the database does by itself in time.
    await owner.raw('vacuum analyze');
    const [kept] = (await owner.raw('select count(*)::int as n from support_month_figures')).rows;
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    console.log(`Added ${contacts} contacts with ${kept.n} rows of month figures in ${seconds} s.`);
  } finally {
    await owner.destroy();
  }
}

/** Signs the administrator in, and finds what anybody may open. */
export async function setSituationScene(ownerUrl: string, secret: string): Promise<SituationScene> {
  const owner = openAsOwner(ownerUrl);
  const pool = openDatabase({ connectionString: ownerUrl, poolSize: 2 });
  const before = useDatabase(pool);
  const first = async (sql: string) => (await owner.raw(sql)).rows[0];
  try {
    const admin = await first(
      `select p.id, m.organisation_id from people p join memberships m on m.person_id = p.id where p.username = 'admin'`,
    );
    const [administrator = ''] = await signIn(owner, [admin], secret);
    const region = await first(
      `select parent_code as code, min(code) as municipality from areas where kind = 'municipality' group by 1 order by count(*) desc, 1 limit 1`,
    );
    const space = await first(
      `select o.space_id as id from space_organisations o where o.left_at is null and o.state = 'member' and exists (select from space_organisations x
         where x.space_id = o.space_id and x.organisation_id = '${admin.organisation_id}' and x.left_at is null and x.state = 'member')
       group by 1 order by count(*) desc, 1 limit 1`,
    );
    const publication = await first(
      `select id from loop_objects where kind = 'publication' and visibility = 'public' order by dated_on desc, id limit 1`,
    );
    const picture = await first("select id from situation_pictures where visibility = 'public' order by id limit 1");
    return {
      ...{ administrator, region: region.code, municipality: region.municipality, space: space.id },
      ...{ publication: `/publications/${publication.id}`, picture: `/situation/published/${picture.id}` },
    };
  } finally {
    if (before) useDatabase(before);
    await pool.destroy();
    await owner.destroy();
  }
}

const KEEPERS = `select id, row_number() over (order by created_at, slug <> 'polkutupa', slug)::int as n from organisations`;
const TOWNS = `select code, row_number() over (order by code)::int as n, count(*) over ()::int as total from areas where kind = 'municipality'`;
const THEMES = `(array['e-services', 'devices', 'getting-support', 'bank-and-identification', 'health-services', 'safety', 'communication',
  'information', 'other'])`;
const FORMS = `(array['near', 'near', 'near', 'remote', 'remote', 'home', 'home', 'training'])`;

const PLACES = `
  with keepers as (${KEEPERS}), towns as (${TOWNS})
  insert into support_places (id, organisation_id, name, address, area_code, phone, hours, languages, services, visibility, confirmed_on)
  select md5('bench place ' || p)::uuid, k.id, 'Digitupa ' || p, 'Esimerkkikatu ' || p, t.code, '040 000 0000',
    jsonb_build_object('exceptions', '[]'::jsonb, 'week', jsonb_build_array(
      jsonb_build_object('day', 1 + p % 5, 'from', '10:00', 'to', '14:00'), jsonb_build_object('day', 1 + (p + 2) % 5, 'from', '12:00', 'to', '16:00'))),
    array['fi'], array[${THEMES}[1 + p % 9], ${THEMES}[1 + (p + 3) % 9]], 'public', current_date - (p * 7 % 700)
  from generate_series(1, 1000) p join keepers k on k.n = 1 + p % 3 join towns t on t.n = 1 + (p * 37) % t.total on conflict do nothing`;

/** Seven of ten by the first organisation, everywhere; large towns more often, as a square of a row of numbers is spread. */
const SOURCE = `
  from (select i, (i * 7919 % 99991) / 99991.0 as x, (i * 104729 % 99989) / 99989.0 as y, (i * 1299709 % 99971) / 99971.0 as z
    from generate_series(1, :contacts::bigint) i) s
  join keepers k on k.n = case when s.i % 10 < 7 then 1 when s.i % 10 < 9 then 2 else 3 end
  join towns t on t.n = 1 + floor(power(s.x, 2) * t.total)::int`;

const CONTACTS = `
  with keepers as (${KEEPERS}), towns as (${TOWNS}),
    helpers as (select organisation_id, array_agg(person_id order by person_id) as people from memberships where relation <> 'client' group by 1)
  insert into support_contacts (id, organisation_id, supporter_id, area_code, held_on, minutes, form, theme, help_level, blocked, did_self,
    codes_never_handled, referred_to)
  select md5('bench ' || s.i)::uuid, k.id, h.people[1 + floor(s.y * cardinality(h.people))::int], t.code, current_date - floor(s.z * 1095)::int,
    10 + (s.i % 80)::int, ${FORMS}[1 + s.i % 8], ${THEMES}[1 + floor(power(s.y, 2) * 9)::int], (s.i % 4)::int,
    case when s.i % 6 = 0 then (array['identification', 'device', 'connection', 'language', 'courage', 'service-down', 'other'])[1 + (s.i / 6) % 7] end,
    s.i % 3 = 0, true, 'bench'
  ${SOURCE} join helpers h on h.organisation_id = k.id on conflict do nothing`;

const REQUESTS = `
  with keepers as (${KEEPERS}), towns as (${TOWNS})
  insert into support_requests (id, organisation_id, area_code, theme, form, state, unmet_reason, requested_on, ended_on)
  select md5('bench request ' || s.i)::uuid, k.id, t.code, ${THEMES}[1 + floor(power(s.y, 2) * 9)::int], ${FORMS}[1 + s.i % 8],
    case when s.i % 45 = 0 then 'unmet' when s.i % 25 = 0 then 'open' else 'met' end, case when s.i % 45 = 0 then 'no-supporter' end,
    current_date - floor(s.z * 1095)::int, case when s.i % 45 = 0 or s.i % 25 <> 0 then current_date - floor(s.z * 1095)::int end
  ${SOURCE} where s.i % 5 = 0 on conflict do nothing`;

const AT = "organisation_id, area_code, date_trunc('month', held_on)::date as month, theme, form";

const FIGURES = [
  'truncate support_month_figures, support_month_supporters',
  `insert into support_month_figures (organisation_id, area_code, month, theme, form, contacts, minutes, did_self, visits, blocked)
   select organisation_id, area_code, month, theme, form, sum(n), sum(minutes), sum(did_self), sum(visits),
     coalesce(jsonb_object_agg(blocked, n) filter (where blocked is not null), '{}')
   from (select ${AT}, blocked, count(*) as n, sum(minutes) as minutes, count(*) filter (where did_self) as did_self,
       count(*) filter (where form = 'home') as visits from support_contacts group by 1, 2, 3, 4, 5, 6) c group by 1, 2, 3, 4, 5`,
  `insert into support_month_figures as f (organisation_id, area_code, month, theme, form, requests_opened, requests_met, requests_unmet)
   select organisation_id, area_code, date_trunc('month', requested_on)::date, theme, form, count(*), count(*) filter (where state = 'met'),
     count(*) filter (where state = 'unmet') from support_requests group by 1, 2, 3, 4, 5
   on conflict (organisation_id, month, area_code, theme, form) do update set requests_opened = excluded.requests_opened,
     requests_met = excluded.requests_met, requests_unmet = excluded.requests_unmet`,
  `insert into support_month_supporters (organisation_id, month, area_code, supporter_id, contacts)
   select organisation_id, date_trunc('month', held_on)::date, area_code, supporter_id, count(*) from support_contacts
   where supporter_id is not null group by 1, 2, 3, 4`,
];
