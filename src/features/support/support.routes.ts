import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { findHelpRequest } from './support.model';
import { canWithdraw } from './support.policy';
import { readHelpPage } from './support.queries';
import { AskForm } from './support.schema';
import { askForHelp, withdrawHelpRequest } from './support.service';

export const support = new Routes('/help');

support.get('/', signedIn, (req, res) => renderHelp(req, res, { lesson: req.query.lesson }));

support.post('/', signedIn, async (req, res) => {
  const form = readForm(AskForm, req.body);
  if (!form.ok) return renderHelp(req, res.status(422), form.values, form.errors);

  const { lesson, supervisors } = await readHelpPage(req.actor, form.value.lesson);
  if (supervisors.length === 0) return renderHelp(req, res.status(422), form.value, { form: 'support.nobody' });
  const { request: id, message } = form.value;
  await askForHelp(req.actor, { id, lessonId: lesson?.id ?? null, message });
  res.redirect(303, '/help?sent=yes');
});

support.post('/:request/withdraw', signedIn, async (req, res) => {
  const request = found(await findHelpRequest(req.actor.organisation_id, String(req.params.request)));
  authorize(canWithdraw(req.actor, request));
  await withdrawHelpRequest(req.actor, request);
  res.redirect(303, '/help?sent=withdrawn');
});

async function renderHelp(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const lessonId = z.uuid().safeParse(values.lesson).data;
  const page = await readHelpPage(req.actor, lessonId);
  res.render('support/help', { ...page, values: { request: randomUUID(), ...values }, errors, sent: req.query.sent });
}
