import { noonOf } from '../../lib/calendar';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { ownPath, ownPaths } from './own-paths.service';
import { canMarkStep, pathAssigners, pathEditors } from './paths.policy';
import { ladderUpTo } from './placements.service';
import { markStep, unmarkStep } from './steps.service';

export const paths = new Routes('/paths');

const canManage = (req: Parameters<typeof pathAssigners.allows>[0]) =>
  pathAssigners.allows(req) || pathEditors.allows(req);

paths.get('/', signedIn, async (req, res) => {
  res.render('paths/paths', { paths: await ownPaths(req.actor), canAssign: canManage(req), noonOf });
});

paths.get('/:path', signedIn, async (req, res) => {
  const path = found(await ownPath(req.actor, String(req.params.path)));
  const saved = ['marked', 'unmarked'].includes(String(req.query.saved)) ? req.query.saved : undefined;
  const isPlaced = path.steps.some(({ kind, finish }) => kind === 'placement' && finish !== null);
  const ladder = isPlaced ? await ladderUpTo(req.actor, path.id) : [];
  res.render('paths/path', { path, ladder, canAssign: canManage(req), saved, noonOf });
});

paths.post('/:path/steps/:step/mark', signedIn, async (req, res) => {
  const path = found(await ownPath(req.actor, String(req.params.path)));
  const step = found(path.steps.find(({ id }) => id === req.params.step));
  authorize(canMarkStep(step));
  await markStep(req.actor, step.id);
  res.redirect(303, `/paths/${path.slug}?saved=marked#step-${step.id}`);
});

paths.post('/:path/steps/:step/unmark', signedIn, async (req, res) => {
  const path = found(await ownPath(req.actor, String(req.params.path)));
  const step = found(path.steps.find(({ id }) => id === req.params.step));
  await unmarkStep(req.actor, step.id);
  res.redirect(303, `/paths/${path.slug}?saved=unmarked#step-${step.id}`);
});
