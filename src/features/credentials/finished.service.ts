import { dayOf } from '../../lib/calendar';
import type { Actor } from '../organisations/organisations.model';
import { ownPaths, type ShownPath } from '../paths/own-paths.service';
import { type Finished, selectFinished } from './finished.queries';

/**
 * What the person has finished, the newest first; of one course and the paths with it when it is named. A path is finished when
 * all its courses are studied and nothing else that it asks of this person is open: tasks, events, a choice of several.
 */
export async function finishedOf(actor: Actor, courseId: string | null = null): Promise<Finished[]> {
  const all = await selectFinished(actor, courseId);
  if (!all.some(({ kind }) => kind === 'path')) return all;
  const paths = new Map((await ownPaths(actor)).map((path) => [path.id, path]));
  return all.flatMap((one): Finished[] => {
    if (one.kind === 'course') return [one];
    const path = paths.get(one.id);
    if (!path || path.steps.some(({ isNeeded }) => isNeeded)) return [];
    const on = [one.finished_on, ...otherDays(path)].toSorted().at(-1) as string;
    return [{ ...one, finished_on: on }];
  });
}

/** The days on which what is no course was done: what is required, and of a group as many as are enough, the first ones. */
function otherDays({ steps, groups }: ShownPath): string[] {
  // A talk or a test that comes again is no new finish of the path.
  const dated = steps.filter(({ kind, finished_at }) => !['course', 'talk', 'placement'].includes(kind) && finished_at);
  const days = (some: typeof dated) => some.map(({ finished_at }) => dayOf(finished_at as Date)).toSorted();
  return [
    ...days(dated.filter(({ is_required, group_key }) => is_required && group_key === null)),
    ...Object.entries(groups).flatMap(([key, needed]) =>
      days(dated.filter(({ group_key }) => group_key === Number(key))).slice(0, needed),
    ),
  ];
}
