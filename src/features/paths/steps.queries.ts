import type { Knex } from 'knex';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import type { Wired } from './dead-ends';
import type { LearningPath } from './paths.model';
import type { Condition } from './step-states';
import type { PathStepRow, StepTexts } from './steps.model';

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** A condition with the words that it needs. */
export type ShownCondition = Condition & { id: string; team: string | null };

/** A step as the one who builds the path sees it. */
export interface BuiltStep
  extends Omit<PathStepRow, 'removed_at'>,
    Omit<Wired, 'conditions' | 'id' | 'kind' | 'group_key'> {
  /** In the reader's language: the course's, the lesson's or its own name. */
  title: string;
  language: Language | null;
  course: string | null;
  texts: StepTexts;
  conditions: ShownCondition[];
}

export interface Choice {
  value: string;
  text: string;
  group?: string;
}

/** SQL: the conditions of step `s`, oldest first, as json. */
export const CONDITIONS = `(select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind,
    'other_step_id', k.other_step_id, 'share', k.share, 'competence_code', k.competence_code, 'level', k.level,
    'team_id', k.team_id, 'team', (select tm.name from teams tm where tm.id = k.team_id), 'code', k.code, 'day', k.day)
    order by k.id), '[]')
  from path_conditions k where k.step_id = s.id)`;

/** The steps of a path in order, and how many of each group are enough. */
export async function readWiring(path: LearningPath) {
  const { rows } = await selectBuiltSteps(path, 'fi');
  const groups = await selectGroups(path.id);
  return { steps: rows, groups: new Map(groups.map(({ group_key, needed }) => [group_key, needed])) };
}

export const selectGroups = (pathId: string): Promise<{ group_key: number; needed: number }[]> =>
  db().table('path_groups').where({ path_id: pathId }).select('group_key', 'needed');

function selectBuiltSteps(path: LearningPath, language: Language): Rows<BuiltStep> {
  const languages = contentLanguages(language);
  return db().raw(
    `select s.*, coalesce(l.kind = 'quiz' or s.kind = 'placement', false)
         or exists (select from lessons q where q.course_id = s.course_id and q.kind = 'quiz') as "hasResult",
       z.attempts_allowed, coalesce(own.title, lt.title, ct.title, '') as title, coalesce(own.language, lt.language, ct.language)
         as language, lc.title as course,
       (select coalesce(jsonb_object_agg(x.language, jsonb_build_object('title', x.title, 'about', x.about)), '{}')
        from path_step_texts x where x.step_id = s.id) as texts,
       ${CONDITIONS} as conditions
     from path_steps s
     left join lessons l on l.id = s.lesson_id
     left join quizzes z on z.id = l.quiz_id
     left join lateral (select x.title, x.language from path_step_texts x where x.step_id = s.id
       order by array_position(?::text[], x.language) limit 1) own on true
     left join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) lt on true
     left join lateral (select x.title, x.language from course_texts x where x.course_id = s.course_id
       order by array_position(?::text[], x.language) limit 1) ct on true
     left join lateral (select x.title from course_texts x where x.course_id = l.course_id
       order by array_position(?::text[], x.language) limit 1) lc on true
     where s.organisation_id = ? and s.path_id = ? and s.removed_at is null order by s.position, s.id`,
    [...Array(4).fill(languages), path.organisation_id, path.id] as never,
  );
}

/** All that the page of building a path shows, in one flight. */
export async function readBuilding(actor: Actor, path: LearningPath) {
  const [steps, groups, courses, lessons, teams] = await together(
    selectBuiltSteps(path, actor.language),
    db().table('path_groups').where({ path_id: path.id }).select<{ group_key: number; needed: number }[]>('*'),
    selectCourses(actor),
    selectLessons(actor),
    db()
      .table('teams')
      .where({ organisation_id: actor.organisation_id })
      .orderBy('name')
      .select<{ id: string; name: string }[]>('id', 'name'),
  );
  return {
    steps: steps.rows,
    groups: new Map(groups.map(({ group_key, needed }) => [group_key, needed])),
    courses: courses.rows,
    lessons: lessons.rows,
    teams,
  };
}

const visible = ({ organisation_id }: Actor) => [organisation_id, organisation_id, organisation_id];

function selectCourses(actor: Actor): Rows<Choice> {
  return db().raw(
    `select v.id as value, t.title as text from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     cross join lateral (select x.title from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) t order by t.title, v.id`,
    [...visible(actor), contentLanguages(actor.language)] as never,
  );
}

/** So many lessons fit a list to choose from. */
const MOST_LESSONS = 500;

function selectLessons(actor: Actor): Rows<Choice> {
  const languages = contentLanguages(actor.language);
  return db().raw(
    `select l.id as value, t.title as text, ct.title as group from (${VISIBLE_COURSES} ${OWN_FIRST}) v
     join lessons l on l.course_id = v.id and l.published_at is not null
     cross join lateral (select x.title from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     cross join lateral (select x.title from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) ct
     order by ct.title, v.id, l.position, l.id limit ${MOST_LESSONS}`,
    [...visible(actor), languages, languages] as never,
  );
}
