import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { fieldsOf } from './form-fields';
import { canLead } from './levels';
import { loadFor, loadProcess } from './load';
import { overviewOf } from './overview-page';
import { pageOf } from './page';
import { selectProcesses, VISIBILITIES } from './processes.model';
import { canStartProcess, processStarters } from './processes.policy';
import { ChangeForm, StartForm } from './processes.schema';
import { changeProcess, startProcess, tickFirstStep } from './processes.service';
import { inWords, templateOf, templates } from './templates';
import { said } from './words';

/** Processes of working together: a question, its levels or phases, and the answer. */
export const processes = new Routes('/processes');

processes.get('/', anyone, async (req, res) => {
  const all = await selectProcesses(req.visitor);
  res.render('processes/list', { processes: all, canStart: canStartProcess(req.visitor), said, templateOf, inWords });
});

processes.get('/new', processStarters, (_req, res) => {
  res.render('processes/choose', { templates: templates(), inWords });
});

processes.get('/new/:template', processStarters, (req, res) => {
  const year = Number(dayOf(new Date()).slice(0, 4));
  renderStart(req, res, { key: randomUUID(), target_year: year + 4, visibility: 'organisation' });
});

processes.post('/new/:template', processStarters, async (req, res) => {
  const template = found(templateOf(String(req.params.template)));
  const form = readForm(StartForm, req.body);
  if (!form.ok) return renderStart(req, res.status(422), form.values, form.errors);
  await startProcess(req.actor, template, form.value);
  res.redirect(303, `/processes/${form.value.id}?saved=started`);
});

processes.get('/:process', anyone, async (req, res) => {
  const loaded = await loadProcess(req);
  res.render('processes/overview', {
    ...pageOf(req, loaded),
    ...(await overviewOf(req, res, loaded)),
  });
});

processes.get('/:process/settings', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canLead);
  const words = { ...fieldsOf('title', process.title), ...fieldsOf('question', process.question) };
  const values = { ...process, ...words, ...fieldsOf('answer', process.answer) };
  res.render('processes/settings', { process, values, errors: {}, said, visibilities: VISIBILITIES });
});

processes.post('/:process/settings', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canLead);
  const form = readForm(ChangeForm, req.body);
  const again = { process, values: form.ok ? {} : form.values, said, visibilities: VISIBILITIES };
  if (!form.ok) return res.status(422).render('processes/settings', { ...again, errors: form.errors });
  await changeProcess(req.actor, process, form.value);
  res.redirect(303, `/processes/${process.id}?saved=changed`);
});

processes.post('/:process/first/:step', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canLead);
  await tickFirstStep(req.actor, process, String(req.params.step), req.body?.done === 'yes');
  res.redirect(303, `/processes/${process.id}#first`);
});

function renderStart(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const template = found(templateOf(String(req.params.template)));
  res.render('processes/start', { template, values, errors, inWords, visibilities: VISIBILITIES });
}
