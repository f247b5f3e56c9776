import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { refreshPathSearch } from '../courses/search-index.model';
import type { LearningPath } from './paths.model';
import type { Condition, StepKind } from './step-states';

/** A step of a path as it stands in the database. */
export interface PathStepRow {
  id: string;
  organisation_id: string;
  path_id: string;
  position: number;
  kind: StepKind;
  course_id: string | null;
  lesson_id: string | null;
  competence_codes: string[];
  link: string;
  is_required: boolean;
  group_key: number | null;
  valid_months: number | null;
  placement_counts: boolean;
  removed_at: Date | null;
}

export type StepTexts = Partial<Record<Language, { title: string; about: string }>>;
export type NewStep = Pick<PathStepRow, 'id' | 'kind'> &
  Partial<Pick<PathStepRow, 'course_id' | 'lesson_id' | 'competence_codes' | 'link' | 'valid_months'>>;
export type NewCondition = Partial<Condition> & Pick<Condition, 'kind'>;
export type StepRules = Pick<PathStepRow, 'is_required' | 'group_key' | 'valid_months' | 'placement_counts'>;

const steps = () => db().table('path_steps');

/** Takes the path for this transaction, so that two who build it at once do so one after the other. */
export async function lockPath({ organisation_id, id }: Pick<LearningPath, 'organisation_id' | 'id'>): Promise<void> {
  await db().raw('select 1 from learning_paths where organisation_id = ? and id = ? for update', [organisation_id, id]);
}

export function findStep(organisationId: string, pathId: string, stepId: string): Promise<PathStepRow | undefined> {
  return steps().where({ organisation_id: organisationId, path_id: pathId, id: stepId }).first();
}

/** False when the step was added before: a form sent twice adds one. A new step is the last. */
export async function insertStep(path: LearningPath, step: NewStep): Promise<boolean> {
  const { rows } = await db().raw(
    `insert into path_steps (id, organisation_id, path_id, position, kind, course_id, lesson_id, competence_codes, link,
       valid_months)
     select ?, ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ?::text[], ?, ? from path_steps where path_id = ?
     on conflict (id) do nothing returning id`,
    [
      ...[step.id, path.organisation_id, path.id, step.kind, step.course_id ?? null, step.lesson_id ?? null],
      ...[step.competence_codes ?? [], step.link ?? '', step.valid_months ?? null, path.id],
    ] as never,
  );
  return rows.length > 0;
}

export async function putStepTexts(stepId: string, texts: StepTexts): Promise<void> {
  await db().table('path_step_texts').where({ step_id: stepId }).delete();
  const rows = Object.entries(texts).map(([language, text]) => ({ step_id: stepId, language, ...text }));
  if (rows.length > 0) await db().table('path_step_texts').insert(rows);
}

/** Whether the course or the lesson is a step of the path already. */
export async function isOnPath(pathId: string, what: { course_id: string } | { lesson_id: string }): Promise<boolean> {
  return (
    (await steps()
      .where({ path_id: pathId, removed_at: null, ...what })
      .first('id')) !== undefined
  );
}

export async function setStepRules({ id, organisation_id }: PathStepRow, rules: StepRules): Promise<void> {
  await steps().where({ id, organisation_id }).update(rules);
}

export async function setStepRemoved({ id, organisation_id }: PathStepRow, removed_at: Date | null): Promise<void> {
  await steps().where({ id, organisation_id }).update({ removed_at });
}

/** Changes places with the step before or after it; nothing happens at the end of the path. */
export async function swapStep(step: PathStepRow, direction: 'up' | 'down'): Promise<void> {
  await db().raw(
    `with other as (
       select id, position from path_steps where path_id = ? and removed_at is null
         and case when ? then position < ? else position > ? end
       order by case when ? then -position else position end limit 1)
     update path_steps s set position = case when s.id = o.id then ? else o.position end
     from other o where s.id in (o.id, ?::uuid)`,
    [
      ...[step.path_id, direction === 'up', step.position, step.position],
      ...[direction === 'up', step.position, step.id],
    ] as never,
  );
}

export async function insertCondition(stepId: string, condition: NewCondition): Promise<void> {
  await db()
    .table('path_conditions')
    .insert({ step_id: stepId, ...condition });
}

export async function deleteCondition(stepId: string, conditionId: string): Promise<void> {
  await db().table('path_conditions').where({ step_id: stepId, id: conditionId }).delete();
}

export async function putGroup(pathId: string, groupKey: number, needed: number): Promise<void> {
  await db()
    .table('path_groups')
    .insert({ path_id: pathId, group_key: groupKey, needed })
    .onConflict(['path_id', 'group_key'])
    .merge();
}

/**
 * Keeps path_courses, which reports count: the courses that everyone on the path needs. Optional ones, those of a group and
 * those of only some people are not among them.
 */
export async function keepPathCourses(pathId: string): Promise<void> {
  await db().table('path_courses').where({ path_id: pathId }).delete();
  await db().raw(
    `insert into path_courses (path_id, course_id, position, valid_months)
     select path_id, course_id, row_number() over (order by position), valid_months from path_steps s
     where path_id = ? and kind = 'course' and removed_at is null and is_required and group_key is null
       and not exists (select from path_conditions c where c.step_id = s.id
         and c.kind in ('went_well', 'went_less', 'team', 'role', 'relation', 'profile'))`,
    [pathId],
  );
  await refreshPathSearch([pathId]);
}

/** Who said that a step is done: the person, a test, somebody who judged earlier learning, or who saw them at its event. */
export type StepMark = 'self' | 'placement' | 'recognised' | 'attended';

/** Marks a step for the person; a second time changes nothing. */
export async function insertMark(
  { id, organisation_id }: { id: string; organisation_id: string },
  stepIds: readonly string[],
  how: StepMark,
): Promise<void> {
  if (stepIds.length === 0) return;
  const rows = stepIds.map((step_id) => ({ organisation_id, person_id: id, step_id, how }));
  await db().table('path_step_marks').insert(rows).onConflict().ignore();
}

/** Takes back one mark of the person; what else marked the step stays. */
export async function deleteMark(
  { id, organisation_id }: { id: string; organisation_id: string },
  stepId: string,
  how: StepMark,
): Promise<void> {
  await db().table('path_step_marks').where({ organisation_id, person_id: id, step_id: stepId, how }).delete();
}
