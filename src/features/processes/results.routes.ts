import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { ActionForm, ActualForm, KeyResultForm, ProgressForm, TargetForm } from './content.schema';
import { addContent, changeContent } from './content.service';
import { COUNTED } from './counted';
import { canDecide, canLead, canTellProgress } from './levels';
import { loadFor, loadProcess } from './load';
import { pageOf } from './page';
import { STATUSES, selectKeyResults, selectTargets } from './processes.queries';
import { addKeyResult, tellProgress } from './results.service';

/** Goals, key results and actions of organisations; and the numbers that the project promised. */
export const processResults = new Routes('/processes');

processResults.get('/:process/results', anyone, async (req, res) => renderResults(req, res));

processResults.post('/:process/results', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canDecide);
  const form = readForm(KeyResultForm, req.body);
  if (!form.ok) return renderResults(req, res.status(422), { ...form.values, form: 'result' }, form.errors);
  await addKeyResult(req.actor, process, form.value);
  res.redirect(303, `/processes/${process.id}/results?saved=result`);
});

processResults.post('/:process/results/:result/actions', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canTellProgress);
  const form = readForm(ActionForm, req.body);
  const at = { form: 'action', result: req.params.result };
  if (!form.ok) return renderResults(req, res.status(422), { ...form.values, ...at }, form.errors);
  const { key: id, ...action } = form.value;
  const row = { id, ...action, key_result_id: String(req.params.result) };
  const parents = [['process_key_results', row.key_result_id]] as const;
  found(
    (await addContent(
      req.actor,
      process,
      'process_actions',
      row,
      parents.map(([table, key]) => [table, key]),
    )) === 'ok' || undefined,
  );
  res.redirect(303, `/processes/${process.id}/results?saved=action`);
});

processResults.post('/:process/actions/:action', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canTellProgress);
  const done = req.body?.done === 'yes' ? dayOf(new Date()) : null;
  const outcome = await changeContent(req.actor, process, 'process_actions', String(req.params.action), {
    done_on: done,
  });
  found(outcome === 'ok' || undefined);
  res.redirect(303, `/processes/${process.id}/results?saved=action`);
});

processResults.post('/:process/results/:result/progress', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canTellProgress);
  const form = readForm(ProgressForm, req.body);
  const at = { form: 'progress', result: req.params.result };
  if (!form.ok) return renderResults(req, res.status(422), { ...form.values, ...at }, form.errors);
  found((await tellProgress(req.actor, process, String(req.params.result), form.value)) === 'ok' || undefined);
  res.redirect(303, `/processes/${process.id}/results?saved=progress`);
});

processResults.get('/:process/targets', signedIn, async (req, res) => renderTargets(req, res));

processResults.post('/:process/targets', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canLead);
  const form = readForm(TargetForm, req.body);
  if (!form.ok) return renderTargets(req, res.status(422), { ...form.values, form: 'target' }, form.errors);
  await addContent(req.actor, process, 'process_targets', form.value);
  res.redirect(303, `/processes/${process.id}/targets?saved=target`);
});

processResults.post('/:process/targets/:target', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canLead);
  const form = readForm(ActualForm, req.body);
  if (!form.ok)
    return renderTargets(
      req,
      res.status(422),
      { ...form.values, form: 'actual', target_id: req.params.target },
      form.errors,
    );
  const values = { ...form.value, actual_on: dayOf(new Date()) };
  found(
    (await changeContent(req.actor, process, 'process_targets', String(req.params.target), values)) === 'ok' ||
      undefined,
  );
  res.redirect(303, `/processes/${process.id}/targets?saved=target`);
});

async function renderResults(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadProcess(req);
  const [{ rows }] = await together(selectKeyResults(loaded.process.id, loaded.seen));
  const values = { key: randomUUID(), party: req.visitor?.organisation_name, ...typed };
  res.render('processes/results', { ...pageOf(req, loaded), results: rows, statuses: STATUSES, values, errors });
}

async function renderTargets(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadFor(req, canLead);
  const { rows: targets } = await selectTargets(loaded.process.id);
  const values = { key: randomUUID(), counted: 'by-hand', ...typed };
  res.render('processes/targets', { ...pageOf(req, loaded), targets, counted: COUNTED, values, errors });
}
