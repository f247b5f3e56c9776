import type { Knex } from 'knex';
import { newestMonthEnd } from '../../features/reports/period';
import { POLICY } from '../../features/skills/estimate';
import { endOfDay } from '../../lib/calendar';

const SKILLS_EACH = 10;
export const OBSERVATIONS_EACH = 5 * SKILLS_EACH;

/** Neighbouring teams learn other skills than each other, from where in this list they begin. */
const CODES = [
  '1.2',
  '2.1',
  '2.3',
  '2.5',
  '4.1',
  '4.2',
  '5.1',
  '5.4',
  '1.1',
  '1.3',
  '2.2',
  '2.4',
  '2.6',
  '3.1',
  '4.3',
  '5.2',
];

/**
 * Evidence of the people with numbers from `first` to `last`, as the service would have kept it: each of ten skills seen at
 * three occasions in two years (own view and quiz, own view and demonstration, a supervisor), a point after each observation,
 * and the newest as estimate. Sums of weights that shrink by half in a year are running sums of weights that double in a
 * year, seen from a fixed day. Levels and days follow from the numbers of the person and the skill.
 */
export async function makeEvidence(connection: Knex, first: number, last: number): Promise<void> {
  const base = (source: keyof typeof POLICY.baseWeight) => POLICY.baseWeight[source];
  await connection.raw(
    `with seen as materialized (
       select p.organisation_id, p.person_id, codes.code as competence_code, e.source, e.weight, e.origin_type, e.origin_id,
         case when e.is_own then p.person_id end as recorded_by,
         least(8, greatest(0, round(2 + mod(p.n * 31 + c * 17, 40) / 10.0 + e.gain + mod(p.n * 7 + c * 11 + e.j * 13, 20) / 10.0)))::double precision
           as level,
         :closes::timestamptz - make_interval(days => e.days + mod(p.n * 13 + c * 5, 60), mins => mod(p.n * 17 + c * 29 + e.j, 1000))
           as observed_at
       from bench_people p
       cross join lateral (values
         (1, 'self', ${base('self')}, 'self_assessment', md5(p.n || ' own 1')::uuid::text, true, 610, 0.0),
         (2, 'quiz', ${base('quiz')}, 'quiz_attempt', md5(p.n || ' quiz')::uuid::text, true, 608, 0.0),
         (3, 'self', ${base('self')}, 'self_assessment', md5(p.n || ' own 2')::uuid::text, true, 250, 0.6),
         (4, 'demonstration', ${base('demonstration')}, 'demonstration', md5(p.n || ' shown')::uuid::text, false, 248, 0.8),
         (5, 'supervisor', ${base('supervisor')}, 'supervisor', md5(p.n || ' seen')::uuid::text, false, 30, 1.0)
       ) e (j, source, weight, origin_type, origin_id, is_own, days, gain)
       cross join generate_series(0, ${SKILLS_EACH - 1}) c
       cross join lateral (select (array[${CODES.map((code) => `'${code}'`).join(', ')}])[1 + mod(mod(p.team, 3) * 2 + c, ${CODES.length})] as code) codes
       where p.n between :first and :last
     ),
     kept as (
       insert into observations (organisation_id, person_id, competence_code, source, level, observed_at, recorded_at, recorded_by,
         origin_type, origin_id)
       select organisation_id, person_id, competence_code, source, level, observed_at, observed_at, recorded_by, origin_type, origin_id
       from seen
     ),
     doubled as (
       select *, weight * power(2, extract(epoch from observed_at - :closes::timestamptz)::double precision
         / 86400 / 30.4375 / ${POLICY.halfLifeMonths}) as w
       from seen
     ),
     summed as (
       select organisation_id, person_id, competence_code, observed_at, count(*) over skill as observations,
         row_number() over (partition by person_id, competence_code order by observed_at desc) as from_newest,
         power(2, -extract(epoch from observed_at - :closes::timestamptz)::double precision / 86400 / 30.4375 / ${POLICY.halfLifeMonths}) as f,
         sum(case when source = 'self' then w else 0 end) over skill as sw,
         sum(case when source = 'self' then w * level else 0 end) over skill as sl,
         sum(case when source = 'self' then w * level * level else 0 end) over skill as ss,
         sum(case when source = 'self' then 0 else w end) over skill as ow,
         sum(case when source = 'self' then 0 else w * level end) over skill as ol,
         sum(case when source = 'self' then 0 else w * level * level end) over skill as os,
         sum(case when source in ('self', 'quiz') then 0 else w end) over skill as ew,
         sum(case when source in ('self', 'quiz') then 0 else w * level end) over skill as el
       from doubled window skill as (partition by person_id, competence_code order by observed_at)
     ),
     points as (
       select organisation_id, person_id, competence_code, observed_at, observations, from_newest,
         least(8, (share * sl + ol) / (share * sw + ow)) as level, (share * sw + ow) * f as weight, ow > 0 as verified,
         sw * f as self_weight, sl * f as self_levels, ss * f as self_squares, ow * f as other_weight, ol * f as other_levels,
         os * f as other_squares, ew * f as either_weight, el * f as either_levels
       from summed cross join lateral (select case when sw * f > ${POLICY.selfCap} then ${POLICY.selfCap} / (sw * f) else 1 end as share) s
     ),
     kept_points as (
       insert into skill_points (organisation_id, person_id, competence_code, observed_at, ${POINT})
       select organisation_id, person_id, competence_code, observed_at, ${POINT} from points
     )
     insert into skill_estimates (organisation_id, person_id, competence_code, observed_at, observations, ${POINT})
     select organisation_id, person_id, competence_code, observed_at, observations, ${POINT} from points where from_newest = 1`,
    { first, last, closes: endOfDay(newestMonthEnd()) },
  );
}

const POINT = [
  'level',
  'weight',
  'verified',
  'self_weight',
  'self_levels',
  'self_squares',
  'other_weight',
  'other_levels',
  'other_squares',
  'either_weight',
  'either_levels',
].join(', ');
