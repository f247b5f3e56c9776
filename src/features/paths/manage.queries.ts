import type { Knex } from 'knex';
import type { Day } from '../../lib/calendar';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import type { RuleKind } from './rules.model';

export interface ManagedPath {
  slug: string;
  title: string;
  courses: number;
  /** Assignments that the actor may see. */
  assignments: number;
}

export interface ShownAssignment {
  id: string;
  team_id: string | null;
  person_id: string | null;
  name: string;
  due_on: Day | null;
}

/** An agreement with many at once. */
export interface ShownRule {
  id: string;
  kind: RuleKind;
  team_id: string | null;
  code: string | null;
  is_standing: boolean;
  due_on: Day | null;
  due_days: number | null;
  made_at: Date;
  team: string | null;
  people: number;
  /** A few of them, for an agreement with people by name. */
  names: string[] | null;
}

/** How far one person is: completions of agreed training, and nothing else of them. */
export interface AssignedPerson {
  person_id: string;
  name: string;
  /** The person's own agreement, which may be taken back by itself; null when a team or a standing rule brings it. */
  assignment_id: string | null;
  /** The rule does not mean them any more, and they go on with what they began. */
  is_kept: boolean;
  done: number;
  /** Courses that count as learnt before, apart from those studied. */
  recognised: number;
  due_on: Day | null;
  completed_at: Date | null;
}

export interface CourseChoice {
  id: string;
  title: string;
  language: Language;
  minutes: number;
}

export interface Targets {
  teams: { id: string; name: string }[];
  people: { id: string; name: string }[];
}

export const PEOPLE_PER_PAGE = 50;

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** SQL: the teams whose people the actor may see; null for all. */
const scopeOf = (actor: Actor) => (isAdministrator(actor) ? null : actor.supervised_teams);

/** SQL: who is in which team today; binding: organisation. */
const MEMBERS = `select m.team_id, m.person_id from team_members m where m.organisation_id = ?
  and m.joined_on <= current_date and (m.left_on is null or m.left_on > current_date)`;

export async function readManagedPaths(actor: Actor): Promise<ManagedPath[]> {
  const scope = scopeOf(actor);
  const { rows } = await db().raw(
    `with members as (${MEMBERS})
     select lp.slug, t.title, (select count(*)::int from path_courses pc where pc.path_id = lp.id) as courses,
       (select count(*)::int from path_assignments a where a.organisation_id = ? and a.path_id = lp.id
         and (?::uuid[] is null or a.team_id = any(?::uuid[])
           or exists (select from members m where m.person_id = a.person_id and m.team_id = any(?::uuid[]))))
         as assignments
     from learning_paths lp
     cross join lateral (select x.title from learning_path_texts x where x.path_id = lp.id
       order by array_position(?::text[], x.language) limit 1) t
     where lp.organisation_id = ? order by lp.created_at, lp.id`,
    [
      ...[actor.organisation_id, actor.organisation_id],
      ...[scope, scope, scope],
      ...[contentLanguages(actor.language), actor.organisation_id],
    ] as never,
  );
  return rows;
}

/** The page of one path for those who agree on training: whom it is agreed with, how far they are, whom it could be. */
export async function readManagedPath(actor: Actor, pathId: string, page: number) {
  const [assignments, rules, people, sums, teams, choices] = await together(
    selectAssignments(actor, pathId),
    selectRules(actor, pathId),
    selectAssignedPeople(actor, pathId, page),
    selectSums(actor, pathId),
    selectTeams(actor),
    selectPeople(actor),
  );
  return {
    assignments: assignments.rows,
    rules: rules.rows,
    people: people.rows.map(({ total, ...person }) => person),
    total: Number(people.rows[0]?.total ?? 0),
    sums: sums.rows[0],
    targets: { teams: teams.rows, people: choices.rows } satisfies Targets,
  };
}

