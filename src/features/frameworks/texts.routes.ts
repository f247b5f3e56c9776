import type { Request } from 'express';
import { z } from 'zod';
import { atomically, together } from '../../lib/db';
import { readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { isLanguage, LANGUAGES, type Language } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { recordAudit } from '../audit/audit.model';
import { administrators, isAdministrator, signedIn } from '../organisations/organisations.policy';
import { findVersion } from './frameworks.queries';
import { markReviewed, selectMissing, selectUnreviewed } from './texts.queries';

/** What of a framework is translated, and what somebody has checked. */
export const frameworkTexts = new Routes('/skills/frameworks');

const ReviewForm = z.object({
  texts: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(200)).max(200)),
});

frameworkTexts.get('/:key/:version/texts', signedIn, async (req, res) => {
  const framework = await load(req);
  const language = languageAsked(req);
  const [missing, open] = await together(
    selectMissing(framework.id, language),
    selectUnreviewed(framework.id, language),
  );
  const mayReview = isAdministrator(req.actor) && framework.organisation_id !== null;
  res.render('frameworks/texts', {
    ...{ framework, language, languages: LANGUAGES, missing: missing.rows, open: open.rows, mayReview },
    saved: Number(req.query.reviewed) || 0,
  });
});

frameworkTexts.post('/:key/:version/texts', administrators, async (req, res) => {
  const framework = await load(req);
  authorize(framework.organisation_id !== null);
  const language = languageAsked(req);
  const form = readForm(ReviewForm, req.body);
  const count = await atomically(async () => {
    const { organisation_id } = req.actor;
    const marked = await markReviewed(organisation_id, framework.id, language, form.ok ? form.value.texts : []);
    const name = `${framework.title} ${framework.version}`;
    if (marked > 0)
      await recordAudit(
        req.actor,
        'framework.reviewed',
        { type: 'framework', id: framework.key },
        { name, language, marked },
      );
    return marked;
  });
  const { key, version } = req.params;
  res.redirect(303, `/skills/frameworks/${key}/${version}/texts?language=${language}&reviewed=${count}`);
});

const load = async (req: Request) =>
  found(await findVersion(req.actor.organisation_id, String(req.params.key), String(req.params.version)));

const languageAsked = (req: Request): Language =>
  isLanguage(req.query.language) ? req.query.language : req.actor.language;
