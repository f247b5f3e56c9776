import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { DecisionForm, TextForm } from './content.schema';
import { addContent, changeContent, removeContent } from './content.service';
import { recordDecision } from './decisions.service';
import { fieldsOf } from './form-fields';
import { canDecide, canPrepare, levelsSeen, seesLevel } from './levels';
import { loadFor, loadLevel, loadProcess } from './load';
import { pageOf } from './page';
import { selectDecisions, selectTexts } from './processes.queries';

/** Lab: frame, methods, findings and drafts. Studio: the log of decisions. */
export const preparing = new Routes('/processes');

preparing.get('/:process/lab', signedIn, async (req, res) => renderLab(req, res));

preparing.post('/:process/texts', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canPrepare);
  const form = readForm(TextForm, req.body);
  if (!form.ok) return renderLab(req, res.status(422), form.values, form.errors);
  await addContent(req.actor, process, 'process_texts', form.value);
  res.redirect(303, `/processes/${process.id}/lab?saved=text`);
});

preparing.get('/:process/texts/:text', signedIn, async (req, res) => {
  const { text } = await loadText(req);
  const values = { ...text, ...fieldsOf('title', text.title), ...fieldsOf('body', text.body) };
  await renderText(req, res, values);
});

preparing.post('/:process/texts/:text', signedIn, async (req, res) => {
  const { process, text } = await loadText(req);
  const form = readForm(TextForm, req.body);
  if (!form.ok) return renderText(req, res.status(422), form.values, form.errors);
  const { id: _key, ...values } = form.value;
  await changeContent(req.actor, process, 'process_texts', text.id, { ...values, updated_at: new Date() });
  res.redirect(303, `/processes/${process.id}/lab?saved=text`);
});

preparing.post('/:process/texts/:text/removal', signedIn, async (req, res) => {
  const { process, text } = await loadText(req);
  // What has been opened to others is closed again first: nobody's comment loses its text by one press.
  authorize(text.level === 'lab');
  await removeContent(req.actor, process, 'process_texts', text.id);
  res.redirect(303, `/processes/${process.id}/lab?saved=removed`);
});

preparing.get('/:process/decisions', anyone, async (req, res) => renderDecisions(req, res));

preparing.post('/:process/decisions', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canDecide);
  const form = readForm(DecisionForm, req.body);
  if (!form.ok) return renderDecisions(req, res.status(422), form.values, form.errors);
  const outcome = await recordDecision(req.actor, process, form.value);
  if (outcome !== 'ok')
    return renderDecisions(req, res.status(422), req.body, { what: `processes.decision.${outcome}` });
  res.redirect(303, `/processes/${process.id}/decisions?saved=decision`);
});

async function loadText(req: Request) {
  const loaded = await loadFor(req, canPrepare);
  const { rows } = await selectTexts(loaded.process.id, levelsSeen(loaded.standing));
  return { ...loaded, text: found(rows.find(({ id }) => id === req.params.text)) };
}

async function renderLab(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const loaded = await loadLevel(req, 'lab');
  const { rows: texts } = await selectTexts(loaded.process.id, loaded.seen);
  const fresh = { key: randomUUID(), kind: 'frame', level: 'lab' };
  res.render('processes/lab', { ...pageOf(req, loaded), texts, values: { ...fresh, ...values }, errors });
}

async function renderText(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const { text, ...loaded } = await loadText(req);
  res.render('processes/text', { ...pageOf(req, loaded), text, values, errors });
}

async function renderDecisions(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadProcess(req);
  const { rows: decisions } = await selectDecisions(loaded.process.id, loaded.seen);
  const wanted = decisions.find(({ id, revised_by }) => id === (typed.revises ?? req.query.revises) && !revised_by);
  const revised = wanted && seesLevel(loaded.standing, 'studio') ? wanted : undefined;
  const before = revised && {
    ...revised,
    parties: revised.parties.join('\n'),
    revises: revised.id,
    is_open: revised.level === 'agora' ? 'yes' : 'no',
    why: '',
  };
  const values = { key: randomUUID(), is_open: 'yes', ...before, decided_on: dayOf(new Date()), ...typed };
  res.render('processes/decisions', { ...pageOf(req, loaded), decisions, revised, values, errors });
}