function selectAssignments(actor: Actor, pathId: string): Rows<ShownAssignment> {
  const scope = scopeOf(actor);
  return db().raw(
    `with members as (${MEMBERS})
     select a.id, a.team_id, a.person_id, coalesce(t.name, p.name) as name, to_char(a.due_on, 'YYYY-MM-DD') as due_on
     from path_assignments a left join teams t on t.id = a.team_id left join people p on p.id = a.person_id
     where a.organisation_id = ? and a.path_id = ? and a.rule_id is null and (?::uuid[] is null or a.team_id = any(?::uuid[])
       or exists (select from members m where m.person_id = a.person_id and m.team_id = any(?::uuid[])))
       and coalesce(t.name, p.name) is not null
     order by a.team_id is null, name, a.id limit 200`,
    [actor.organisation_id, actor.organisation_id, pathId, scope, scope, scope] as never,
  );
}

/** Agreements with many that are in force and that the actor may decide on, the newest first. */
function selectRules(actor: Actor, pathId: string): Rows<ShownRule> {
  const scope = scopeOf(actor);
  return db().raw(
    `select r.id, r.kind, r.team_id, r.code, r.is_standing, r.due_days, r.made_at, to_char(r.due_on, 'YYYY-MM-DD') as due_on,
       t.name as team, n.people, n.names
     from path_rules r left join teams t on t.id = r.team_id
     cross join lateral (select count(*)::int as people, (array_agg(p.name order by p.name))[1:5] as names
       from path_assignments a left join people p on p.id = a.person_id where a.rule_id = r.id) n
     where r.organisation_id = ? and r.path_id = ? and r.ended_at is null and (n.people > 0 or r.is_standing)
       and (?::uuid[] is null or r.team_id = any(?::uuid[]) or (r.kind = 'people' and r.made_by = ?))
     order by r.made_at desc, r.id limit 100`,
    [actor.organisation_id, pathId, scope, scope, actor.id] as never,
  );
}

function selectAssignedPeople(actor: Actor, pathId: string, page: number): Rows<AssignedPerson & { total: string }> {
  const scope = scopeOf(actor);
  return db().raw(
    `with members as (${MEMBERS}),
     agreed as (
       select coalesce(a.person_id, m.person_id) as person_id, min(a.due_on) as due_on,
         (array_agg(a.id) filter (where a.rule_id is not null and r.id is null))[1] as assignment_id,
         bool_or(a.kept_at is not null) as is_kept
       from path_assignments a left join path_rules r on r.id = a.rule_id and r.is_standing and r.ended_at is null
       left join members m on m.team_id = a.team_id
       where a.organisation_id = ? and a.path_id = ? group by 1),
     shown as (
       select g.person_id, g.due_on, g.assignment_id, g.is_kept, p.name, count(*) over () as total from agreed g
       join people p on p.id = g.person_id
       join memberships ms on ms.person_id = g.person_id and ms.organisation_id = ?
         and (ms.ended_on is null or ms.ended_on > current_date)
       where ?::uuid[] is null or (g.person_id <> ? and exists (select from members m where m.person_id = g.person_id
         and m.team_id = any(?::uuid[])))
       order by p.name, g.person_id limit ? offset ?)
     select s.person_id, s.name, to_char(s.due_on, 'YYYY-MM-DD') as due_on, s.total, s.assignment_id, s.is_kept,
       count(*) filter (where e.completed_at is null and k.step_id is not null)::int as recognised,
       count(e.completed_at)::int as done,
       case when count(e.completed_at) = count(pc.course_id) then max(e.completed_at) end as completed_at
     from shown s
     left join path_courses pc on pc.path_id = ?
     left join enrolments e on e.course_id = pc.course_id and e.person_id = s.person_id and e.organisation_id = ?
     left join path_steps ps on ps.path_id = pc.path_id and ps.course_id = pc.course_id and ps.removed_at is null
     left join path_step_marks k on k.step_id = ps.id and k.person_id = s.person_id and k.organisation_id = ?
       and k.how in ('recognised', 'attended')
     group by s.person_id, s.name, s.due_on, s.total, s.assignment_id, s.is_kept order by s.name, s.person_id`,
    [
      ...[actor.organisation_id, actor.organisation_id, pathId, actor.organisation_id],
      ...[scope, actor.id, scope],
      ...[PEOPLE_PER_PAGE, (page - 1) * PEOPLE_PER_PAGE],
      ...[pathId, actor.organisation_id, actor.organisation_id],
    ] as never,
  );
}

