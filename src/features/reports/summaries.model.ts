import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

/** How many month ends before each closed one growth is kept from, and how many closed ones have summaries. */
export const KEPT_MONTHS = 24;

/** The month ends to summarise: all from `first` to `last`. */
export interface Summing {
  organisationId: string;
  first: Day;
  last: Day;
}

/** Months as numbers: `f` to `t` in which something held, `t` not among them. */
const MEMBERS = `
  members as (
    select scope_id, person_id, target_profile, relation = 'client' as is_client, month_number(month_end) as f,
      coalesce(month_number(lead(month_end) over (partition by scope_id, person_id order by month_end)),
        month_number(:last::date) + 1) as t, is_member
    from month_members where organisation_id = :organisationId and month_end <= :last::date and SCOPE
  )`;
const members = (scope: 'organisation' | 'teams') =>
  MEMBERS.replace('SCOPE', scope === 'organisation' ? 'scope_id = :organisationId' : 'scope_id <> :organisationId');

const SKILLS = `
  skills as (
    select person_id, competence_code, level, verified, observed_at, month_number(month_end) as f,
      coalesce(month_number(lead(month_end) over (partition by person_id, competence_code order by month_end)),
        month_number(:last::date) + 1) as t
    from skill_month_ends where organisation_id = :organisationId and month_end <= :last::date
  )`;

/** Before a competence came to a profile there is a stretch without a target. */
const TARGETS = `
  targets as (
    select profile, competence_code, level as target, month_number(month_end) as f,
      coalesce(month_number(lead(month_end) over (partition by profile, competence_code order by month_end)),
        month_number(:last::date) + 1) as t
    from month_targets where organisation_id = :organisationId and month_end <= :last::date
    union all
    select profile, competence_code, null, 0, month_number(min(month_end))
    from month_targets where organisation_id = :organisationId and month_end <= :last::date group by 1, 2
  )`;

/** A rectangle of from-months and to-months by its corners: sums over them, twice running, give each cell of the rectangle. */
const CORNERS = (rectangle: string) => `cross join lateral (values
    (${rectangle}.ff, ${rectangle}.tf, 1), (${rectangle}.ft, ${rectangle}.tf, -1),
    (${rectangle}.ff, ${rectangle}.tt, -1), (${rectangle}.ft, ${rectangle}.tt, 1)) corner (f, t, sign)`;

/** Running sums over the grid of from-months and to-months; cells where from is not before to mean nothing. */
const running = (sums: readonly string[], by: string) => `
  down as (select ${by} f, t, ${sums.map((sum) => `sum(${sum}) over (partition by ${by} t order by f) as ${sum}`).join(', ')} from grid),
  summed as (select ${by} f, t, ${sums.map((sum) => `sum(${sum}) over (partition by ${by} f order by t) as ${sum}`).join(', ')} from down)`;

const GRID = (by: string) => `
  select ${by} f, t from generate_series(month_number(:first::date) - ${KEPT_MONTHS}, month_number(:last::date)) f
  cross join generate_series(month_number(:first::date), month_number(:last::date)) t`;

const GROWTH = ['n', 'change', 'squares', 'up', 'down'];
const SUMS = [...GROWTH, ...GROWTH.map((sum) => `verified_${sum}`)];

/**
 * Growth from each of the month ends before to each of the month ends, in one pass however many pairs there are: what is
 * known of a skill is the same for months on end, so the pairs of months between which it made one certain change are a
 * rectangle, and there are few of them.
 */
