import type { Request, Response } from 'express';
import { z } from 'zod';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { browserOf, letIn } from './enter';
import { askNewPasskey, askPasskey, keepPasskey, whoHasPasskey } from './passkeys.service';
import { isSure } from './sure.policy';

/** Passkeys speak through a script (public/js/passkey.js); without one the other ways stand. Answers are JSON. */
export const passkeySignIn = new Routes('/sign-in/passkey');
export const ownPasskeys = new Routes('/account/passkeys');

const byAddress = limit('passkey-address', 600, 15 * 60);

const text = z.string().max(20_000);
const Answer = z.object({
  response: z.looseObject({ id: text, rawId: text, type: z.literal('public-key'), response: z.looseObject({}) }),
  next: z.string().max(2000).optional(),
  name: z.string().trim().max(60).optional(),
});

passkeySignIn.post('/options', anyone, async (req, res) => {
  await byAddress.count(req.ip ?? 'unknown');
  res.json(await askPasskey(req, res));
});

passkeySignIn.post('/', anyone, async (req, res) => {
  await byAddress.count(req.ip ?? 'unknown');
  const answer = Answer.safeParse(req.body);
  const who = answer.success && (await whoHasPasskey(req, res, answer.data.response as never));
  if (!who || !(await letIn(req, who.person_id, { by: 'passkey', way: who.way_id }))) return refuse(res);
  res.json({ to: localAddress(answer.data?.next || undefined) });
});

ownPasskeys.post('/options', signedIn, async (req, res) => {
  if (!(await isSure(req))) return askFirst(res);
  const options = await askNewPasskey(req, res);
  if (!options) return refuse(res);
  res.json(options);
});

ownPasskeys.post('/', signedIn, async (req: Request, res: Response) => {
  if (!(await isSure(req))) return askFirst(res);
  const answer = Answer.safeParse(req.body);
  const name = (answer.success && answer.data.name) || browserOf(req.get('User-Agent'));
  if (!answer.success || !(await keepPasskey(req, res, answer.data.response as never, name))) return refuse(res);
  res.json({ to: '/account/ways?saved=passkey' });
});

const refuse = (res: Response) => res.status(422).json({ said: res.locals.t('ways.passkey.wrong') });
const askFirst = (res: Response) => res.json({ to: '/sign-in/stronger?why=again&next=%2Faccount%2Fways' });
