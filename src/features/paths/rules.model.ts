import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { LearningPath } from './paths.model';

export type RuleKind = 'people' | 'team' | 'role' | 'relation' | 'profile';

/** Whom an agreement means. */
export type Whom =
  | { kind: 'people'; people: readonly string[] }
  | { kind: 'team'; team_id: string }
  | { kind: 'role' | 'relation' | 'profile'; code: string };

export interface PathRule {
  id: string;
  organisation_id: string;
  path_id: string;
  kind: RuleKind;
  team_id: string | null;
  code: string | null;
  is_standing: boolean;
  due_on: Day | null;
  due_days: number | null;
  made_by: string | null;
  made_at: Date;
  ended_at: Date | null;
}

/** A person whom a rule means. */
export interface Meant {
  person_id: string;
  name: string;
  /** The path has been agreed with them before: they do not get it twice. */
  has_it: boolean;
}

/**
 * SQL: members of today whom a rule `r` (kind, team_id, code) means, with the day when it came to mean them; not those of
 * 'people'. Bindings: none beyond r's columns and r.organisation_id.
 */
const MEANT = `
  select ms.person_id, coalesce(tm.joined_on, ms.started_on) as joined_on from memberships ms
  left join team_members tm on tm.organisation_id = ms.organisation_id and tm.person_id = ms.person_id and tm.team_id = r.team_id
    and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)
  where ms.organisation_id = r.organisation_id and ms.suspended_at is null
    and (ms.ended_on is null or ms.ended_on > current_date)
    and case r.kind when 'team' then tm.person_id is not null when 'role' then r.code = any(ms.roles)
      when 'relation' then ms.relation = r.code when 'profile' then ms.target_profile = r.code else false end`;

/** The people of today whom an agreement would mean, by name. */
export async function selectMeant(path: LearningPath, whom: Whom): Promise<Meant[]> {
  const { rows } = await db().raw(
    `with r as (select ?::uuid as organisation_id, ?::text as kind, ?::uuid as team_id, ?::text as code),
     meant as (select m.person_id from r cross join lateral (${MEANT}) m
       union select ms.person_id from memberships ms where ms.organisation_id = ? and ms.person_id = any(?::uuid[])
         and ms.suspended_at is null and (ms.ended_on is null or ms.ended_on > current_date))
     select p.id as person_id, p.name, exists (select from path_assignments a
       left join team_members tm on tm.organisation_id = a.organisation_id and tm.team_id = a.team_id
         and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)
       where a.organisation_id = ? and a.path_id = ? and coalesce(a.person_id, tm.person_id) = p.id) as has_it
     from meant join people p on p.id = meant.person_id where p.suspended_at is null order by p.name, p.id`,
    [
      ...[path.organisation_id, whom.kind, 'team_id' in whom ? whom.team_id : null, 'code' in whom ? whom.code : null],
      ...[path.organisation_id, 'people' in whom ? [...whom.people] : []],
      ...[path.organisation_id, path.id],
    ] as never,
  );
  return rows;
}

/** The rule that stands for these already; undefined when there is none. */
export async function findSameRule(path: LearningPath, whom: Whom): Promise<PathRule | undefined> {
  if (whom.kind === 'people') return undefined;
  const { rows } = await db().raw(
    `select * from path_rules where organisation_id = ? and path_id = ? and kind = ? and ended_at is null
       and team_id is not distinct from ?::uuid and code is not distinct from ?::text for update`,
    [
      ...[path.organisation_id, path.id, whom.kind],
      ...['team_id' in whom ? whom.team_id : null, 'code' in whom ? whom.code : null],
    ] as never,
  );
  return rows[0];
}

type NewRule = Pick<PathRule, 'id' | 'is_standing' | 'due_on' | 'due_days' | 'made_by'>;

/** False when the same form came before. */
export async function insertRule(path: LearningPath, whom: Whom, rule: NewRule): Promise<boolean> {
  const rows = await db()
    .table('path_rules')
    .insert({
      ...rule,
      organisation_id: path.organisation_id,
      path_id: path.id,
      kind: whom.kind,
      team_id: 'team_id' in whom ? whom.team_id : null,
      code: 'code' in whom ? whom.code : null,
    })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}

export async function setRule(
  { id, organisation_id }: Pick<PathRule, 'id' | 'organisation_id'>,
  values: Partial<Pick<PathRule, 'is_standing' | 'due_on' | 'due_days' | 'made_by' | 'ended_at'>>,
): Promise<void> {
  await db().table('path_rules').where({ id, organisation_id }).update(values);
}

export function findRule(organisationId: string, pathId: string, ruleId: string): Promise<PathRule | undefined> {
  return db()
    .table('path_rules')
    .where({ organisation_id: organisationId, path_id: pathId, id: ruleId, ended_at: null })
    .first('*', db().raw("to_char(due_on, 'YYYY-MM-DD') as due_on"));
}

/** SQL: by when a rule `r` asks a person who joined on `m.joined_on`. */
const DUE = `coalesce(r.due_on, greatest(m.joined_on, (r.made_at at time zone 'Europe/Helsinki')::date) + r.due_days)`;

