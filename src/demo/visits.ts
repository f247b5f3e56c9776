import { db } from '../lib/db';

/**
 * A year of support in the demo's networks: contacts of nobody in particular, requests with all their ends, visits, and the
 * month figures that follow from them. The same in every run.
 */
const KEEPERS = `(select o.id, o.slug, case o.slug when 'hillajoki' then '049' when 'kaislatuuli' then '092' else '091' end as area,
    case o.slug when 'polkutupa' then 240 when 'hillajoki' then 90 else 40 end as many
  from organisations o where o.slug in ('polkutupa', 'hillajoki', 'kaislatuuli')) k`;
const SUPPORTERS = `cross join lateral (select array_agg(p.id order by p.username not in ('expert', 'professional', 'learner'), m.started_on, m.id) as ids
  from (select * from memberships m where m.organisation_id = k.id and m.ended_on is null and m.relation <> 'client' order by m.started_on, m.id) m
  join people p on p.id = m.person_id) s`;
const pick = (of: string, n: string) => `(array[${of}])[1 + ${n} % cardinality(array[${of}])]`;
const THEMES = `'e-services', 'devices', 'bank-and-identification', 'health-services', 'devices', 'safety', 'bank-and-identification', 'communication'`;
const FORMS = `'near', 'home', 'near', 'remote', 'home', 'near', 'training'`;

const CONTACTS = `
  insert into support_contacts (id, organisation_id, supporter_id, area_code, held_on, minutes, form, theme, help_level, blocked, did_self, codes_never_handled, note)
  select md5('contact' || k.slug || n)::uuid, k.id, s.ids[1 + (n * 7) % least(cardinality(s.ids), 6)], k.area, current_date - (n * 361 / k.many),
    ${pick('10, 20, 30, 45, 60', '(n * 3)')}, ${pick(FORMS, 'n')}, ${pick(THEMES, '(n * 5)')}, (n * 7) % 4,
    case when n % 3 = 0 then 'identification' when n % 11 = 0 then 'device' when n % 7 = 0 then 'courage' when n % 13 = 0 then 'connection' end,
    n % 5 > 1, true, case when n % 40 = 0 then 'Iso näyttö auttoi lukemaan vahvistusviestin.' else '' end
  from ${KEEPERS} ${SUPPORTERS} cross join lateral generate_series(1, k.many) n`;

const REQUESTS = `
  insert into support_requests (id, organisation_id, area_code, theme, form, language, body, suits, state, unmet_reason, supporter_id, offered_at, accepted_at,
    requested_on, ended_on, receipt_hash)
  select md5('request' || k.slug || n)::uuid, k.id, k.area, ${pick(THEMES, '(n * 3)')}, ${pick("'home', 'near', 'home', 'remote'", 'n')}, ${pick("'fi', 'easy', 'sv', 'fi'", 'n')},
    case when n <= 8 then ${pick("'Puhelin vaihtui, enkä pääse pankkiin.', 'Haluaisin oppia varaamaan ajan itse.', 'Tabletti ei löydä verkkoa.'", 'n')} else '' end,
    case when n <= 8 then 'arkisin aamupäivällä' else '' end, st.state, case when st.state = 'unmet' then ${pick("'no-supporter', 'too-far', 'no-time'", 'n')} end,
    case when st.state in ('matched', 'met') or n = 4 then s.ids[1 + n % 2] end, case when st.state <> 'open' or n = 4 then now() - make_interval(days => n) end,
    case when st.state in ('matched', 'met') then now() - make_interval(days => n) end,
    current_date - n * 4, case when st.state in ('met', 'unmet') then current_date - n * 4 + 3 end, md5('no code ' || k.slug || n)
  from ${KEEPERS} ${SUPPORTERS} cross join generate_series(1, 60) n
  cross join lateral (select case when n in (1, 2, 4, 7) then 'open' when n <= 8 then 'matched' when n % 4 = 0 then 'unmet' else 'met' end as state) st
  where n <= k.many / 4`;

