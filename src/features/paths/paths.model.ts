import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import { found } from '../../lib/guards';
import type { Language } from '../../lib/i18n';
import { refreshPathSearch } from '../courses/search-index.model';

/** Courses in an order, for people of one organisation. */
export interface LearningPath {
  id: string;
  organisation_id: string;
  slug: string;
  /** How many days before a completion ends the person is asked to renew it. */
  renewal_days: number;
  created_at: Date;
}

/** A course on a path. */
export interface PathStep {
  course_id: string;
  /** How long a completion is valid; null for good. */
  valid_months: number | null;
}

/** A path agreed with one person, or with all who are in a team. */
export interface PathAssignment {
  id: string;
  organisation_id: string;
  path_id: string;
  person_id: string | null;
  team_id: string | null;
  due_on: Day | null;
  assigned_by: string | null;
  assigned_at: Date;
}

export type PathTexts = Partial<Record<Language, { title: string; summary: string }>>;

/** SQL: assignments `a` of a person through themself or a team of today; bindings: organisation, person, organisation, person. */
export const ASSIGNED = `
  a.organisation_id = ? and (a.person_id = ? or a.team_id = any(array(select m.team_id from team_members m
    where m.organisation_id = ? and m.person_id = ? and m.joined_on <= current_date
      and (m.left_on is null or m.left_on > current_date))))`;
export const assignedBindings = ({ id, organisation_id }: { id: string; organisation_id: string }) => [
  ...[organisation_id, id],
  ...[organisation_id, id],
];

export function findPath(organisationId: string, slug: string): Promise<LearningPath | undefined> {
  return db().table('learning_paths').where({ organisation_id: organisationId, slug }).first();
}

export function selectPathSlugs(organisationId: string): Promise<string[]> {
  return db().table('learning_paths').where({ organisation_id: organisationId }).pluck('slug');
}

/** The address of the path: the given one, or that of the path made before by the same form. */
export async function insertPath(
  path: Pick<LearningPath, 'id' | 'organisation_id' | 'slug' | 'renewal_days'>,
): Promise<string> {
  const rows = await db().table('learning_paths').insert(path).onConflict('id').ignore().returning('slug');
  const { id, organisation_id } = path;
  const made = rows[0] ?? (await db().table('learning_paths').where({ id, organisation_id }).first('slug'));
  return found(made as { slug: string } | undefined).slug;
}

/** Writes the names of a path anew. */
export async function replacePathTexts(pathId: string, texts: PathTexts): Promise<void> {
  await db().table('learning_path_texts').where({ path_id: pathId }).delete();
  await db()
    .table('learning_path_texts')
    .insert(Object.entries(texts).map(([language, text]) => ({ path_id: pathId, language, ...text })));
  await refreshPathSearch([pathId]);
}

/** The courses of a new path as its steps, in the order given. */
export async function insertCourseSteps(
  { id, organisation_id }: Pick<LearningPath, 'id' | 'organisation_id'>,
  steps: readonly PathStep[],
): Promise<void> {
  const row = (step: PathStep, index: number) => ({
    ...{ organisation_id, path_id: id, kind: 'course', position: index + 1 },
    ...step,
  });
  if (steps.length > 0) await db().table('path_steps').insert(steps.map(row));
}

export async function setRenewalDays({ id, organisation_id }: LearningPath, renewal_days: number): Promise<void> {
  await db().table('learning_paths').where({ id, organisation_id }).update({ renewal_days });
}

export async function selectPathContent(pathId: string): Promise<{ texts: PathTexts; steps: PathStep[] }> {
  const texts = await db().table('learning_path_texts').where({ path_id: pathId });
  const steps = await db()
    .table('path_courses')
    .where({ path_id: pathId })
    .orderBy('position')
    .select('course_id', 'valid_months');
  return {
    texts: Object.fromEntries(texts.map(({ language, title, summary }) => [language, { title, summary }])),
    steps,
  };
}

/** The same target a second time gets the newer date; nobody has a path twice through the same assignment. */
export async function upsertAssignment(
  assignment: Pick<PathAssignment, 'organisation_id' | 'path_id' | 'person_id' | 'team_id' | 'due_on' | 'assigned_by'>,
): Promise<void> {
  await db()
    .table('path_assignments')
    .insert(assignment)
    .onConflict(['path_id', 'person_id', 'team_id'])
    .merge(['due_on', 'assigned_by']);
}

export function findAssignment(
  organisationId: string,
  pathId: string,
  assignmentId: string,
): Promise<PathAssignment | undefined> {
  return db()
    .table('path_assignments')
    .where({ organisation_id: organisationId, path_id: pathId, id: assignmentId })
    .first('*', db().raw("to_char(due_on, 'YYYY-MM-DD') as due_on"));
}

export async function deleteAssignment({ id, organisation_id }: PathAssignment): Promise<void> {
  await db().table('path_assignments').where({ id, organisation_id }).delete();
}

/** The teams in which the person is today. */
export async function selectTeamIdsOf(organisationId: string, personId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select team_id from team_members where organisation_id = ? and person_id = ? and joined_on <= current_date
       and (left_on is null or left_on > current_date)`,
    [organisationId, personId],
  );
  return rows.map((row: { team_id: string }) => row.team_id);
}
