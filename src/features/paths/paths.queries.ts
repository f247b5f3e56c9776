import type { Knex } from 'knex';
import type { Day } from '../../lib/calendar';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { SkillEstimate } from '../skills/observations.model';
import { ASSIGNED, assignedBindings } from './paths.model';
import type { Finish, StepKind } from './step-states';
import { CONDITIONS, type ShownCondition } from './steps.queries';

/** A path as one person sees it. */
export interface OwnPath {
  id: string;
  slug: string;
  language: Language;
  title: string;
  summary: string;
  /** Agreed with this person or a team of theirs. */
  is_assigned: boolean;
  /** The nearest day agreed. */
  due_on: Day | null;
  teams: string[];
  groups: Record<string, number>;
}

/** A step as one person sees it. */
export interface OwnStep {
  id: string;
  path_id: string;
  kind: StepKind;
  is_required: boolean;
  group_key: number | null;
  placement_counts: boolean;
  competence_codes: string[];
  link: string;
  title: string;
  about: string;
  language: Language | null;
  /** Of the course, or of the lesson's course. */
  course: string | null;
  lesson: string | null;
  /** Of a lesson's course: "Questions" alone tells little. */
  course_title: string | null;
  lesson_kind: string | null;
  minutes: number | null;
  /** What the course or the lesson teaches, with the level it leads to. */
  teaches: { code: string; from_level: number; to_level: number }[];
  conditions: ShownCondition[];
  started: boolean;
  finish: Finish | null;
  finished_at: Date | null;
  /** The learner's own mark: it may be taken back. */
  is_own_mark: boolean;
  result: number | null;
}

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** The paths of the organisation as the person sees them, or the one of `slug`; their steps, and what is known of the person's skills. */
export async function readOwnPaths(actor: Actor, slug: string | null) {
  const [paths, steps, levels] = await together(
    selectPaths(actor, slug),
    selectSteps(actor, slug),
    db()('skill_estimates')
      .where({ organisation_id: actor.organisation_id, person_id: actor.id })
      .select<SkillEstimate[]>('*'),
  );
  return { paths: paths.rows, steps: steps.rows, levels };
}

function selectPaths(actor: Actor, slug: string | null): Rows<OwnPath> {
  return db().raw(
    `select lp.id, lp.slug, t.language, t.title, t.summary,
       d.path_id is not null as is_assigned, to_char(d.due_on, 'YYYY-MM-DD') as due_on,
       array(select m.team_id from team_members m where m.organisation_id = ? and m.person_id = ?
         and m.joined_on <= current_date and (m.left_on is null or m.left_on > current_date)) as teams,
       (select coalesce(jsonb_object_agg(g.group_key, g.needed), '{}') from path_groups g where g.path_id = lp.id) as groups
     from learning_paths lp
     cross join lateral (select x.language, x.title, x.summary from learning_path_texts x where x.path_id = lp.id
       order by array_position(?::text[], x.language) limit 1) t
     left join (select a.path_id, min(a.due_on) as due_on from path_assignments a where ${ASSIGNED} group by 1) d
       on d.path_id = lp.id
     where lp.organisation_id = ? and (?::text is null or lp.slug = ?)
     order by d.path_id is null, d.due_on nulls last, lp.created_at, lp.id`,
    [
      ...[actor.organisation_id, actor.id, contentLanguages(actor.content_language)],
      ...assignedBindings(actor),
      ...[actor.organisation_id, slug, slug],
    ] as never,
  );
}

/** SQL: the best share of right answers that the person has of a quiz; bindings: organisation, person. */
const BEST = `select max(a.points / nullif(a.points_possible, 0)) from quiz_attempts a
  where a.organisation_id = ? and a.person_id = ? and a.submitted_at is not null and a.quiz_id`;

/**
 * Courses and lessons that the person may not open (taken back, or for another audience) are left out: a path has no dead ends.
 * A task is done when it was judged; a talk, when one was held within a year.
 */
