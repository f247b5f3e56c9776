import type { Request, Response } from 'express';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { passwordFits } from '../../lib/passwords';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findOwnPasswordHash, hasOwnPassword } from './accounts.model';
import { levelOf } from './assurance';
import { goOn } from './enter';
import { selectWays } from './ways.model';

/** Shows again, or more surely, who is in; then the person goes on where they were. */
export const stronger = new Routes('/sign-in/stronger');

const tries = limit('stronger', 10, 15 * 60);

stronger.get('/', signedIn, (req, res) => render(req, res));

stronger.post('/password', signedIn, async (req, res) => {
  const { password } = (req.body ?? {}) as Record<string, unknown>;
  await tries.count(req.actor.id);
  const typed = typeof password === 'string' ? password.slice(0, 1000) : '';
  if (!(await passwordFits(await findOwnPasswordHash(), typed)))
    return render(req, res.status(422), { password: 'ways.stronger.wrong' });
  await tries.forget(req.actor.id);
  const { second } = req.signIn ?? {};
  await goOn(req, req.actor.organisation_id, { by: 'password', way: undefined, second, at: Date.now() });
  // A second factor may still be missing: the page knows, and sends on who needs nothing more.
  res.redirect(303, `/sign-in/stronger?next=${encodeURIComponent(nextOf(req))}`);
});

const nextOf = (req: Request): string => {
  const next = req.body?.next ?? req.query.next;
  return localAddress(typeof next === 'string' ? next : undefined);
};

async function render(req: Request, res: Response, errors: object = {}): Promise<void> {
  const [ways, password] = await Promise.all([selectWays(req.actor.id), hasOwnPassword(req.actor.id)]);
  const level = levelOf(req.signIn?.by);
  const isAgain = req.query.why === 'again';
  const why = req.lowered ?? (isAgain ? 'again' : level === 0 ? 'card' : undefined);
  if (!why && Object.keys(errors).length === 0) return res.redirect(303, nextOf(req));
  const kinds = new Set(ways.map(({ kind }) => kind));
  res.render('accounts/stronger', {
    why,
    level,
    password,
    kinds,
    next: nextOf(req),
    username: req.actor.username,
    errors,
  });
}
