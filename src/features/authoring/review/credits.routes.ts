import type { Request, Response } from 'express';
import { atomically } from '../../../lib/db';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { recordAudit } from '../../audit/audit.model';
import { signedIn } from '../../organisations/organisations.policy';
import { uuidOf } from '../reading';
import { findWish, putWish, selectOwnCredits, writeCredits } from './credits.model';
import { CreditForm } from './review.schema';

/** How one is named by the lessons that one made; it can be changed at any time and holds at once. */
export const credits = new Routes('/write');

credits.get('/credits', signedIn, (req, res) => render(req, res));

credits.post('/credits/:lesson', signedIn, async (req, res) => {
  const form = readForm(CreditForm, req.body);
  const lesson = uuidOf(req.params.lesson);
  const kind = String(req.body?.kind);
  const wish = found(await findWish(req.actor.organisation_id, lesson, kind));
  found(wish.person_id === req.actor.id || undefined);
  if (!form.ok) return render(req, res.status(422), { ...form.values, lesson }, form.errors);
  await atomically(async () => {
    const { shown, pen_name } = form.value;
    await putWish({ ...wish, shown, pen_name: shown === 'pen' ? pen_name : '' }, false);
    await writeCredits(req.actor.organisation_id, lesson);
    await recordAudit(req.actor, 'credit.changed', { type: 'lesson', id: lesson }, { kind, shown });
  });
  res.redirect(303, '/write/credits?done=yes');
});

async function render(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const credits = await selectOwnCredits(req.actor, req.actor.language);
  res.render('authoring/credits', { credits, typed, errors, done: req.query.done });
}