function selectSteps(actor: Actor, slug: string | null): Rows<OwnStep> {
  const languages = contentLanguages(actor.content_language);
  const me = [actor.organisation_id, actor.id];
  return db().raw(
    `with visible as (${VISIBLE_COURSES} ${OWN_FIRST})
     select s.id, s.path_id, s.kind, s.is_required, s.group_key, s.placement_counts, s.competence_codes, s.link,
       coalesce(own.title, lt.title, ct.title, '') as title, coalesce(own.about, '') as about,
       coalesce(own.language, lt.language, ct.language) as language, v.slug as course, l.slug as lesson, lc.title as course_title,
       l.kind as lesson_kind, case when s.kind = 'course' then v.minutes else l.minutes end as minutes,
       coalesce(case s.kind
         when 'course' then (select jsonb_agg(jsonb_build_object('code', k.competence_code, 'from_level', k.from_level,
           'to_level', k.to_level)) from course_competences k where k.course_id = v.id)
         when 'lesson' then (select jsonb_agg(jsonb_build_object('code', k.competence_code, 'from_level', coalesce(l.level, 1),
           'to_level', coalesce(l.level, 1))) from lesson_competences k where k.lesson_id = l.id) end, '[]') as teaches,
       ${CONDITIONS} as conditions,
       coalesce(e.started_at, p.opened_at) is not null as started,
       case when coalesce(e.completed_at, p.completed_at, k.self_at, done.at) is not null then 'done'
         when k.recognised_at is not null then 'recognised'
         when k.placement_at is not null then 'can' end as finish,
       coalesce(e.completed_at, p.completed_at, k.self_at, done.at, k.recognised_at, k.placement_at) as finished_at,
       k.self_at is not null as is_own_mark,
       (case when l.quiz_id is not null then (${BEST} = l.quiz_id)
         when s.kind = 'course' then (select avg(best.share) from lessons q
           cross join lateral (select (${BEST} = q.quiz_id) as share) best
           where q.course_id = v.id and q.quiz_id is not null and best.share is not null and e.completed_at is not null)
         when s.kind = 'placement' then done.share end)::float8 as result
     from learning_paths lp
     join path_steps s on s.path_id = lp.id and s.removed_at is null
     left join lessons l on l.id = s.lesson_id and l.published_at is not null
       and (l.audience = '{}' or l.audience && ?::text[])
     left join visible v on v.id = coalesce(s.course_id, l.course_id)
     left join lateral (select x.title, x.about, x.language from path_step_texts x where x.step_id = s.id
       order by array_position(?::text[], x.language) limit 1) own on true
     left join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) lt on true
     left join lateral (select x.title, x.language from course_texts x where x.course_id = s.course_id
       order by array_position(?::text[], x.language) limit 1) ct on true
     left join lateral (select x.title from course_texts x where x.course_id = l.course_id
       order by array_position(?::text[], x.language) limit 1) lc on true
     left join enrolments e on s.kind = 'course' and e.course_id = v.id and e.organisation_id = ? and e.person_id = ?
     left join lesson_progress p on p.lesson_id = l.id and p.organisation_id = ? and p.person_id = ?
     left join lateral (select min(m.marked_at) filter (where m.how = 'self') as self_at,
         min(m.marked_at) filter (where m.how = 'placement') as placement_at,
         min(m.marked_at) filter (where m.how in ('recognised', 'attended')) as recognised_at
       from path_step_marks m where m.organisation_id = ? and m.person_id = ? and m.step_id = s.id) k on true
     left join lateral (
       select min(b.sent_at) as at, null::float8 as share from submissions b
       where s.kind = 'task' and b.organisation_id = ? and b.person_id = ? and b.kind = 'task'
         and b.state in ('judged', 'taken', 'left') and (s.competence_codes = '{}' or exists (
           select from submission_skills y where y.submission_id = b.id and y.competence_code = any(s.competence_codes)))
       having count(*) > 0
       union all
       select max(w.held_at), null from talks w where s.kind = 'talk' and w.organisation_id = ? and w.person_id = ?
         and w.held_at > now() - interval '1 year' having count(*) > 0
       union all
       select case when count(*) = cardinality(s.competence_codes) then max(r.decided_at) end,
         sum(r.right_answers)::float8 / nullif(sum(r.answers), 0)
       from path_placements r where s.kind = 'placement' and r.organisation_id = ? and r.person_id = ? and r.step_id = s.id
       having count(*) > 0) done on true
     where lp.organisation_id = ? and (?::text is null or lp.slug = ?)
       and (s.kind not in ('course', 'lesson') or v.id is not null)
       and (s.kind <> 'lesson' or l.id is not null)
     order by lp.id, s.position, s.id`,
    [
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      ...[...me, ...me],
      ...[audiencesOf(actor), languages, languages, languages, languages],
      ...Array(6).fill(me).flat(),
      ...[actor.organisation_id, slug, slug],
    ] as never,
  );
}