export async function insertGrowthSums({ organisationId, first, last }: Summing): Promise<void> {
  await db().raw(
    `with ${members('organisation')}, ${SKILLS},
     segments as (
       select s.person_id, competence_code, (round(level * 1e6))::bigint as level, verified,
         greatest(s.f, m.f) as f, least(s.t, m.t) as t
       from skills s join members m on m.person_id = s.person_id and m.is_member and m.f < s.t and s.f < m.t
       where level is not null
     ),
     rectangles as (
       select a.competence_code, b.level - a.level as d, a.verified and b.verified as v,
         greatest(a.f, month_number(:first::date) - ${KEPT_MONTHS}) as ff, a.t as ft,
         greatest(b.f, month_number(:first::date)) as tf, b.t as tt
       from segments b join segments a on a.person_id = b.person_id and a.competence_code = b.competence_code and a.f <= b.f
       where b.t > month_number(:first::date) and a.t > month_number(:first::date) - ${KEPT_MONTHS}
     ),
     corners as (
       select competence_code, corner.f, corner.t, sum(sign) as n, sum(sign * d) as change, sum(sign * d * d) as squares,
         sum(sign) filter (where d >= 500000) as up, sum(sign) filter (where d <= -500000) as down,
         sum(sign) filter (where v) as verified_n, sum(sign * d) filter (where v) as verified_change,
         sum(sign * d * d) filter (where v) as verified_squares,
         sum(sign) filter (where v and d >= 500000) as verified_up,
         sum(sign) filter (where v and d <= -500000) as verified_down
       from rectangles ${CORNERS('rectangles')}
       where corner.f <= month_number(:last::date) and corner.t <= month_number(:last::date)
       group by 1, 2, 3
     ),
     grid as (
       select competence_code, f, t, ${SUMS.map((sum) => `coalesce(${sum}, 0) as ${sum}`).join(', ')}
       from (${GRID('competence_code,')} cross join (select distinct competence_code from corners) codes) cells
       left join corners using (competence_code, f, t)
     ),
     ${running(SUMS, 'competence_code,')}
     insert into growth_sums (organisation_id, from_month, to_month, competence_code, ${SUMS.join(', ')})
     select :organisationId, numbered_month(f), numbered_month(t), competence_code, ${SUMS.join(', ')}
     from summed where f < t and f >= t - ${KEPT_MONTHS} and n > 0`,
    { organisationId, first, last },
  );
}

/** Who was there at both of two month ends, and of whom something was known at both. */
export async function insertGrowthPeople({ organisationId, first, last }: Summing): Promise<void> {
  await db().raw(
    `with ${members('organisation')}, ${SKILLS},
     known as (
       select person_id, unnest(range_agg(int4range(f, t))) as months from skills where level is not null group by 1
     ),
     segments as (
       select person_id, f, t, false as is_known from members where is_member
       union all
       select k.person_id, greatest(lower(months), m.f), least(upper(months), m.t), true
       from known k join members m on m.person_id = k.person_id and m.is_member and m.f < upper(months) and lower(months) < m.t
     ),
     rectangles as (
       select b.is_known, greatest(a.f, month_number(:first::date) - ${KEPT_MONTHS}) as ff, a.t as ft,
         greatest(b.f, month_number(:first::date)) as tf, b.t as tt
       from segments b join segments a on a.person_id = b.person_id and a.is_known = b.is_known and a.f <= b.f
       where b.t > month_number(:first::date) and a.t > month_number(:first::date) - ${KEPT_MONTHS}
     ),
     corners as (
       select corner.f, corner.t, sum(sign) filter (where not is_known) as stayed, sum(sign) filter (where is_known) as known
       from rectangles ${CORNERS('rectangles')}
       where corner.f <= month_number(:last::date) and corner.t <= month_number(:last::date)
       group by 1, 2
     ),
     grid as (
       select f, t, coalesce(stayed, 0) as stayed, coalesce(known, 0) as known
       from (${GRID('')}) cells left join corners using (f, t)
     ),
     ${running(['stayed', 'known'], '')}
     insert into growth_people (organisation_id, from_month, to_month, stayed, known)
     select :organisationId, numbered_month(f), numbered_month(t), stayed, known
     from summed where f < t and f >= t - ${KEPT_MONTHS} and stayed > 0`,
    { organisationId, first, last },
  );
}

/** A level and a target meet as whole numbers; two levels make a band. See coverage-report.ts. */
const WHOLE = 'floor(level + 0.5)';
const BAND = `least(4, greatest(1, ceil(${WHOLE} / 2)))::int`;
const byBand = (isReached: boolean) =>
  `array[${[1, 2, 3, 4]
    .map((band) => `coalesce(sum(n) filter (where band = ${band} and ${isReached ? '' : 'not '}is_reached), 0)`)
    .join(', ')}]::int[]`;

