import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { AREAS } from './areas';
import { ContributionForm, SessionForm, TopicForm } from './content.schema';
import { addContent, changeContent } from './content.service';
import { fieldsOf } from './form-fields';
import { canProduce, type Level, seesLevel } from './levels';
import { loadFor, loadLevel } from './load';
import { pageOf } from './page';
import { selectContributions, selectSessions, selectTopics } from './processes.queries';
import { outputLanguage } from './words';

/** Arena: workshops, dialogues and what each organisation brought to them. */
export const producing = new Routes('/processes');

producing.get('/:process/sessions', anyone, async (req, res) => renderSessions(req, res));

producing.post('/:process/sessions', signedIn, async (req, res) => {
  const { process, standing } = await loadFor(req, canProduce);
  const form = readForm(SessionForm, req.body);
  if (!form.ok) return renderSessions(req, res.status(422), { ...form.values, form: 'session' }, form.errors);
  found(seesLevel(standing, form.value.level) ? form.value : undefined);
  await addContent(req.actor, process, 'process_sessions', form.value);
  res.redirect(303, `/processes/${process.id}/sessions/${form.value.id}?saved=session`);
});

producing.post('/:process/topics', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canProduce);
  const form = readForm(TopicForm, req.body);
  if (!form.ok) return renderSessions(req, res.status(422), { ...form.values, form: 'topic' }, form.errors);
  await addContent(req.actor, process, 'process_topics', form.value);
  res.redirect(303, `/processes/${process.id}/sessions?saved=topic#topics`);
});

producing.post('/:process/topics/:topic', signedIn, async (req, res) => {
  const { process } = await loadFor(req, canProduce);
  const form = readForm(TopicForm, { ...req.body, key: req.params.topic });
  if (!form.ok) return renderSessions(req, res.status(422), { ...form.values, form: req.params.topic }, form.errors);
  const { id, ...values } = form.value;
  found((await changeContent(req.actor, process, 'process_topics', id, values)) === 'ok' || undefined);
  res.redirect(303, `/processes/${process.id}/sessions?saved=topic#topics`);
});

producing.get('/:process/sessions/:meeting', signedIn, async (req, res) => renderSession(req, res));

producing.post('/:process/sessions/:meeting', signedIn, async (req, res) => {
  const { process, session } = await loadSession(req);
  const form = readForm(SessionForm, req.body);
  if (!form.ok) return renderSession(req, res.status(422), { ...form.values, form: 'session' }, form.errors);
  const { id: _key, ...values } = form.value;
  await changeContent(req.actor, process, 'process_sessions', session.id, values);
  res.redirect(303, `/processes/${process.id}/sessions/${session.id}?saved=session`);
});

producing.post('/:process/sessions/:meeting/contributions', signedIn, async (req, res) => {
  const { process, session } = await loadSession(req);
  const form = readForm(ContributionForm, req.body);
  if (!form.ok) return renderSession(req, res.status(422), { ...form.values, form: 'contribution' }, form.errors);
  const { key: id, ...said } = form.value;
  const row = { id, ...said, session_id: session.id, level: session.level };
  const outcome = await addContent(req.actor, process, 'process_contributions', row, [
    ['process_topics', said.topic_id],
  ]);
  const at = { ...req.body, form: 'contribution' };
  if (outcome !== 'ok') return renderSession(req, res.status(422), at, { topic_id: 'processes.contribution.topic' });
  res.redirect(303, `/processes/${process.id}/sessions/${session.id}?saved=contribution#contributions`);
});

async function loadSession(req: Request) {
  const loaded = await loadFor(req, canProduce);
  const { rows } = await selectSessions(loaded.process.id, loaded.seen);
  return { ...loaded, session: found(rows.find(({ id }) => id === req.params.meeting)) };
}

async function renderSessions(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const loaded = await loadLevel(req, 'agora');
  const { process, seen } = loaded;
  const [{ rows: sessions }, { rows: topics }, { rows: contributions }] = await together(
    selectSessions(process.id, seen),
    selectTopics(process.id),
    selectContributions(process.id, seen),
  );
  const fresh = { key: randomUUID(), kind: 'workshop', level: 'arena' as Level, area: AREAS[0] };
  const values = { ...fresh, held_on: dayOf(new Date()), ...typed };
  res.render('processes/sessions', {
    ...pageOf(req, loaded),
    sessions,
    topics,
    contributions,
    areas: AREAS,
    values,
    errors,
  });
}

async function renderSession(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const { session, ...loaded } = await loadSession(req);
  const [{ rows: topics }, { rows: contributions }] = await together(
    selectTopics(loaded.process.id),
    selectContributions(loaded.process.id, loaded.seen),
  );
  const here = contributions.filter(({ session_id }) => session_id === session.id);
  const fresh = {
    key: randomUUID(),
    ...session,
    ...fieldsOf('title', session.title),
    party: req.actor.organisation_name,
  };
  const lang = outputLanguage(req.actor.language);
  const values = { ...fresh, ...typed };
  res.render('processes/session', {
    ...pageOf(req, loaded),
    session,
    topics,
    contributions: here,
    values,
    errors,
    lang_: lang,
  });
}
