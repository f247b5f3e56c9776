import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { findTeam } from '../organisations/teams.model';
import {
  findMemberByUsername,
  isMember,
  MOST_CHOICES,
  PEOPLE_PER_PAGE,
  readManagedPath,
  readManagedPaths,
  selectCourseChoices,
} from './manage.queries';
import {
  findAssignment,
  findPath,
  type LearningPath,
  type PathStep,
  selectPathContent,
  selectTeamIdsOf,
} from './paths.model';
import { canAssignTo, canEditPaths, pathAssigners, pathEditors, pathKeepers } from './paths.policy';
import { AssignForm, PathForm } from './paths.schema';
import { assignPath, changePath, createPath, type Target, unassignPath } from './paths.service';

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

managedPaths.post('/:path/assignments', pathAssigners, async (req, res) => {
  const path = await load(req);
  const form = readForm(AssignForm, req.body);
  if (!form.ok) return renderManaged(req, res.status(422), path, form.values, form.errors);
  const target = await chosenTarget(req, form.value.who, form.value.username);
  if (!target) {
    const errors = { [form.value.who ? 'who' : 'username']: 'paths.who.unknown' };
    return renderManaged(req, res.status(422), path, req.body, errors);
  }
  await assignPath(req.actor, path, target, form.value.due_on);
  res.redirect(303, `/paths/manage/${path.slug}?saved=assigned`);
});

managedPaths.post('/:path/assignments/:assignment/remove', pathAssigners, async (req, res) => {
  const path = await load(req);
  const id = String(req.params.assignment);
  const assignment = await findAssignment(req.actor.organisation_id, path.id, id);
  // Pressed twice, or from another device: it is already as wished.
  if (assignment) {
    authorize(await mayAssign(req, toTarget(assignment)));
    await unassignPath(req.actor, path, assignment);
  }
  res.redirect(303, `/paths/manage/${path.slug}?saved=removed`);
});

const load = async (req: Request): Promise<LearningPath> =>
  found(await findPath(req.actor.organisation_id, String(req.params.path)));

const toTarget = ({ team_id, person_id }: { team_id: string | null; person_id: string | null }): Target =>
  team_id ? { team_id } : { person_id: person_id ?? '' };

/** The team or the person, when they are of this organisation and within what the actor may agree on. */
async function chosenTarget(req: Request, who: Target | undefined, username: string): Promise<Target | undefined> {
  const named = who ? undefined : await findMemberByUsername(req.actor.organisation_id, username);
  const target = who ?? (named === undefined ? undefined : { person_id: named });
  if (!target) return undefined;
  const { organisation_id } = req.actor;
  const isOurs =
    'team_id' in target
      ? (await findTeam(organisation_id, target.team_id)) !== undefined
      : await isMember(organisation_id, target.person_id);
  if (!isOurs) return undefined;
  return (await mayAssign(req, target)) ? target : undefined;
}

async function mayAssign(req: Request, target: Target): Promise<boolean> {
  if ('team_id' in target) return canAssignTo(req.actor, target);
  const personTeams = await selectTeamIdsOf(req.actor.organisation_id, target.person_id);
  return canAssignTo(req.actor, { ...target, personTeams });
}

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

async function renderManaged(
  req: Request,
  res: Response,
  path: LearningPath,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
) {
  const page = Math.max(1, Math.trunc(Number(req.query.page)) || 1);
  const { texts, steps } = await selectPathContent(path.id);
  const shown = await readManagedPath(req.actor, path.id, Math.min(page, 100_000));
  res.render('paths/managed', {
    ...shown,
    ...{ path, values, errors, page, saved: req.query.saved, noonOf },
    title: (texts[req.actor.language] ?? texts.fi ?? Object.values(texts)[0])?.title ?? path.slug,
    courses: steps.length,
    pages: Math.max(1, Math.ceil(shown.total / PEOPLE_PER_PAGE)),
    byUsername: shown.targets.people.length > MOST_CHOICES,
    canEdit: canEditPaths(req.actor),
  });
}
