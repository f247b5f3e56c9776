import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { competenceNames } from '../skills/skills.model';
import { findHelpRequest } from './support.model';
import { canWithdraw } from './support.policy';
import { readHelpPage } from './support.queries';
import { AskForm, Place, ToWhom } from './support.schema';
import { askForHelp, withdrawHelpRequest } from './support.service';

export const support = new Routes('/help');

support.get('/', signedIn, (req, res) => renderHelp(req, res, { lesson: req.query.lesson, place: req.query.place }));

support.post('/', signedIn, async (req, res) => {
  const form = readForm(AskForm, req.body);
  if (!form.ok) return renderHelp(req, res.status(422), form.values, form.errors);

  const { to, place } = ToWhom.parse(req.body);
  const { lesson, supervisors, helpers } = await readHelpPage(req.actor, { lessonId: form.value.lesson, place });
  // A helper who has stopped since the page was opened is not asked: the supervisors are.
  const to_person_id = helpers.find((helper) => helper.id === to)?.id ?? null;
  if (!to_person_id && supervisors.length === 0) {
    return renderHelp(req, res.status(422), { ...form.value, to, place }, { form: 'support.nobody' });
  }
  const { request: id, message } = form.value;
  await askForHelp(req.actor, { id, lesson_id: lesson?.id ?? null, message, to_person_id, place });
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
  const place = Place.parse(values.place);
  const page = await readHelpPage(req.actor, { lessonId, place });
  const names = await competenceNames(req.actor.content_language);
  res.render('support/help', {
    ...page,
    names,
    values: { request: randomUUID(), ...values, place },
    errors,
    sent: req.query.sent,
  });
}
