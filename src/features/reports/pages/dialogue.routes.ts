import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../../lib/calendar';
import { type FieldErrors, readForm } from '../../../lib/forms';
import { Routes } from '../../../lib/routes';
import { administrators } from '../../organisations/organisations.policy';
import { dialogueDocument } from '../documents/dialogue-document';
import { addReport, answerReport } from '../figures/answer-report';
import { usualPeriod } from '../period';
import { DialogueForm } from '../reports.schema';
import { DIALOGUE_ITEMS } from './dialogue.model';
import { readDialogue } from './dialogue.queries';
import { recordDialogue } from './dialogue.service';
import { readerFor } from './figures-pages';

/** Material for the dialogue with the staff, and what of it has been handled. */
export const dialogueReports = new Routes('/reports');

addReport(dialogueReports, '/dialogue', administrators, (req, res) => answerDialogue(req, res, {}));

dialogueReports.post('/dialogue', administrators, async (req, res) => {
  const form = readForm(DialogueForm, req.body);
  if (!form.ok) return answerDialogue(req, res.status(422), form.values, form.errors);
  await recordDialogue(req.actor, form.value);
  res.redirect(303, '/reports/dialogue?saved=dialogue');
});

async function answerDialogue(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const period = usualPeriod();
  const dialogue = await readDialogue(req.actor, period);
  const document = dialogueDocument(dialogue, req.actor.organisation_name, period, readerFor(res, null));
  await answerReport(req, res, document, {
    view: 'reports/dialogue',
    values: {
      values: { id: randomUUID(), handled_on: dayOf(new Date()), ...values },
      errors,
      items: DIALOGUE_ITEMS,
      today: dayOf(new Date()),
      saved: req.query.saved === 'dialogue',
    },
  });
}
