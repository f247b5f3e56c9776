import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';

export type PlanState = 'draft' | 'proposed' | 'returned' | 'agreed' | 'replaced';

/** A version of a person's own plan. */
export interface Plan {
  id: string;
  organisation_id: string;
  person_id: string;
  number: number;
  state: PlanState;
  supervisor_id: string | null;
  words: string;
  ends_on: Day | null;
  text_version: number;
  returned_words: string;
  returned_at: Date | null;
  person_signed_at: Date | null;
  supervisor_signed_at: Date | null;
  created_at: Date;
  person_name: string;
  supervisor_name: string | null;
  /** The supervisor still supervises a team of the person. */
  is_supervised: boolean;
}

export interface PlanLine {
  id: string;
  kind: 'goal' | 'course' | 'path' | 'own';
  competence_code: string | null;
  level: number | null;
  course_id: string | null;
  path_id: string | null;
  words: string;
  by_day: Day | null;
}

const PLAN = `
  select v.*, to_char(v.ends_on, 'YYYY-MM-DD') as ends_on, p.name as person_name, s.name as supervisor_name,
    exists (select from team_members tm join team_supervisors ts on ts.organisation_id = tm.organisation_id
        and ts.team_id = tm.team_id and ts.person_id = v.supervisor_id and (ts.ends_on is null or ts.ends_on >= current_date)
      where tm.organisation_id = v.organisation_id and tm.person_id = v.person_id
        and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)) as is_supervised
  from plan_versions v join people p on p.id = v.person_id left join people s on s.id = v.supervisor_id`;

type Whose = { organisation_id: string; id: string };

/** A version that the person in scope may see at all (row policies); which of the two they are, is asked by policy. */
export async function findPlan(organisationId: string, planId: string): Promise<Plan | undefined> {
  const { rows } = await db().raw(`${PLAN} where v.organisation_id = ? and v.id = ?`, [organisationId, planId]);
  return rows[0];
}

/** Versions of the person's own, and those proposed to or agreed with them; the newest first. */
export async function selectPlans({ organisation_id, id }: Whose): Promise<Plan[]> {
  const { rows } = await db().raw(
    `${PLAN} where v.organisation_id = ? and ? in (v.person_id, v.supervisor_id)
     order by v.person_id <> ?, p.name, v.number desc limit 500`,
    [organisation_id, id, id],
  );
  return rows;
}

export async function lockPlan(organisationId: string, planId: string): Promise<Plan | undefined> {
  await db().raw('select 1 from plan_versions where organisation_id = ? and id = ? for update', [
    organisationId,
    planId,
  ]);
  return findPlan(organisationId, planId);
}

/** A new draft, with the lines of the agreed version when there is one. Does nothing while another is open or for the same id. */
export async function insertDraft({ organisation_id, id }: Whose, planId: string): Promise<void> {
  const { rows } = await db().raw(
    `insert into plan_versions (id, organisation_id, person_id, number, words, ends_on)
     select ?, ?, ?, coalesce(max(number), 0) + 1, coalesce(max(words) filter (where state = 'agreed'), ''),
       max(ends_on) filter (where state = 'agreed' and ends_on >= current_date)
     from plan_versions where organisation_id = ? and person_id = ?
     on conflict do nothing returning id`,
    [planId, organisation_id, id, organisation_id, id],
  );
  if (rows.length === 0) return;
  await db().raw(
    `insert into plan_lines (id, organisation_id, plan_id, position, kind, competence_code, level, course_id, path_id, words, by_day)
     select gen_random_uuid(), l.organisation_id, ?, l.position, l.kind, l.competence_code, l.level, l.course_id, l.path_id,
       l.words, l.by_day
     from plan_lines l join plan_versions v on v.id = l.plan_id
     where v.organisation_id = ? and v.person_id = ? and v.state = 'agreed'`,
    [planId, organisation_id, id],
  );
}

type Changing = Partial<
  Pick<
    Plan,
    | 'state'
    | 'supervisor_id'
    | 'words'
    | 'ends_on'
    | 'text_version'
    | 'returned_words'
    | 'returned_at'
    | 'person_signed_at'
    | 'supervisor_signed_at'
  >
>;

export async function setPlan({ id, organisation_id }: Pick<Plan, 'id' | 'organisation_id'>, values: Changing) {
  await db().table('plan_versions').where({ id, organisation_id }).update(values);
}

/** The agreed version gives way to the next one, and stays as history. */
export async function replaceAgreed({ organisation_id, person_id, id }: Plan): Promise<void> {
  await db()
    .table('plan_versions')
    .where({ organisation_id, person_id, state: 'agreed' })
    .whereNot({ id })
    .update({ state: 'replaced' });
}

export async function deletePlan({ id, organisation_id }: Plan): Promise<void> {
  await db().table('plan_versions').where({ id, organisation_id }).delete();
}

/** So many lines a plan has at most: it should be a plan that one can do. */
export const MOST_LINES = 30;

export async function insertLine(plan: Plan, line: PlanLine): Promise<void> {
  await db().raw(
    `insert into plan_lines (id, organisation_id, plan_id, position, kind, competence_code, level, course_id, path_id, words, by_day)
     select ?, ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?, ?, ?, ?::date from plan_lines where plan_id = ?
     having count(*) < ${MOST_LINES} on conflict (id) do nothing`,
    [
      ...[line.id, plan.organisation_id, plan.id, line.kind, line.competence_code, line.level, line.course_id],
      ...[line.path_id, line.words, line.by_day, plan.id],
    ] as never,
  );
}

export async function deleteLine(plan: Plan, lineId: string): Promise<void> {
  await db()
    .table('plan_lines')
    .where({ organisation_id: plan.organisation_id, plan_id: plan.id, id: lineId })
    .delete();
}
