import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

interface GrowthSumsRow {
  competence_code: string;
  n: number;
  /** Whole millionths of a level, as text: PostgreSQL's numbers are longer than JavaScript's. */
  change: string;
  squares: string;
  up: number;
  down: number;
  verified_n: number;
  verified_change: string;
  verified_squares: string;
  verified_up: number;
  verified_down: number;
}

/** Growth of the whole organisation between two month ends, one row for each competence. */
export const selectGrowthSums = (organisationId: string, from: Day, to: Day) =>
  db().raw<{ rows: GrowthSumsRow[] }>(
    `select competence_code, n, change::text, squares::text, up, down, verified_n, verified_change::text,
       verified_squares::text, verified_up, verified_down
     from growth_sums where organisation_id = ? and to_month = ? and from_month = ?`,
    [organisationId, to, from],
  );

export interface OrganisationMonths {
  /** Members at the start, at the end and at both; of the last, those of whom some skill is known at both. */
  at_start: number;
  at_end: number;
  stayed: number;
  known: number;
  with_profile: number;
  has_clients: boolean;
  /** Target profiles that somebody has at either end. */
  profiles: string[];
}

/** The organisation's people at two month ends, in one row; none when the end is not closed. */
export const selectOrganisationMonths = (organisationId: string, from: Day, to: Day) =>
  db().raw<{ rows: OrganisationMonths[] }>(
    `select coalesce(f.people, 0) as at_start, t.people as at_end, coalesce(p.stayed, 0) as stayed,
       coalesce(p.known, 0) as known, t.with_profile, t.clients > 0 or coalesce(f.clients > 0, false) as has_clients,
       t.profiles || coalesce(f.profiles, '{}') as profiles
     from month_figures t
     left join month_figures f on f.organisation_id = t.organisation_id and f.month_end = :from
     left join growth_people p on p.organisation_id = t.organisation_id and p.from_month = :from and p.to_month = t.month_end
     where t.organisation_id = :organisationId and t.month_end = :to`,
    { organisationId, from, to },
  );

export interface SkillFiguresRow {
  /** A team, or the organisation. */
  scope_id: string;
  competence_code: string;
  /** People whose level is known; of them those whom others have seen, and those seen within a year. */
  known: number;
  verified: number;
  fresh: number;
  /** Of those with a target, by band from the lowest. */
  on_the_way: number[];
  reached: number[];
}

/**
 * What is known at a month end in these scopes: the organisation (its id) at any kept month, teams at the newest closed one
 * only. Counts as they are: what of them may be shown is for the report to decide.
 */
export const selectSkillFigures = (organisationId: string, month: Day, scopeIds: readonly string[]) =>
  db().raw<{ rows: SkillFiguresRow[] }>(
    `select scope_id, competence_code, known, verified, fresh, on_the_way, reached
     from skill_figures where organisation_id = ? and month_end = ? and scope_id = any(?)`,
    [organisationId, month, [...scopeIds]],
  );
