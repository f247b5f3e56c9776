import type { Request, Response } from 'express';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { passwordFits } from '../../lib/passwords';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findOwnPasswordHash, hasOwnPassword } from './accounts.model';
import { levelOf } from './assurance';
import { sendCode } from './codes.service';
import { goOn } from './enter';
import { showsSecond } from './second-factor.service';
import { whatIsMissing } from './sure.policy';
import { selectWays } from './ways.model';

/** Shows again, or more surely, who is in; then the person goes on where they were. */
export const stronger = new Routes('/sign-in/stronger');

const tries = limit('stronger', 10, 15 * 60);
const mails = limit('stronger-mail', 5, 15 * 60);

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

stronger.post('/second', signedIn, async (req, res) => {
  const { code } = (req.body ?? {}) as Record<string, unknown>;
  await tries.count(`second ${req.actor.id}`);
  const typed = typeof code === 'string' ? code.slice(0, 60) : '';
  // Only after the password: a code alone opens nothing.
  const isRight = levelOf(req.signIn?.by) === 3 && (await showsSecond(req, res, typed));
  if (!isRight) return render(req, res.status(422), { code: 'ways.second.wrong' });
  await tries.forget(`second ${req.actor.id}`);
  await goOn(req, req.actor.organisation_id, { second: true, at: Date.now() });
  res.redirect(303, nextOf(req));
});

stronger.post('/mail', signedIn, async (req, res) => {
  await mails.count(req.actor.id);
  const way = (await selectWays(req.actor.id)).find(({ kind }) => kind === 'mail');
  if (way) await sendCode(req, res, 'second', { person_id: req.actor.id, way_id: way.id });
  res.redirect(303, `/sign-in/stronger?mailed=yes&next=${encodeURIComponent(nextOf(req))}`);
});

const nextOf = (req: Request): string => {
  const next = req.body?.next ?? req.query.next;
  return localAddress(typeof next === 'string' ? next : undefined);
};

async function render(req: Request, res: Response, errors: object = {}): Promise<void> {
  const [ways, password] = await Promise.all([selectWays(req.actor.id), hasOwnPassword(req.actor.id)]);
  const level = levelOf(req.signIn?.by);
  const missing = req.query.why === 'again' ? await whatIsMissing(req) : undefined;
  const again = missing === 'second' ? 'second' : missing && 'again';
  const why = again ?? req.lowered ?? (level === 0 ? 'card' : undefined);
  if (!why && Object.keys(errors).length === 0) return res.redirect(303, nextOf(req));
  const kinds = new Set(ways.map(({ kind }) => kind));
  const mailed = req.query.mailed === 'yes';
  res.render('accounts/stronger', {
    mailed,
    why,
    level,
    password,
    kinds,
    next: nextOf(req),
    username: req.actor.username,
    errors,
  });
}
