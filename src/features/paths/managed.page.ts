import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import type { FieldErrors } from '../../lib/forms';
import { RELATIONS, ROLES } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { MOST_CHOICES, PEOPLE_PER_PAGE, readManagedPath } from './manage.queries';
import { type LearningPath, selectPathContent } from './paths.model';
import { canEditPaths } from './paths.policy';
import { mayUndo } from './rules.service';

/** The page of a path for those who agree on it. */
export async function renderManaged(
  req: Request,
  res: Response,
  path: LearningPath,
  values: Record<string, unknown>,
  errors: FieldErrors = {},
): Promise<void> {
  const page = Math.max(1, Math.trunc(Number(req.query.page)) || 1);
  const words = await frameworkWords(wordsLanguage(req.actor));
  const { texts, steps } = await selectPathContent(path.id);
  const shown = await readManagedPath(req.actor, path.id, Math.min(page, 100_000));
  const isForAll = isAdministrator(req.actor);
  res.render('paths/managed', {
    ...shown,
    rules: shown.rules.map((rule) => ({ ...rule, mayUndo: mayUndo(rule) })),
    path,
    title: texts[req.actor.language]?.title ?? Object.values(texts)[0]?.title ?? '',
    courses: steps.length,
    canEdit: canEditPaths(req.actor),
    byUsername: isForAll && shown.targets.people.length > MOST_CHOICES,
    // Being an expert by experience may tell of health: nobody is gathered by it.
    kinds: isForAll
      ? { roles: ROLES.filter((role) => role !== 'expert'), relations: RELATIONS, profiles: [...words.profiles] }
      : { roles: [], relations: [], profiles: [] },
    profiles: words.profiles,
    page,
    pages: Math.max(1, Math.ceil(shown.total / PEOPLE_PER_PAGE)),
    newId: randomUUID(),
    values,
    errors,
    saved: req.query.saved,
    noonOf,
  });
}
