import { noonOf } from '../../lib/calendar';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { pathAssigners } from './paths.policy';
import { readPath, readPaths } from './paths.queries';

export const paths = new Routes('/paths');

paths.get('/', signedIn, async (req, res) => {
  res.render('paths/paths', { paths: await readPaths(req.actor), canAssign: pathAssigners.allows(req), noonOf });
});

paths.get('/:path', signedIn, async (req, res) => {
  const { path, courses } = found(await readPath(req.actor, String(req.params.path)));
  const next = courses.find(({ completed_at }) => completed_at === null);
  res.render('paths/path', { path, courses, next, canAssign: pathAssigners.allows(req), noonOf });
});
