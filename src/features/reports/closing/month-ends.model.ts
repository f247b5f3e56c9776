import type { Day } from '../../../lib/calendar';
import { db } from '../../../lib/db';
import { profileOn } from '../../skills/own-profiles.model';

/** Month ends of an organisation to be closed at once: all from `first` to `last`. What was closed before stays as it is. */
export interface Closing {
  organisationId: string;
  first: Day;
  last: Day;
}

const SUMS = ['self', 'other'].flatMap((whose) => [`${whose}_weight`, `${whose}_levels`, `${whose}_squares`]);
SUMS.push('either_weight', 'either_levels');
const STATE = ['observed_at', 'level', ...SUMS];

/**
 * SQL: the level at a closed month of a row of skill_month_ends, by the alias of its table. Only where own views are capped
 * beside those of others does it move without new evidence, as the others weigh less and less; elsewhere it is what the row says.
 */
export const levelAt = (row: string, month: string) =>
  `case when ${row}.self_weight > 1 and ${row}.other_weight > 0
     then skill_level(${row}.self_weight, ${row}.self_levels, ${row}.other_weight, ${row}.other_levels, ${row}.observed_at,
       month_closes(${month})) else ${row}.level end`;

/**
 * SQL: the same by evidence alone that could have shown less as well as more (`eitherLevelAt`); null where there is none, and in
 * months that were closed before such evidence was told apart.
 */
export const eitherLevelAt = (row: string, month: string) =>
  `case when ${row}.self_weight > 1 and ${row}.either_weight > 0
     then skill_level(${row}.self_weight, ${row}.self_levels, ${row}.either_weight, ${row}.either_levels, ${row}.observed_at,
       month_closes(${month}))
     else round(least(8, (${row}.self_levels + ${row}.either_levels) / nullif(${row}.self_weight + ${row}.either_weight, 0)) * 1e6) / 1e6 end`;

/**
 * The newest point of each skill at each of the month ends, kept where it differs from the month before: a point counts from
 * the end of its month on, until another comes. Points that came late, or went, show at the first of the month ends.
 */
export async function insertSkillMonthEnds({ organisationId, first, last }: Closing): Promise<void> {
  await db().raw(
    `with frozen as (
       select distinct on (person_id, competence_code) person_id, competence_code, month_end, verified, ${STATE.join(', ')}
       from skill_month_ends where organisation_id = :organisationId
       order by person_id desc, competence_code desc, month_end desc
     ),
     spans as (
       select person_id, competence_code, verified, observed_at, ${SUMS.join(', ')},
         greatest(month_end_of(observed_at), :first::date) as month_end,
         month_end_of(lead(observed_at) over skill) as next_month
       from skill_points where organisation_id = :organisationId and observed_at < month_closes(:last::date)
       window skill as (partition by person_id, competence_code order by observed_at)
     ),
     states as (
       select person_id, competence_code, month_end, verified, observed_at,
         case when self_weight > 1 and other_weight > 0
           then skill_level(self_weight, self_levels, other_weight, other_levels, observed_at, month_closes(month_end))
           else round(least(8, (self_levels + other_levels) / nullif(self_weight + other_weight, 0)) * 1e6) / 1e6
         end as level, ${SUMS.join(', ')}
       from spans where next_month is null or next_month > month_end
       union all
       select person_id, competence_code, :first::date, false, observed_at, null, ${SUMS.map(() => 0).join(', ')} from frozen f
       where level is not null and not exists (
         select from skill_points p where p.organisation_id = :organisationId and p.person_id = f.person_id
           and p.competence_code = f.competence_code and p.observed_at < month_closes(:first::date))
       union all
       select person_id, competence_code, month_end, verified, ${STATE.join(', ')} from frozen
     ),
     compared as (
       select *, lag(month_end) over months is null as is_new,
         ${['observed_at', ...SUMS].map((column) => `${column} is distinct from lag(${column}) over months`).join(' or ')} as is_changed
       from states window months as (partition by person_id, competence_code order by month_end)
     )
     insert into skill_month_ends (organisation_id, person_id, competence_code, month_end, verified, ${STATE.join(', ')})
     select :organisationId, person_id, competence_code, month_end, verified, ${STATE.join(', ')} from compared
     where (is_new or is_changed) and month_end >= :first::date`,
    { organisationId, first, last },
  );
}

/**
 * Who was in the teams and in the organisation at each of the month ends, kept where it differs from the month before. A day
 * in the past does not reach into months that are closed; who is gone without a trace has left at the first month.
 */
