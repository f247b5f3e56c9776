import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { together } from '../../lib/db';
import { readForm } from '../../lib/forms';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { readGoals } from './goals.page';
import { nextStepOf, selectOwnPath, stepAddress } from './personal-paths.model';
import { endOwnPath, makeOwnPath } from './personal-paths.service';

/** The person's own targets: how far, what next, and a path in one press. */
export const goals = new Routes('/skills/goals');

/** The key is made with the page: the same press sent twice makes one path. */
const PathForm = z.object({ key: z.uuid().catch(() => randomUUID()) });

goals.get('/', signedIn, async (req, res) => {
  const page = await readGoals(req.actor);
  const next = nextStepOf(page.path);
  const address = next && stepAddress(next);
  res.render('targets/goals', { ...page, next, address, key: randomUUID(), saved: req.query.saved });
});

goals.post('/path', signedIn, async (req, res) => {
  const form = readForm(PathForm, req.body);
  const { plan } = await readGoals(req.actor);
  if (!form.ok || plan.length === 0) return res.redirect(303, '/skills/goals');
  await makeOwnPath(req.actor, form.value.key, plan);
  res.redirect(303, '/skills/goals/path?saved=made');
});

goals.get('/path', signedIn, async (req, res) => {
  const words = await frameworkWords(wordsLanguage(req.actor));
  const [path] = await together(selectOwnPath(req.actor));
  const next = nextStepOf(path.rows);
  const address = next && stepAddress(next);
  res.render('targets/path', { path: path.rows, words, next, address, stepAddress, saved: req.query.saved });
});

goals.post('/path/end', signedIn, async (req, res) => {
  await endOwnPath(req.actor);
  res.redirect(303, '/skills/goals?saved=ended');
});
