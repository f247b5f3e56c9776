import type { Day } from '../../../lib/calendar';
import { db } from '../../../lib/db';
import type { ShownCoverage } from '../figures/coverage-report';
import type { SkillGrowth } from '../figures/growth-report';
import { SCOPE_DAYS } from '../pages/skills.queries';

/** The people of an organisation at two month ends. */
export interface KeptPeople {
  people: number;
  joined: number;
  gone: number;
  has_clients: boolean;
  /** How many have each target profile at the later month end; 0 where only somebody at the earlier one had it. */
  profiles: Record<string, number>;
}

/** Two month ends, the earlier first. */
export interface Months {
  from: Day;
  to: Day;
}

export const selectKeptPeople = (organisationId: string, { from, to }: Months) =>
  db().raw<{ rows: KeptPeople[] }>(
    `select people, joined, gone, has_clients, profiles from kept_people
     where organisation_id = ? and to_month = ? and from_month = ?`,
    [organisationId, to, from],
  );

export const selectKeptGrowth = (organisationId: string, { from, to }: Months) =>
  db().raw<{ rows: { figures: SkillGrowth }[] }>(
    'select figures from kept_growth where organisation_id = ? and to_month = ? and from_month = ?',
    [organisationId, to, from],
  );

export const selectKeptCoverage = (organisationId: string, month: Day) =>
  db().raw<{ rows: { figures: ShownCoverage }[] }>(
    'select figures from kept_coverage where organisation_id = ? and month_end = ?',
    [organisationId, month],
  );

/** The pairs of month ends of which figures are kept, in order. */
export async function selectKeptMonths(organisationId: string): Promise<Months[]> {
  const { rows } = await db().raw<{ rows: Months[] }>(
    `select to_char(from_month, 'YYYY-MM-DD') as "from", to_char(to_month, 'YYYY-MM-DD') as "to"
     from kept_people where organisation_id = ? order by to_month, from_month`,
    [organisationId],
  );
  return rows;
}

export async function deleteKept(organisationId: string): Promise<void> {
  for (const table of ['kept_people', 'kept_growth', 'kept_coverage'])
    await db().table(table).where({ organisation_id: organisationId }).delete();
}

/** Counts an organisation's people at two month ends, as they stood when those were closed. */
export async function insertKeptPeople(organisationId: string, { from, to }: Months): Promise<void> {
  await db().raw(
    `with days as (${SCOPE_DAYS}),
     by_profile as (
       select target_profile, count(*) filter (where at_end) as people from days
       where target_profile is not null group by 1
     )
     insert into kept_people (organisation_id, from_month, to_month, people, joined, gone, has_clients, profiles)
     select :organisationId, :from, :to, count(*) filter (where at_end), count(*) filter (where at_end and not at_start),
       count(*) filter (where at_start and not at_end), coalesce(bool_or(relation = 'client'), false),
       coalesce((select jsonb_object_agg(target_profile, people) from by_profile), '{}')
     from days`,
    { organisationId, scopes: [organisationId] as never, from, to },
  );
}

export async function insertKeptGrowth(organisationId: string, { from, to }: Months, skills: readonly SkillGrowth[]) {
  await insertFigures('kept_growth', skills, { organisation_id: organisationId, from_month: from, to_month: to });
}

export async function insertKeptCoverage(organisationId: string, month: Day, skills: readonly ShownCoverage[]) {
  await insertFigures('kept_coverage', skills, { organisation_id: organisationId, month_end: month });
}

async function insertFigures(table: string, skills: readonly { code: string }[], about: object): Promise<void> {
  if (skills.length === 0) return;
  await db()
    .table(table)
    .insert(skills.map((skill) => ({ ...about, competence_code: skill.code, figures: JSON.stringify(skill) })));
}

/** Agreed training at a month end as it stands now; written once, as no later month can tell it. */
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

/**
 * Takes away the lists of single days (`keptToday`), in the scope of the organisation: they may name people, so none outlives
 * its day (`but` today's) or anyone's erasure. What was kept of closed months is counts, and stays.
 */
export async function forgetLists(organisationId: string, but?: Day): Promise<void> {
  await db()
    .table('kept_reports')
    .where({ organisation_id: organisationId })
    .whereLike('name', '% ____-__-__')
    .whereNot('name', 'like', `% ${but ?? 'none'}`)
    .delete();
}