export async function insertMonthMembers({ organisationId, first, last }: Closing): Promise<void> {
  await db().raw(
    `with frozen as (
       select distinct on (scope_id, person_id) scope_id, person_id, month_end, is_member, target_profile, relation
       from month_members where organisation_id = :organisationId order by scope_id desc, person_id desc, month_end desc
     ),
     members as (
       select organisation_id as scope_id, person_id, relation, started_on as since, ended_on as until
       from memberships where organisation_id = :organisationId
       union all
       select tm.team_id, tm.person_id, ms.relation, tm.joined_on, least(tm.left_on, ms.ended_on)
       from team_members tm
       join memberships ms on ms.organisation_id = tm.organisation_id and ms.person_id = tm.person_id
       where tm.organisation_id = :organisationId
     ),
     spans as (
       select scope_id, person_id, relation, until, month_end_of(since) as since_month, month_end_of(until) as until_month,
         greatest(month_end_of(since), :first::date) as from_month
       from members
     ),
     moments as (
       select scope_id, person_id, from_month as month_end, coalesce(until > from_month, true) as is_member, relation
       from spans
       union all
       select scope_id, person_id, until_month, false, relation from spans where until_month > from_month
       union all
       select scope_id, person_id, :first::date, false, relation from spans where since_month > :first::date
       union all
       select scope_id, person_id, :first::date, false, relation from frozen
       where (scope_id, person_id) not in (select scope_id, person_id from spans)
       union
       select s.scope_id, s.person_id, month_end_of(d.from_day), true, s.relation from spans s
       join profile_days d on d.organisation_id = :organisationId and d.person_id = s.person_id
       where month_end_of(d.from_day) > s.from_month and (s.until_month is null or month_end_of(d.from_day) < s.until_month)
     ),
     states as (
       select scope_id, person_id, month_end, is_member,
         ${profileOn(':organisationId::uuid', 'moments.person_id', 'moments.month_end')} as target_profile, relation
       from moments
       union all
       select scope_id, person_id, month_end, is_member, target_profile, relation from frozen
     ),
     compared as (
       select *, lag(is_member) over months as was_member, target_profile is distinct from lag(target_profile) over months
         or relation is distinct from lag(relation) over months as is_other
       from states where month_end <= :last::date
       window months as (partition by scope_id, person_id order by month_end)
     )
     insert into month_members (organisation_id, scope_id, person_id, month_end, is_member, target_profile, relation)
     select :organisationId, scope_id, person_id, month_end, is_member, target_profile, relation from compared
     where month_end >= :first::date
       and (is_member and (was_member is distinct from true or is_other) or not is_member and was_member)`,
    { organisationId, first, last },
  );
}

export interface Target {
  profile: string;
  competence_code: string;
  level: number;
}

/** The months of a closing from which on the organisation's own targets are others than in the month before. */
export async function selectTargetMonths({ organisationId, first, last }: Closing): Promise<Day[]> {
  const { rows } = await db().raw<{ rows: { month: Day }[] }>(
    `select to_char(month, 'YYYY-MM-DD') as month from (
       select ?::date as month union select month_end_of(from_day) from target_profile_versions where organisation_id = ?
     ) months where month between ? and ? order by month`,
    [first, organisationId, first, last],
  );
  return rows.map(({ month }) => month);
}

/** The targets of one month end, kept where they differ from what was kept before. Months come in order. */
export async function insertMonthTargets(
  organisationId: string,
  month: Day,
  targets: readonly Target[],
): Promise<void> {
  await db().raw(
    `with frozen as (
       select distinct on (profile, competence_code) profile, competence_code, level from month_targets
       where organisation_id = :organisationId order by profile desc, competence_code desc, month_end desc
     ),
     targets as (
       select * from unnest(:profiles::text[], :codes::text[], :levels::int[]) as t (profile, competence_code, level)
     )
     insert into month_targets (organisation_id, profile, competence_code, month_end, level)
     select :organisationId, profile, competence_code, :month, t.level
     from targets t full join frozen f using (profile, competence_code) where t.level is distinct from f.level`,
    {
      organisationId,
      month,
      profiles: targets.map(({ profile }) => profile),
      codes: targets.map(({ competence_code }) => competence_code),
      levels: targets.map(({ level }) => level),
    },
  );
}

/** The targets as they stood at the end of a closed month. */
export async function selectMonthTargets(organisationId: string, month: Day): Promise<Target[]> {
  const { rows } = await db().raw<{ rows: Target[] }>(
    `select * from (
       select distinct on (profile, competence_code) profile, competence_code, level from month_targets
       where organisation_id = ? and month_end <= ? order by profile desc, competence_code desc, month_end desc
     ) newest where level is not null`,
    [organisationId, month],
  );
  return rows;
}
