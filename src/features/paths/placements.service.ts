import { randomUUID } from 'node:crypto';
import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { insertMark } from './steps.model';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** What a placement test told of one competence. */
export interface Placed {
  competence_code: string;
  /** 0..8; null when too few answers were given to say. */
  level: number | null;
  right_answers: number;
  answers: number;
}

/** What the person's placement test has found so far, by competence. */
export function selectPlacements({ id, organisation_id }: Somebody, stepId: string): Promise<Placed[]> {
  return db()
    .table('path_placements')
    .where({ organisation_id, person_id: id, step_id: stepId })
    .orderBy('decided_at')
    .select('competence_code', 'level', 'right_answers', 'answers');
}

/**
 * Writes down what one part of a placement test found. Once all parts are there, steps whose every skill the person has at
 * the step's level are marked as known: they may be skipped and stay open. Call inside a transaction.
 */
export async function recordPlacement(actor: Somebody, stepId: string, placed: Placed): Promise<void> {
  const { id: person_id, organisation_id } = actor;
  await db()
    .table('path_placements')
    .insert({ organisation_id, person_id, step_id: stepId, ...placed })
    .onConflict(['organisation_id', 'person_id', 'step_id', 'competence_code'])
    .merge({ ...placed, decided_at: new Date() });
  const known = await selectKnownSteps(actor, stepId);
  await insertMark(
    actor,
    known.map(({ id }) => id),
    'placement',
  );
  for (const { id, counts } of known) if (counts) await countPlacement(actor, id);
}

/** The author lets the test count: as recognised, never as a completion of the course. */
async function countPlacement(actor: Somebody, stepId: string): Promise<void> {
  const { id: person_id, organisation_id } = actor;
  await insertMark(actor, [stepId], 'recognised');
  const whose = { organisation_id, person_id, step_id: stepId, kind: 'placement', state: 'counted' };
  if (await db().table('path_recognitions').where(whose).first('id')) return;
  await db()
    .table('path_recognitions')
    .insert({ id: randomUUID(), ...whose, decided_at: new Date() });
}

/**
 * Steps after a finished test whose skills were all asked about and are at the level that the step leads to, to the nearest
 * whole level: a test of a few questions does not tell more exactly.
 */
async function selectKnownSteps(
  { id, organisation_id }: Somebody,
  stepId: string,
): Promise<{ id: string; counts: boolean }[]> {
  const { rows } = await db().raw(
    `with test as (select s.* from path_steps s where s.organisation_id = ? and s.id = ? and not exists (
       select from unnest(s.competence_codes) as c(code) where not exists (select from path_placements r
         where r.organisation_id = s.organisation_id and r.person_id = ? and r.step_id = s.id and r.competence_code = c.code))),
     taught as (
       select s.id, k.competence_code, k.to_level as level from path_steps s join test on test.path_id = s.path_id
       join course_competences k on k.course_id = s.course_id where s.removed_at is null
       union all
       select s.id, k.competence_code, coalesce(l.level, 1) from path_steps s join test on test.path_id = s.path_id
       join lessons l on l.id = s.lesson_id join lesson_competences k on k.lesson_id = l.id where s.removed_at is null)
     select t.id, test.placement_counts as counts from taught t cross join test
     left join path_placements r on r.organisation_id = test.organisation_id and r.person_id = ? and r.step_id = test.id
       and r.competence_code = t.competence_code
     group by t.id, test.placement_counts having bool_and(coalesce(floor(r.level + 0.5) >= t.level, false))`,
    [organisation_id, stepId, id, id],
  );
  return rows;
}

/** A course of the catalogue that leads up to a path. */
export interface Rung {
  slug: string;
  title: string;
  minutes: number;
}

/**
 * For a beginner: courses of the same skills that start lower than the path does, the easiest first, when the placement test
 * found that the path starts above the person's level. None for others.
 */
export async function ladderUpTo(actor: Actor, pathId: string): Promise<Rung[]> {
  const { rows } = await db().raw(
    `with placed as (select r.competence_code as code, coalesce(max(r.level), 0) as level from path_placements r
       join path_steps s on s.id = r.step_id and s.path_id = ? where r.organisation_id = ? and r.person_id = ? group by 1),
     begins as (select k.competence_code as code, min(k.from_level) as level from path_steps s
       join course_competences k on k.course_id = s.course_id where s.path_id = ? and s.removed_at is null group by 1)
     select * from (select distinct on (v.id) v.slug, v.minutes, k.from_level,
         (select x.title from course_texts x where x.course_id = v.id order by array_position(?::text[], x.language) limit 1) as title
       from placed p join begins b on b.code = p.code and b.level > floor(p.level + 0.5)
       join course_competences k on k.competence_code = p.code and k.from_level < b.level and k.to_level > floor(p.level)
       join (${VISIBLE_COURSES} ${OWN_FIRST}) v on v.id = k.course_id
       where not exists (select from path_steps s where s.path_id = ? and s.course_id = v.id and s.removed_at is null)
         and not exists (select from enrolments e where e.organisation_id = ? and e.person_id = ? and e.course_id = v.id
           and e.completed_at is not null)
       order by v.id, k.from_level) rungs order by from_level, title limit 4`,
    [
      ...[pathId, actor.organisation_id, actor.id, pathId, contentLanguages(actor.content_language)],
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      ...[pathId, actor.organisation_id, actor.id],
    ] as never,
  );
  return rows;
}

/** The address of the placement test of which a practice session is part; undefined when it is part of none, or it is gone. */
export async function placementAddress(organisationId: string, stepId: string | null): Promise<string | undefined> {
  if (!stepId) return undefined;
  const { rows } = await db().raw(
    `select '/paths/' || lp.slug || '/placement/' || s.id as address from path_steps s join learning_paths lp on lp.id = s.path_id
     where s.organisation_id = ? and s.id = ? and s.removed_at is null`,
    [organisationId, stepId],
  );
  return rows[0]?.address;
}
