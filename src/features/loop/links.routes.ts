import { z } from 'zod';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { LINK_HOWS } from './kinds';
import { selectLinkable } from './loop.model';
import { linkObjects, readObject, unlinkObjects } from './loop.service';

/** What came of what: linked by anybody who sees both ends, taken away by the organisation that linked it. */
export const loopLinks = new Routes('/loop/links');

const LinkForm = z.object({ how: z.enum(LINK_HOWS).catch('came-of'), is_before: z.string().optional() });

loopLinks.get('/', signedIn, async (req, res) => {
  const object = found(await readObject(req.query.of));
  const words = String(req.query.q ?? '').slice(0, 100);
  const others = (await selectLinkable(words)).filter((one) => one.kind !== object.kind || one.id !== object.id);
  res.render('loop/link', { object, words, others, hows: LINK_HOWS });
});

loopLinks.post('/', signedIn, async (req, res) => {
  const [object, other] = [found(await readObject(req.body.object)), found(await readObject(req.body.other))];
  const { how, is_before } = LinkForm.parse(req.body);
  const [from, to] = is_before ? [other, object] : [object, other];
  if (from.kind !== to.kind || from.id !== to.id) await linkObjects(req.actor, from, to, how);
  res.redirect(303, `${object.href}#chain`);
});

loopLinks.post('/remove', signedIn, async (req, res) => {
  const [from, to] = [found(await readObject(req.body.from)), found(await readObject(req.body.to))];
  found((await unlinkObjects(req.actor, from, to)) || undefined);
  res.redirect(303, `${(req.body.at === 'to' ? to : from).href}#chain`);
});
