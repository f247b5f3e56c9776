import type { Knex } from 'knex';
import type { Day } from '../../lib/calendar';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { type LessonKind, OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf, isAdministrator } from '../organisations/organisations.policy';
import { ASSIGNED, assignedBindings } from '../paths/paths.model';
import { type LastPlace, selectLastPlace } from '../progress/recap.queries';
import { type NewestSkill, newestEstimates, tellNewest } from '../skills/newest-skills.queries';
import { type PathStep, selectOwnPath } from '../targets/personal-paths.model';

export interface HomeStop {
  id: string;
  slug: string;
  kind: LessonKind;
  minutes: number;
  title: string;
  language: Language;
  spot: string;
  completed_at: string | null;
}

/** The course that the person was in last and has not completed. */
export interface CurrentCourse {
  slug: string;
  title: string;
  language: Language;
  last_lesson_id: string | null;
  stops: HomeStop[];
}

/** The next course of the path that was agreed with the person and is due first. */
export interface AgreedCourse {
  slug: string;
  title: string;
  language: Language;
  minutes: number;
  started_at: Date | null;
  path_slug: string;
  path_title: string;
  due_on: Day | null;
}

/** What waits for the person in the roles they have; numbers are zero for roles they do not have. */
export interface RoleTasks {
  help_waiting: number;
  first_asker: string | null;
  /** The team of all who wait, when they are of one team. */
  help_team: string | null;
  /** Work and badges that somebody asked the person to look at. */
  to_judge: number;
  /** Lessons that the person was asked to try, or is trying. */
  to_try: number;
  to_sign: number;
  sign_title: string | null;
  sign_id: string | null;
  draft_title: string | null;
  draft_id: string | null;
  people: number;
  teams_alone: number;
  team_alone: string | null;
}

export interface Home {
  /** Where the person was, for telling it to one who comes back. */
  last: LastPlace | undefined;
  current: CurrentCourse | undefined;
  agreed: AgreedCourse | undefined;
  skills: NewestSkill[];
  tasks: RoleTasks | undefined;
  /** The steps of a path of the person's own; none when they have none. */
  ownPath: PathStep[];
}

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** Everything on the front page, in one flight whatever the roles. */
export async function readHome(actor: Actor): Promise<Home> {
  const [last, current, agreed, estimates, tasks, ownPath] = await together(
    selectLastPlace(actor),
    selectCurrent(actor),
    selectAgreed(actor),
    newestEstimates(actor, 2),
    selectTasks(actor),
    selectOwnPath(actor),
  );
  return {
    last: last.rows[0],
    current: current.rows[0],
    agreed: agreed.rows[0],
    skills: await tellNewest(actor, estimates),
    tasks: tasks.rows[0],
    ownPath: ownPath.rows,
  };
}

const visible = (actor: Actor) => [actor.organisation_id, actor.organisation_id, actor.organisation_id];

function selectCurrent(actor: Actor): Rows<CurrentCourse> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `select v.slug, ct.title, ct.language, e.last_lesson_id,
       coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'slug', l.slug, 'kind', l.kind, 'minutes', l.minutes,
           'title', t.title, 'language', t.language, 'spot', coalesce(p.spot, ''), 'completed_at', p.completed_at)
           order by l.position, l.id)
         from lessons l
         cross join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
           order by array_position(?::text[], x.language) limit 1) t
         left join lesson_progress p on p.lesson_id = l.id and p.organisation_id = e.organisation_id
           and p.person_id = e.person_id
         where l.course_id = v.id and l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])),
         '[]') as stops
     from enrolments e
     join (${VISIBLE_COURSES} ${OWN_FIRST}) v on v.id = e.course_id
     cross join lateral (select x.title, x.language from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) ct
     where e.organisation_id = ? and e.person_id = ? and e.completed_at is null
     order by e.last_seen_at desc limit 1`,
    [languages, audiencesOf(actor), ...visible(actor), languages, actor.organisation_id, actor.id] as never,
  );
}