const AROUND = [
  `insert into support_request_contacts (request_id, organisation_id, name, reach, address)
    select id, organisation_id, 'Aila', 'aila@example.org', 'Mallikatu 1' from support_requests where ended_on is null`,
  `insert into support_visits (id, organisation_id, request_id, supporter_id, starts_at, minutes, state, consent_at, checked, follow_up, follow_up_on, followed_at)
    select md5('visit' || r.id)::uuid, r.organisation_id, r.id, r.supporter_id,
      ((case when r.state = 'matched' then current_date + 2 + row_number() over (partition by r.supporter_id, r.state order by r.id)::int else r.ended_on end) + time '13:00') at time zone 'Europe/Helsinki',
      60, case when r.state = 'matched' then 'agreed' else 'done' end, case when r.state = 'met' then r.ended_on::timestamptz end,
      case when r.state = 'met' then array['consent', 'told-office', 'phone', 'two-or-known', 'no-codes', 'leave'] else '{}' end,
      case when r.state = 'met' then 'none' end, null, case when r.state = 'met' then r.ended_on::timestamptz end
    from support_requests r where r.form = 'home' and r.state in ('matched', 'met') and r.supporter_id is not null`,
  `insert into support_month_figures (organisation_id, area_code, month, theme, form, contacts, minutes, did_self, blocked, requests_opened, requests_met, requests_unmet, visits)
    select organisation_id, area_code, month, theme, form, sum(contacts), sum(minutes), sum(did_self),
      coalesce((select jsonb_object_agg(b.blocked, b.n) from (select c.blocked, count(*) as n from support_contacts c where c.blocked is not null
        and (c.organisation_id, c.area_code, date_trunc('month', c.held_on)::date, c.theme, c.form) = (a.organisation_id, a.area_code, a.month, a.theme, a.form) group by 1) b), '{}'),
      sum(opened), sum(met), sum(unmet), sum(visits)
    from (
      select organisation_id, area_code, date_trunc('month', held_on)::date as month, theme, form, 1 as contacts, minutes, did_self::int, 0 as opened, 0 as met, 0 as unmet, 0 as visits from support_contacts
      union all select organisation_id, area_code, date_trunc('month', requested_on)::date, theme, form, 0, 0, 0, 1, 0, 0, 0 from support_requests
      union all select organisation_id, area_code, date_trunc('month', ended_on)::date, theme, form, 0, 0, 0, 0, (state = 'met')::int, (state = 'unmet')::int, 0 from support_requests where state in ('met', 'unmet')
      union all select v.organisation_id, r.area_code, date_trunc('month', v.starts_at at time zone 'Europe/Helsinki')::date, r.theme, r.form, 0, 0, 0, 0, 0, 0, 1
        from support_visits v join support_requests r on r.id = v.request_id where v.state = 'done'
    ) a group by 1, 2, 3, 4, 5`,
  `insert into support_month_supporters (organisation_id, month, area_code, supporter_id, contacts)
    select organisation_id, date_trunc('month', held_on), area_code, supporter_id, count(*) from support_contacts where supporter_id is not null group by 1, 2, 3, 4`,
  `insert into loop_objects (kind, id, organisation_id, visibility, title, href, language, status, theme, area, dated_on, ended_on)
    select 'request', id, organisation_id, 'organisation', case form when 'home' then 'Kotikäynti' when 'remote' then 'Etänä tai puhelimessa' else 'Paikan päällä' end,
      '/visits/requests/' || id, 'fi', state, theme, area_code, requested_on, ended_on from support_requests`,
  `insert into loop_objects (kind, id, organisation_id, visibility, title, href, language, status, theme, area, dated_on)
    select 'visit', v.id, v.organisation_id, 'organisation', 'Kotikäynti', '/visits/' || v.id, 'fi', v.state, r.theme, r.area_code, v.starts_at::date
    from support_visits v join support_requests r on r.id = v.request_id`,
  `insert into loop_links (organisation_id, from_kind, from_id, to_kind, to_id, how)
    select organisation_id, 'request', request_id, 'visit', id, 'answers' from support_visits`,
];

export async function addVisits(): Promise<void> {
  await db().raw(CONTACTS);
  await db().raw(REQUESTS);
  for (const statement of AROUND) await db().raw(statement);
}
