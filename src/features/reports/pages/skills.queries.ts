import type { Day } from '../../../lib/calendar';
import { db } from '../../../lib/db';
import type { Source } from '../../skills/estimate';
import { eitherLevelAt, levelAt } from '../closing/month-ends.model';
import type { TeamDay } from '../closing/skill-ends';
import type { CountedScope, CountedSkill } from '../figures/counted-skill';
import type { Period } from '../period';

/**
 * SQL: who was in the scopes (teams, or the organisation by its own id) at either end of a period, as it stood when these months
 * were closed; a row for each place of a person. Bindings: organisationId, scopes, from, to.
 */
export const SCOPE_DAYS = `
  select * from (
    select person_id,
      coalesce((array_agg(is_member order by month_end desc) filter (where month_end <= :from::date))[1], false) as at_start,
      (array_agg(is_member order by month_end desc))[1] as at_end,
      (array_agg(target_profile order by month_end desc))[1] as target_profile,
      (array_agg(relation order by month_end desc))[1] as relation
    from month_members
    where organisation_id = :organisationId and scope_id = any(:scopes::uuid[]) and month_end <= :to::date
    group by scope_id, person_id
  ) days where at_start or at_end`;

export function selectDaysOf(
  organisationId: string,
  scopes: readonly string[],
  { from, to }: Pick<Period, 'from' | 'to'>,
) {
  return db().raw<{ rows: TeamDay[] }>(SCOPE_DAYS, { organisationId, scopes: [...scopes] as never, from, to });
}

/**
 * Who is counted at the end of the period, by competence and counted group, with what is known of them at its ends: the newest
 * row at a month's end, also of people who have gone since and are counted until enough others have (`release.ts`). Two probes
 * of the month ends' key for each: the cost follows the team, whatever the size of the installation.
 */
// A statement is planned once for all values, so optional parts are left out of its text and not answered by a null.
export function selectCounted(organisationId: string, { teams, from, to, code }: CountedScope) {
  return db().raw<{ rows: CountedSkill[] }>(
    `select c.competence_code, c.group_id, c.least, c.seen, c.team_id, c.profile, c.own_profile, c.person_id,
       b.level as before, a.level as after, b.either as either_before, a.either as either_after, a.verified, a.observed_at
     from counted_people c
     cross join lateral (
       select ${levelAt('e', ':to::date')} as level, ${eitherLevelAt('e', ':to::date')} as either, verified, observed_at from skill_month_ends e
       where e.organisation_id = c.organisation_id and e.person_id = c.person_id
         and e.competence_code = c.competence_code and e.month_end <= :to::date and e.level is not null
       order by e.month_end desc limit 1
     ) a
     left join lateral (
       select ${levelAt('e', ':from::date')} as level, ${eitherLevelAt('e', ':from::date')} as either from skill_month_ends e
       where e.organisation_id = c.organisation_id and e.person_id = c.person_id
         and e.competence_code = c.competence_code and e.month_end <= :from::date and e.level is not null
       order by e.month_end desc limit 1
     ) b on c.from_month <= :from::date
     where c.organisation_id = :organisationId ${teams ? 'and c.team_id = any(:teams::uuid[])' : ''}
       ${code === undefined ? '' : 'and c.competence_code = :code'}
       and c.from_month <= :to::date and (c.until_month is null or c.until_month > :to::date)`,
    { organisationId, from, to, ...(teams && { teams: [...teams] as never }), ...(code !== undefined && { code }) },
  );
}

/** Who is counted at a month end in one competence of a whole organisation, with what was known of them at earlier ones. */
export function selectCountedSince(organisationId: string, code: string, froms: readonly Day[], to: Day) {
  return db().raw<{ rows: (CountedSkill & { befores: (number | null)[]; either_befores: (number | null)[] })[] }>(
    `select c.competence_code, c.group_id, c.least, c.seen, c.team_id, c.profile, c.own_profile, c.person_id,
       a.level as after, a.either as either_after, a.verified, a.observed_at, x.befores, x.either_befores
     from counted_people c
     cross join lateral (
       select ${levelAt('e', ':to::date')} as level, ${eitherLevelAt('e', ':to::date')} as either, verified, observed_at from skill_month_ends e
       where e.organisation_id = c.organisation_id and e.person_id = c.person_id
         and e.competence_code = c.competence_code and e.month_end <= :to::date and e.level is not null
       order by e.month_end desc limit 1
     ) a
     cross join lateral (
       select array_agg(b.level order by f.place) as befores, array_agg(b.either order by f.place) as either_befores
       from unnest(:froms::date[]) with ordinality f (month, place)
       left join lateral (
         select ${levelAt('e', 'f.month')} as level, ${eitherLevelAt('e', 'f.month')} as either from skill_month_ends e
         where e.organisation_id = c.organisation_id and e.person_id = c.person_id
           and e.competence_code = c.competence_code and e.month_end <= f.month and e.level is not null
         order by e.month_end desc limit 1
       ) b on c.from_month <= f.month
     ) x
     where c.organisation_id = :organisationId and c.competence_code = :code
       and c.from_month <= :to::date and (c.until_month is null or c.until_month > :to::date)`,
    { organisationId, code, froms: [...froms] as never, to },
  );
}

/** What counts as validated in a view with a name: somebody responsible saw it done, or an issuer vouches for it. */
export const VALIDATING: readonly Source[] = ['supervisor', 'demonstration', 'badge', 'task', 'earlier'];

export interface ValidatedRow {
  competence_code: string;
  source: Source;
  level: number;
  observed_at: Date;
}

/**
 * Validating observations of a person about these competences. Own views, quizzes, and what peers and experience
 * experts saw are left out here, in the query: they are the person's own to show. So is what the person contests.
 */
export function selectValidated(organisationId: string, personId: string, codes: readonly string[]) {
  return db().raw<{ rows: ValidatedRow[] }>(
    `select competence_code, source, level, observed_at from counted_observations
     where organisation_id = ? and person_id = ? and competence_code = any(?) and source = any(?) and level is not null
     order by observed_at`,
    [organisationId, personId, [...codes], [...VALIDATING]],
  );
}