/** Agrees the path with those of these people who do not have it yet. Returns whom it came to. */
export async function assignByRule(ruleId: string, people: readonly string[]): Promise<string[]> {
  const { rows } = await db().raw(
    `insert into path_assignments (organisation_id, path_id, person_id, due_on, assigned_by, rule_id)
     select r.organisation_id, r.path_id, ms.person_id, ${DUE.replace('m.joined_on', 'coalesce(tm.joined_on, ms.started_on)')},
       r.made_by, r.id
     from path_rules r join memberships ms on ms.organisation_id = r.organisation_id and ms.person_id = any(?::uuid[])
     left join team_members tm on tm.organisation_id = r.organisation_id and tm.team_id = r.team_id
       and tm.person_id = ms.person_id
     where r.id = ? on conflict (path_id, person_id, team_id) do nothing returning person_id`,
    [[...people], ruleId] as never,
  );
  return rows.map(({ person_id }: { person_id: string }) => person_id);
}

/** Gives all whom the rule has brought the path its new day. */
export async function moveDueDays(ruleId: string): Promise<void> {
  await db().raw(
    `update path_assignments a set due_on = ${DUE} from path_rules r cross join lateral (${MEANT}) m
     where r.id = ? and a.rule_id = r.id and a.person_id = m.person_id`,
    [ruleId],
  );
}

/** A new day for people with whom the path has been agreed one by one before. */
export async function setDueOf(path: LearningPath, people: readonly string[], due_on: Day): Promise<void> {
  await db()
    .table('path_assignments')
    .where({ organisation_id: path.organisation_id, path_id: path.id })
    .whereIn('person_id', [...people])
    .update({ due_on });
}

export interface RuleChange {
  path_id: string;
  person_id: string;
}

/** Agrees paths with those whom standing rules mean and who do not have them yet. Returns whom they came to. */
export async function assignNewcomers(organisationId: string): Promise<RuleChange[]> {
  const { rows } = await db().raw(
    `insert into path_assignments (organisation_id, path_id, person_id, due_on, assigned_by, rule_id)
     select distinct on (r.path_id, m.person_id) r.organisation_id, r.path_id, m.person_id, ${DUE}, r.made_by, r.id
     from path_rules r cross join lateral (${MEANT}) m
     where r.organisation_id = ? and r.ended_at is null and r.is_standing
       and not exists (select from path_assignments a join team_members tm on tm.organisation_id = a.organisation_id
         and tm.team_id = a.team_id and tm.person_id = m.person_id
         and tm.joined_on <= current_date and (tm.left_on is null or tm.left_on > current_date)
         where a.path_id = r.path_id)
     order by r.path_id, m.person_id, ${DUE} nulls last
     on conflict (path_id, person_id, team_id) do nothing returning path_id, person_id`,
    [organisationId],
  );
  return rows;
}

/** SQL: whether the person of assignment `a` has begun the path. */
const BEGUN = `(exists (select from path_steps s left join lessons l on l.course_id = s.course_id or l.id = s.lesson_id
    join lesson_progress p on p.lesson_id = l.id and p.organisation_id = a.organisation_id and p.person_id = a.person_id
    where s.path_id = a.path_id and s.removed_at is null)
  or exists (select from path_step_marks k join path_steps s on s.id = k.step_id
    where s.path_id = a.path_id and k.organisation_id = a.organisation_id and k.person_id = a.person_id))`;

/**
 * For those whom a standing rule means no more: another rule that does takes over; else what was begun stays theirs, and the
 * rest goes. Returns who keeps a path now, told once.
 */
export async function releaseLeavers(organisationId: string): Promise<RuleChange[]> {
  const lost = `from path_rules r where r.id = a.rule_id and a.organisation_id = ? and r.is_standing and r.ended_at is null
    and not exists (select from (${MEANT}) m where m.person_id = a.person_id)`;
  await db().raw(
    `update path_assignments a set rule_id = other.id, kept_at = null
     from path_rules r, lateral (select r2.id, r2.path_id, m.person_id from path_rules r2
       cross join lateral (${MEANT.replaceAll('r.', 'r2.')}) m
       where r2.organisation_id = ? and r2.is_standing and r2.ended_at is null) other
     where r.id = a.rule_id and a.organisation_id = ? and r.is_standing
       and not exists (select from (${MEANT}) m where m.person_id = a.person_id)
       and other.path_id = a.path_id and other.person_id = a.person_id`,
    [organisationId, organisationId],
  );
  const { rows } = await db().raw(
    `update path_assignments a set kept_at = now() ${lost} and a.kept_at is null and ${BEGUN}
     returning a.path_id, a.person_id`,
    [organisationId],
  );
  await db().raw(
    `delete from path_assignments a using path_rules r where ${lost.replace('from path_rules r where ', '')} and not ${BEGUN}`,
    [organisationId],
  );
  await db().raw(
    `update path_assignments a set kept_at = null from path_rules r where r.id = a.rule_id and a.organisation_id = ?
       and a.kept_at is not null and exists (select from (${MEANT}) m where m.person_id = a.person_id)`,
    [organisationId],
  );
  return rows;
}

/** Takes back what a rule brought; what people have learnt stays. Returns how many it was taken from. */
export function deleteAssignmentsOf({
  id,
  organisation_id,
}: Pick<PathRule, 'id' | 'organisation_id'>): Promise<number> {
  return db().table('path_assignments').where({ organisation_id, rule_id: id }).delete();
}

/** The names of paths in a language of the reader, by id. */
export async function pathTitles(organisationId: string): Promise<Map<string, { slug: string; title: string }>> {
  const { rows } = await db().raw(
    `select lp.id, lp.slug, (select t.title from learning_path_texts t where t.path_id = lp.id
       order by t.language = 'fi' desc limit 1) as title from learning_paths lp where lp.organisation_id = ?`,
    [organisationId],
  );
  return new Map(rows.map(({ id, slug, title }: { id: string; slug: string; title: string }) => [id, { slug, title }]));
}