function selectAgreed(actor: Actor): Rows<AgreedCourse> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `select v.slug, ct.title, ct.language, v.minutes, e.started_at, lp.slug as path_slug, pt.title as path_title,
       to_char(d.due_on, 'YYYY-MM-DD') as due_on
     from (select a.path_id, min(a.due_on) as due_on from path_assignments a where ${ASSIGNED} group by 1) d
     join learning_paths lp on lp.id = d.path_id
     join path_courses pc on pc.path_id = lp.id
     join (${VISIBLE_COURSES} ${OWN_FIRST}) v on v.id = pc.course_id
     cross join lateral (select x.title, x.language from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) ct
     cross join lateral (select x.title from learning_path_texts x where x.path_id = lp.id
       order by array_position(?::text[], x.language) limit 1) pt
     left join enrolments e on e.course_id = v.id and e.organisation_id = ? and e.person_id = ?
     where e.completed_at is null
     order by d.due_on nulls last, lp.created_at, lp.id, pc.position limit 1`,
    [
      ...assignedBindings(actor),
      ...visible(actor),
      ...[languages, languages, actor.organisation_id, actor.id],
    ] as never,
  );
}

/** One row; a role that the actor lacks costs nothing, because its condition is false before any table is read. */
function selectTasks(actor: Actor): Rows<RoleTasks> {
  const has = (role: 'expert' | 'reviewer' | 'author') => actor.roles.includes(role);
  return db().raw(
    `with help as (
       select h.id, h.asked_at, p.name from help_requests h join people p on p.id = h.person_id
       where cardinality(cast(:teams as uuid[])) > 0 and h.organisation_id = :organisation and h.answered_at is null
         and h.to_person_id is null and h.person_id <> :person and exists (select from team_members m where m.organisation_id = :organisation
           and m.person_id = h.person_id and m.team_id = any(cast(:teams as uuid[])) and m.joined_on <= current_date
           and (m.left_on is null or m.left_on > current_date))),
     asking as (
       select distinct m.team_id::text as id from help join help_requests h using (id)
       join team_members m on m.organisation_id = :organisation and m.person_id = h.person_id
         and m.team_id = any(cast(:teams as uuid[])) and m.joined_on <= current_date
         and (m.left_on is null or m.left_on > current_date)),
     signing as (
       select d.id, d.submitted_at, d.content->'title'->>(d.content->>'original') as title from lesson_drafts d
       where (:expert or :reviewer) and d.organisation_id = :organisation and d.state = 'in_review'
         and not exists (select from draft_signatures s where s.draft_id = d.id and s.draft_version = d.version
           and s.person_id = :person)
         and ((:expert and not exists (select from draft_signatures s where s.draft_id = d.id
             and s.draft_version = d.version and s.kind = 'true_to_life'))
           or (:reviewer and not exists (select from draft_signatures s where s.draft_id = d.id
             and s.draft_version = d.version and s.kind = 'correct_and_safe')))),
     writing as (
       select d.id, d.content->'title'->>(d.content->>'original') as title from lesson_drafts d
       where :author and d.organisation_id = :organisation and d.state = 'writing' and d.author_id = :person
       order by d.updated_at desc limit 1),
     alone as (
       select t.name from teams t where :administrator and t.organisation_id = :organisation and not exists (
         select from team_supervisors s where s.team_id = t.id and (s.ends_on is null or s.ends_on >= current_date))
       order by t.name)
     select (select count(*)::int from help) as help_waiting, (select name from help order by asked_at limit 1) as first_asker,
       (select min(id) from asking having count(*) = 1) as help_team,
       case when :reviewer or cardinality(cast(:teams as uuid[])) > 0 then
         (select count(*)::int from submissions where organisation_id = :organisation and judge_id = :person
         and state in ('sent', 'looking')) + (select count(*)::int from badges where organisation_id = :organisation
         and judge_id = :person and state = 'asked') else 0 end as to_judge,
       (select count(*)::int from field_testers y join field_tests f on f.id = y.test_id and f.closed_at is null
         where y.organisation_id = :organisation and y.person_id = :person and y.state in ('invited', 'accepted')) as to_try,
       (select count(*)::int from signing) as to_sign, (select title from signing order by submitted_at limit 1) as sign_title,
       (select id from signing order by submitted_at limit 1) as sign_id,
       (select title from writing) as draft_title, (select id from writing) as draft_id,
       (select case when :administrator then (select count(*)::int from (select 1 from memberships m
         where m.organisation_id = :organisation limit 2) few) else 0 end) as people,
       (select count(*)::int from alone) as teams_alone, (select name from alone limit 1) as team_alone`,
    {
      organisation: actor.organisation_id,
      person: actor.id,
      teams: actor.supervised_teams,
      expert: has('expert'),
      reviewer: has('reviewer'),
      author: has('author') || has('expert'),
      administrator: isAdministrator(actor),
    } as never,
  );
}