/** How many of the people whom the actor may see finished all courses, and how many need nothing more because some were learnt before. */
function selectSums(actor: Actor, pathId: string): Rows<{ done: number; recognised: number }> {
  const scope = scopeOf(actor);
  return db().raw(
    `with members as (${MEMBERS}),
     agreed as (
       select distinct coalesce(a.person_id, m.person_id) as person_id from path_assignments a
       left join members m on m.team_id = a.team_id where a.organisation_id = :o and a.path_id = :path),
     each as (
       select g.person_id, count(e.completed_at) as done, count(pc.course_id) as courses,
         count(*) filter (where e.completed_at is null and k.step_id is not null) as recognised
       from agreed g
       join memberships ms on ms.person_id = g.person_id and ms.organisation_id = :o
         and (ms.ended_on is null or ms.ended_on > current_date)
       join path_courses pc on pc.path_id = :path
       left join enrolments e on e.course_id = pc.course_id and e.person_id = g.person_id and e.organisation_id = :o
       left join path_steps ps on ps.path_id = pc.path_id and ps.course_id = pc.course_id and ps.removed_at is null
       left join path_step_marks k on k.step_id = ps.id and k.person_id = g.person_id and k.organisation_id = :o
         and k.how in ('recognised', 'attended')
       where :scope::uuid[] is null or (g.person_id <> :me and exists (select from members m where m.person_id = g.person_id
         and m.team_id = any(:scope::uuid[])))
       group by 1)
     select (count(*) filter (where done = courses))::int as done,
       (count(*) filter (where done < courses and done + recognised = courses))::int as recognised from each`.replace(
      '= ?',
      '= :o',
    ),
    { o: actor.organisation_id, path: pathId, scope, me: actor.id } as never,
  );
}

function selectTeams(actor: Actor): Rows<{ id: string; name: string }> {
  const scope = scopeOf(actor);
  return db().raw(
    `select id, name from teams where organisation_id = ? and (?::uuid[] is null or id = any(?::uuid[])) order by name`,
    [actor.organisation_id, scope, scope] as never,
  );
}

/** Most names that fit a list to choose from; an administrator of more people names one by user name. */
export const MOST_CHOICES = 200;

function selectPeople(actor: Actor): Rows<{ id: string; name: string }> {
  const scope = scopeOf(actor);
  return db().raw(
    `with members as (${MEMBERS})
     select p.id, p.name from memberships ms join people p on p.id = ms.person_id
     where ms.organisation_id = ? and (ms.ended_on is null or ms.ended_on > current_date) and p.suspended_at is null
       and (?::uuid[] is null or (p.id <> ? and exists (select from members m where m.person_id = p.id
         and m.team_id = any(?::uuid[]))))
     order by p.name, p.id limit ?`,
    [...[actor.organisation_id, actor.organisation_id], ...[scope, actor.id, scope], MOST_CHOICES + 1] as never,
  );
}

/** The courses that a path of the organisation may hold. */
export async function selectCourseChoices(actor: Actor): Promise<CourseChoice[]> {
  const { rows } = await db().raw(
    `select v.id, v.minutes, t.title, t.language from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     cross join lateral (select x.title, x.language from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) t
     order by t.title, v.id`,
    [
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      contentLanguages(actor.language),
    ] as never,
  );
  return rows;
}

/** A member of today by user name, in any case. */
export async function findMemberByUsername(organisationId: string, username: string): Promise<string | undefined> {
  const { rows } = await db().raw(
    `select p.id from people p join memberships m on m.person_id = p.id and m.organisation_id = ?
       and (m.ended_on is null or m.ended_on > current_date)
     where p.username = lower(?)`,
    [organisationId, username],
  );
  return rows[0]?.id;
}

/** Whether the person belongs to the organisation today. */
export async function isMember(organisationId: string, personId: string): Promise<boolean> {
  const { rows } = await db().raw(
    `select 1 from memberships where organisation_id = ? and person_id = ?::uuid
       and (ended_on is null or ended_on > current_date)`,
    [organisationId, personId],
  );
  return rows.length > 0;
}
