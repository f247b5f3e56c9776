import { z } from 'zod';
import { atomically } from '../../lib/db';
import { message, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordAudit } from '../audit/audit.model';
import { signedIn } from '../organisations/organisations.policy';
import { selectShares, setShare } from './shares.model';
import { frameworkWords, wordsLanguage } from './skills.model';
import { withdrawAllOwnViews } from './skills.service';

/** What a person lets their supervisor see beyond the agreed profile. Given and taken back by one press; it holds at once. */
export const sharing = new Routes('/skills');

const ShareForm = z.object({
  /** Empty for all skills. */
  code: z.string().max(80, message('errors.invalid')),
  what: z.enum(['level', 'notes'], message('errors.invalid')),
  shared: z.enum(['yes', 'no'], message('errors.invalid')),
  back: z.enum(['skill', 'sharing']).catch('sharing'),
});

sharing.get('/sharing', signedIn, async (req, res) => {
  const shares = await selectShares(req.actor.organisation_id, req.actor.id);
  const words = await frameworkWords(wordsLanguage(req.actor));
  res.render('skills/sharing', { shares, competences: words.competences, saved: req.query.saved });
});

sharing.post('/sharing', signedIn, async (req, res) => {
  const form = readForm(ShareForm, req.body);
  const { competences } = await frameworkWords(wordsLanguage(req.actor));
  const { code, what, shared, back } = found(form.ok ? form.value : undefined);
  found(code === '' || competences.get(code));
  await atomically(async () => {
    await setShare(req.actor, { competence_code: code, what }, shared === 'yes');
    await recordAudit(req.actor, shared === 'yes' ? 'skill.shared' : 'skill.unshared', {
      type: 'person',
      id: req.actor.id,
    });
  });
  const saved = shared === 'yes' ? 'shared' : 'unshared';
  res.redirect(303, back === 'skill' && code ? `/skills/${code}?saved=${saved}` : `/skills/sharing?saved=${saved}`);
});

sharing.get('/own-views', signedIn, (_req, res) => res.render('skills/own-views'));

sharing.post('/own-views/withdraw', signedIn, async (req, res) => {
  await withdrawAllOwnViews(req.actor);
  res.redirect(303, '/skills?saved=allWithdrawn');
});
