import type { Day } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { freeSlug } from '../../lib/text';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteAssignment,
  insertPath,
  type LearningPath,
  type PathAssignment,
  type PathStep,
  type PathTexts,
  replacePathContent,
  selectPathSlugs,
  setRenewalDays,
  upsertAssignment,
} from './paths.model';

export interface PathContent {
  id: string;
  texts: PathTexts;
  steps: PathStep[];
  renewal_days: number;
}

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** An address of the feature itself; no path may stand in its way. */
const RESERVED = ['manage'];

/** Makes a path. The same form sent twice makes one. */
export function createPath(actor: Somebody, { id, texts, steps, renewal_days }: PathContent): Promise<void> {
  return atomically(async () => {
    const title = Object.values(texts)[0]?.title ?? '';
    const slug = freeSlug(title, [...RESERVED, ...(await selectPathSlugs(actor.organisation_id))], 'path');
    if (!(await insertPath({ id, organisation_id: actor.organisation_id, slug, renewal_days }))) return;
    await replacePathContent(id, texts, steps);
    await recordAudit(actor, 'path.created', { type: 'path', id }, { slug });
  });
}

/** Changes names and courses. What people have done on the path's courses stays. */
export function changePath(
  actor: Somebody,
  path: LearningPath,
  { texts, steps, renewal_days }: PathContent,
): Promise<void> {
  return atomically(async () => {
    await replacePathContent(path.id, texts, steps);
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
