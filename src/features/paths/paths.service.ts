import type { Day } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { freeSlug } from '../../lib/text';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteAssignment,
  insertCourseSteps,
  insertPath,
  type LearningPath,
  type PathAssignment,
  type PathStep,
  type PathTexts,
  replacePathTexts,
  selectPathSlugs,
  setRenewalDays,
  upsertAssignment,
} from './paths.model';
import { keepPathCourses } from './steps.model';

export interface PathContent {
  id: string;
  texts: PathTexts;
  steps: PathStep[];
  renewal_days: number;
}

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** An address of the feature itself; no path may stand in its way. */
const RESERVED = ['manage', 'supporter'];

/** Makes a path. The same form sent twice makes one. Returns its address; throws a 404 for an id that is in use elsewhere. */
export function createPath(actor: Somebody, { id, texts, steps, renewal_days }: PathContent): Promise<string> {
  return atomically(async () => {
    const { organisation_id } = actor;
    const title = Object.values(texts)[0]?.title ?? '';
    const free = freeSlug(title, [...RESERVED, ...(await selectPathSlugs(organisation_id))], 'path');
    const slug = await insertPath({ id, organisation_id, slug: free, renewal_days });
    if (slug !== free) return slug;
    await replacePathTexts(id, texts);
    await insertCourseSteps({ id, organisation_id }, steps);
    await keepPathCourses(id);
    await recordAudit(actor, 'path.created', { type: 'path', id }, { slug });
    return slug;
  });
}

/** Changes names and the days of renewal. Steps are changed one by one (steps.service). */
export function changePath(
  actor: Somebody,
  path: LearningPath,
  { texts, renewal_days }: Pick<PathContent, 'texts' | 'renewal_days'>,
): Promise<void> {
  return atomically(async () => {
    await replacePathTexts(path.id, texts);
    await setRenewalDays(path, renewal_days);
    await recordAudit(actor, 'path.changed', { type: 'path', id: path.id }, { slug: path.slug });
  });
}

export type Target = { team_id: string } | { person_id: string };

/** Agrees the path with a team or a person; a second time gives a new date. */
export function assignPath(actor: Somebody, path: LearningPath, target: Target, due_on: Day | null): Promise<void> {
  const to = { person_id: null, team_id: null, ...target };
  return atomically(async () => {
    await upsertAssignment({
      ...to,
      organisation_id: actor.organisation_id,
      path_id: path.id,
      due_on,
      assigned_by: actor.id,
    });
    await recordAudit(actor, 'path.assigned', { type: 'path', id: path.id }, { ...to, due_on });
  });
}

/** Takes an agreement back. What was learnt stays learnt. */
export function unassignPath(actor: Somebody, path: LearningPath, assignment: PathAssignment): Promise<void> {
  const { person_id, team_id } = assignment;
  return atomically(async () => {
    await deleteAssignment(assignment);
    await recordAudit(actor, 'path.unassigned', { type: 'path', id: path.id }, { person_id, team_id });
  });
}
