import { db } from '../../lib/db';
import type { Source } from '../skills/estimate';
import { profileOn } from '../skills/own-profiles.model';
import type { Period } from './period';
import type { SkillEnd, TeamDay } from './skill-ends';

/** Who was in the team at either end of a period, with the target profile they had at its end, while a member of the organisation. */
const TEAM_DAYS = `
  select * from (
    select tm.person_id, ${profileOn('tm.organisation_id', 'tm.person_id', ':to::date')} as target_profile, ms.relation,
      tm.joined_on <= :from::date and coalesce(tm.left_on > :from::date, true)
        and coalesce(ms.ended_on > :from::date, true) as at_start,
      tm.joined_on <= :to::date and coalesce(tm.left_on > :to::date, true)
        and coalesce(ms.ended_on > :to::date, true) as at_end
    from team_members tm
    join memberships ms on ms.organisation_id = tm.organisation_id and ms.person_id = tm.person_id
    where tm.organisation_id = :organisationId and tm.team_id = :teamId
  ) days where at_start or at_end`;

export function selectTeamDays(organisationId: string, teamId: string, { from, to }: Period) {
  return db().raw<{ rows: TeamDay[] }>(TEAM_DAYS, { organisationId, teamId, from, to });
}

/**
 * The newest point of each skill before both ends of the period, of those in the team at its end. One probe of the
 * points' key for each person, skill and end: the cost follows the team, whatever the size of the installation.
 */
export function selectSkillEnds(organisationId: string, teamId: string, { from, to, fromEnds, toEnds }: Period) {
  return db().raw<{ rows: SkillEnd[] }>(
    `with team as materialized (${TEAM_DAYS}), ends (end_of, moment) as (
       values ('from', :fromEnds::timestamptz), ('to', :toEnds::timestamptz)
     )
     select e.person_id, e.competence_code, ends.end_of, p.*
     from team t join skill_estimates e on e.organisation_id = :organisationId and e.person_id = t.person_id
     cross join ends cross join lateral (
       select observed_at as at, self_weight, self_levels, self_squares, other_weight, other_levels, other_squares
       from skill_points where organisation_id = :organisationId and person_id = e.person_id
         and competence_code = e.competence_code and observed_at < ends.moment
       order by observed_at desc limit 1
     ) p
     where t.at_end`,
    { organisationId, teamId, from, to, fromEnds, toEnds },
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