/** What is known at each of the month ends and how targets are reached, of the organisation or of each of its teams. */
export async function insertSkillFigures(
  { organisationId, first, last }: Summing,
  scope: 'organisation' | 'teams',
): Promise<void> {
  await db().raw(
    `with ${members(scope)}, ${SKILLS},
     ${TARGETS},
     segments as (
       select m.scope_id, s.competence_code, s.verified, month_number(month_end_of(s.observed_at)) + 12 as old_from,
         ${BAND} as band, ${WHOLE} >= target as is_reached,
         m.is_client and target is not null as is_client,
         greatest(s.f, m.f, g.f) as f, least(s.t, m.t, g.t) as t
       from skills s join members m on m.person_id = s.person_id and m.is_member and m.f < s.t and s.f < m.t
       left join targets g on g.profile = m.target_profile and g.competence_code = s.competence_code
         and g.f < least(s.t, m.t) and greatest(s.f, m.f) < g.t
       where level is not null and s.t > month_number(:first::date) and m.t > month_number(:first::date)
     ),
     groups as (
       select scope_id, competence_code, verified, old_from, band, is_reached, is_client, greatest(f, month_number(:first::date)) as f, t,
         count(*) as n
       from segments where f < t and t > month_number(:first::date) group by 1, 2, 3, 4, 5, 6, 7, 8, 9
     )
     insert into skill_figures (organisation_id, scope_id, month_end, competence_code, known, verified, fresh, on_the_way,
       reached, clients)
     select :organisationId, scope_id, numbered_month(month), competence_code, sum(n),
       coalesce(sum(n) filter (where verified), 0), coalesce(sum(n) filter (where month < old_from), 0),
       ${byBand(false)}, ${byBand(true)}, coalesce(sum(n) filter (where is_client), 0)
     from groups cross join lateral generate_series(f, t - 1) month group by scope_id, month, competence_code`,
    { organisationId, first, last },
  );
}

/** How many people there are at each of the month ends. */
export async function insertMonthFigures({ organisationId, first, last }: Summing): Promise<void> {
  await db().raw(
    `with ${members('organisation')},
     ${TARGETS},
     months as (select generate_series(month_number(:first::date), month_number(:last::date)) as month),
     groups as (
       select month, target_profile, is_client, count(*) as n
       from months join members on is_member and f <= month and month < t group by 1, 2, 3
     )
     insert into month_figures (organisation_id, month_end, people, with_profile, clients, profiles)
     select :organisationId, numbered_month(month), coalesce(sum(n), 0),
       coalesce(sum(n) filter (where exists (select from targets g where g.profile = target_profile and target is not null
         and g.f <= month and month < g.t)), 0),
       coalesce(sum(n) filter (where is_client), 0),
       coalesce(array_agg(distinct target_profile) filter (where target_profile is not null), '{}')
     from months left join groups using (month) group by month`,
    { organisationId, first, last },
  );
}

/** Agreed training at a month end as it stands now; kept once, as no later month can tell it. */
export async function insertTrainingFigures(organisationId: string, month: Day): Promise<void> {
  await db().raw(
    `with members as (
       select person_id, relation = 'client' as is_client from (
         select distinct on (person_id) person_id, relation, is_member from month_members
         where organisation_id = :organisationId and scope_id = :organisationId and month_end <= :month::date
         order by person_id desc, month_end desc) newest where is_member
     ),
     assigned as (
       select person_id, path_id from path_assignments
       where organisation_id = :organisationId and person_id is not null and assigned_at < month_closes(:month::date)
       union
       select t.person_id, a.path_id from path_assignments a
       join team_members t on t.organisation_id = a.organisation_id and t.team_id = a.team_id
       where a.organisation_id = :organisationId and a.assigned_at < month_closes(:month::date)
         and (t.left_on is null or t.left_on > :month::date)
     ),
     trained as (
       select a.person_id, bool_and(coalesce(e.completed_at < month_closes(:month::date), false)) as is_reached
       from (select distinct person_id, course_id from assigned join path_courses using (path_id)) a
       left join enrolments e on e.organisation_id = :organisationId and e.person_id = a.person_id
         and e.course_id = a.course_id
       group by 1
     )
     insert into training_figures (organisation_id, month_end, people, reached, clients)
     select :organisationId, :month, count(*), count(*) filter (where is_reached), count(*) filter (where is_client)
     from trained join members using (person_id) on conflict do nothing`,
    { organisationId, month },
  );
}

const REBUILT = ['growth_sums', 'growth_people', 'skill_figures', 'month_figures'] as const;

/** Takes away summaries of month ends before `keptFrom`, and of teams before the newest; all of them without it. */
export async function deleteSummaries(organisationId: string, keptFrom?: { oldest: Day; newest: Day }): Promise<void> {
  for (const table of REBUILT) {
    const month = table === 'growth_sums' || table === 'growth_people' ? 'to_month' : 'month_end';
    const old = db().table(table).where({ organisation_id: organisationId });
    await (keptFrom ? old.where(month, '<', keptFrom.oldest) : old).delete();
  }
  if (keptFrom)
    await db()
      .table('skill_figures')
      .where({ organisation_id: organisationId })
      .whereNot({ scope_id: organisationId })
      .where('month_end', '<', keptFrom.newest)
      .delete();
}
