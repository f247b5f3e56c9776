import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { readManagedPaths, selectCourseChoices } from './manage.queries';
import { renderManaged } from './managed.page';
import { findPath, type LearningPath, type PathStep, selectPathContent } from './paths.model';
import { canEditPaths, pathAssigners, pathEditors, pathKeepers } from './paths.policy';
import { PathForm } from './paths.schema';
import { changePath, createPath } from './paths.service';

/** For those who agree on training: making paths, and agreeing on them with people and teams. */
export const managedPaths = new Routes('/paths/manage');

managedPaths.get('/', pathKeepers, async (req, res) => {
  const shown = {
    paths: await readManagedPaths(req.actor),
    canEdit: canEditPaths(req.actor),
    saved: req.query.saved,
    canAssign: pathAssigners.allows(req),
  };
  res.render('paths/manage', shown);
});

managedPaths.get('/new', pathEditors, (req, res) => renderForm(req, res, undefined, { id: randomUUID() }));

managedPaths.post('/new', pathEditors, async (req, res) => {
  const form = readForm(PathForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), undefined, form.values, form.errors);
  const slug = await createPath(req.actor, { ...form.value, steps: await choosable(req, form.value.steps) });
  res.redirect(303, `/paths/manage/${slug}/steps?saved=path`);
});

managedPaths.get('/:path', pathAssigners, async (req, res) => renderManaged(req, res, await load(req), {}));

managedPaths.get('/:path/edit', pathEditors, async (req, res) => {
  const path = await load(req);
  const { texts } = await selectPathContent(path.id);
  const named = Object.entries(texts).flatMap(([language, { title, summary }]) => [
    [`title_${language}`, title],
    [`summary_${language}`, summary],
  ]);
  const renewal = ['renewal_days', String(path.renewal_days)];
  await renderForm(req, res, path, Object.fromEntries([...named, renewal]));
});

managedPaths.post('/:path/edit', pathEditors, async (req, res) => {
  const path = await load(req);
  const form = readForm(PathForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), path, form.values, form.errors);
  await changePath(req.actor, path, form.value);
  res.redirect(303, `/paths/manage/${path.slug}/steps?saved=path`);
});

const load = async (req: Request): Promise<LearningPath> =>
  found(await findPath(req.actor.organisation_id, String(req.params.path)));

/** Only courses that the organisation may use; a made-up id is left out. */
async function choosable(req: Request, steps: PathStep[]): Promise<PathStep[]> {
  const known = new Set((await selectCourseChoices(req.actor)).map(({ id }) => id));
  return steps.filter(({ course_id }) => known.has(course_id));
}

async function renderForm(
  req: Request,
  res: Response,
  path: LearningPath | undefined,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
) {
  res.render('paths/form', { path, values, errors, courses: path ? [] : await selectCourseChoices(req.actor) });
}
