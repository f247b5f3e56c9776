import { db } from '../../lib/db';
import type { Source } from '../skills/estimate';
import type { Period } from './period';
import type { SkillEnd, TeamDay } from './skill-ends';

/** Who was in the team at either end of a period, as it stood when these months were closed. */
const TEAM_DAYS = `
  select * from (
    select person_id,
      coalesce((array_agg(is_member order by month_end desc) filter (where month_end <= :from::date))[1], false) as at_start,
      (array_agg(is_member order by month_end desc))[1] as at_end,
      (array_agg(target_profile order by month_end desc))[1] as target_profile,
      (array_agg(relation order by month_end desc))[1] as relation
    from month_members
    where organisation_id = :organisationId and scope_id = :teamId and month_end <= :to::date
    group by person_id
  ) days where at_start or at_end`;

export function selectTeamDays(organisationId: string, teamId: string, { from, to }: Pick<Period, 'from' | 'to'>) {
  return db().raw<{ rows: TeamDay[] }>(TEAM_DAYS, { organisationId, teamId, from, to });
}

/**
 * What is known of each skill at both ends of the period, of those in the team at its end. One range of the month ends' key
 * for each person and end: the cost follows the team, whatever the size of the installation.
 */
export function selectSkillEnds(organisationId: string, teamId: string, { from, to }: Pick<Period, 'from' | 'to'>) {
  return db().raw<{ rows: SkillEnd[] }>(
    `with team as materialized (${TEAM_DAYS})
     select t.person_id, ends.end_of, e.* from team t
     cross join (values ('from', :from::date), ('to', :to::date)) ends (end_of, month_end)
     cross join lateral (
       select distinct on (competence_code) competence_code, level, verified, observed_at from skill_month_ends
       where organisation_id = :organisationId and person_id = t.person_id and month_end <= ends.month_end
       order by competence_code desc, month_end desc
     ) e
     where t.at_end and e.level is not null`,
    { organisationId, teamId, from, to },
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
