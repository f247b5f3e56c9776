import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { DISAGREEMENT } from './disagreement';
import { POLICY } from './estimate';
import { competenceNames } from './skills.model';
import { ownSkillsPage } from './skills.page';
import { withdrawOwnView } from './skills.service';
import { weightsSince } from './weights.service';

export const skills = new Routes('/skills');

skills.get('/', signedIn, async (req, res) => {
  const page = found(await ownSkillsPage(req.actor, undefined));
  res.render('skills/own', { ...page, saved: req.query.saved });
});

skills.get('/why', signedIn, async (_req, res) => {
  res.render('skills/why', { policy: POLICY, disagreement: DISAGREEMENT, weighedSince: await weightsSince() });
});

skills.get('/:code', signedIn, async (req, res) => {
  const page = found(await ownSkillsPage(req.actor, String(req.params.code)));
  res.render('skills/own', { ...page, saved: req.query.saved });
});

skills.post('/:code/withdraw', signedIn, async (req, res) => {
  const code = String(req.params.code);
  found((await competenceNames(req.actor.language)).get(code));
  await withdrawOwnView(req.actor, code);
  res.redirect(303, `/skills/${code}?saved=withdrawn`);
});
