import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { selectChain } from '../loop/loop.service';
import { THEMES } from '../loop/themes';
import { SPACE_ROLES, type Space } from './spaces.model';
import { canKeepSpace } from './spaces.policy';
import { matchesOf, readSpacePage } from './spaces.queries';

/** The page of a space: what it is to all who may see it, what happens in it to those who belong. */
export async function renderSpace(
  req: Request,
  res: Response,
  space: Space,
  errors: FieldErrors = {},
  values: object = {},
) {
  const content = await readSpacePage(req.actor, space.id);
  const own = content.members.find((member) => member.is_me);
  const isMember =
    own?.state === 'member' ||
    content.organisations.some((one) => one.organisation_id === req.actor.organisation_id && one.state === 'member');
  res.render('spaces/space', {
    ...{
      space,
      ...content,
      own,
      isMember,
      errors,
      values,
      saved: req.query.saved,
      newId: randomUUID(),
      themes: THEMES,
    },
    ...{ roles: SPACE_ROLES, ours: req.actor.organisation_id, chain: await selectChain('space', space.id) },
    canKeep: canKeepSpace(req.actor, space, own?.state === 'member' ? [own.role] : []),
    matches: matchesOf(content.interests, req.actor.organisation_id),
  });
}
