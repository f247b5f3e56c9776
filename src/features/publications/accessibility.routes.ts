import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, message, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { anyone, Routes } from '../../lib/routes';
import { severalLines } from '../../lib/text';
import { administrators } from '../organisations/organisations.policy';
import { addReport, answerReport, selectAnswerers, selectReports } from './accessibility.service';

/** What anybody could not use on a public page is told here, and answered in 14 days. */
export const accessibilityFeedback = new Routes('/accessibility-feedback');

const text = z
  .string(message('publications.fault.missing'))
  .transform(severalLines)
  .pipe(z.string().min(1, message('publications.fault.missing')).max(3000, message('publications.fault.long')));
const ReportForm = z.object({
  id: z.uuid(message('errors.invalid')),
  organisation: z.uuid(message('publications.fault.organisation')),
  about: z.string().max(300, message('publications.fault.long')).default(''),
  body: text,
  email: z
    .string()
    .default('')
    .transform((words) => words.trim().toLowerCase())
    .pipe(z.union([z.literal(''), z.email().max(254)], message('publications.fault.email'))),
});
const perAddress = limit('accessibility.feedback', 6, 3600);

accessibilityFeedback.get('/', anyone, (req, res) =>
  renderForm(
    res,
    { id: randomUUID(), about: pathOf(req.query.page), organisation: req.query.organisation },
    {},
    req.query.done === 'yes',
  ),
);

accessibilityFeedback.post('/', anyone, async (req, res) => {
  if (req.body?.website) return res.redirect(303, '/accessibility-feedback?done=yes');
  const form = readForm(ReportForm, req.body);
  if (!form.ok) return renderForm(res.status(422), form.values, form.errors);
  const { organisation, ...said } = form.value;
  const known = (await selectAnswerers()).some(({ id }) => id === organisation);
  if (!known) return renderForm(res.status(422), form.value, { organisation: 'publications.fault.organisation' });
  await perAddress.count(req.ip ?? '');
  await addReport(organisation, said);
  res.redirect(303, '/accessibility-feedback?done=yes');
});

accessibilityFeedback.get('/received', administrators, async (req, res) => {
  res.render('publications/access-received', {
    reports: await selectReports(req.actor.organisation_id),
    errors: {},
    now: new Date(),
  });
});

accessibilityFeedback.post('/received/:report', administrators, async (req, res) => {
  const form = readForm(z.object({ answer: text }), req.body);
  if (!form.ok) {
    const reports = await selectReports(req.actor.organisation_id);
    return res.status(422).render('publications/access-received', { reports, errors: form.errors, now: new Date() });
  }
  found((await answerReport(req.actor, String(req.params.report), form.value.answer)) || undefined);
  res.redirect(303, '/accessibility-feedback/received');
});

const pathOf = (page: unknown) => (typeof page === 'string' && /^\/[^/]/.test(page) ? page.slice(0, 300) : '');

async function renderForm(res: Response, values: object, errors: FieldErrors, isDone = false) {
  res.render('publications/access-form', { values, errors, isDone, answerers: await selectAnswerers() });
}
