import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { selectChain } from '../loop/loop.service';
import { THEMES } from '../loop/themes';
import { type FoundRound, findRound, selectInterviews, selectPassages, selectRounds } from './interviews.model';
import { canReadContacts, interviewers } from './interviews.policy';
import { InterviewForm, PassageForm, RoundForm } from './interviews.schema';
import {
  codePassage,
  createRound,
  deleteNotes,
  matrixOf,
  recordInterview,
  removeInterview,
  uncodePassage,
  withdraw,
} from './interviews.service';

/** Rounds of interviews: guide, consent, notes without names, themes, and their deletion. */
export const interviews = new Routes('/interviews');

interviews.get('/', interviewers, async (req, res) => {
  const rounds = await selectRounds(req.actor.organisation_id);
  res.render('interviews/list', { rounds, mayReadContacts: canReadContacts(req.actor), noonOf });
});

interviews.get('/new', interviewers, (_req, res) => renderNew(res, { key: randomUUID() }));

interviews.post('/new', interviewers, async (req, res) => {
  const form = readForm(RoundForm, req.body);
  if (!form.ok) return renderNew(res.status(422), form.values, form.errors);
  res.redirect(303, `/interviews/${await createRound(req.actor, form.value, standardQuestions(res))}`);
});

interviews.get('/withdraw', anyone, (req, res) =>
  res.render('interviews/withdraw', { values: {}, errors: {}, saved: req.query.saved }),
);

interviews.post('/withdraw', anyone, async (req, res) => {
  const code = String(req.body?.code ?? '').slice(0, 60);
  if (await withdraw(code, req.ip ?? '')) return res.redirect(303, '/interviews/withdraw?saved=withdrawn');
  res.status(422).render('interviews/withdraw', { values: { code }, errors: { code: 'interviews.withdraw.wrong' } });
});

interviews.get('/:round', interviewers, (req, res) => renderRound(req, res));

interviews.post('/:round/interviews', interviewers, async (req, res) => {
  const round = await loadOngoing(req);
  const form = readForm(InterviewForm, req.body);
  if (!form.ok) return renderRound(req, res.status(422), form.values, form.errors);
  const isGroup = round.groups.includes(form.value.population_group);
  if (!isGroup) return renderRound(req, res.status(422), form.value, { population_group: 'interviews.groups.missing' });
  const code = await recordInterview(req.actor, round, form.value);
  res.render('interviews/code', { round, code });
});

interviews.post('/:round/interviews/:interview/passages', interviewers, async (req, res) => {
  const round = await loadOngoing(req);
  const interview = await loadInterview(req, round);
  const form = readForm(PassageForm, req.body);
  if (!form.ok) return renderRound(req, res.status(422), { ...form.values, interview: interview.id }, form.errors);
  await codePassage(interview, form.value);
  res.redirect(303, `/interviews/${round.id}#notes`);
});

interviews.post('/:round/interviews/:interview/passages/:passage/remove', interviewers, async (req, res) => {
  const round = await loadOngoing(req);
  const interview = await loadInterview(req, round);
  found((await uncodePassage(interview, String(req.params.passage))) || undefined);
  res.redirect(303, `/interviews/${round.id}#notes`);
});

interviews.post('/:round/interviews/:interview/remove', interviewers, async (req, res) => {
  const round = await loadOngoing(req);
  await removeInterview(req.actor, await loadInterview(req, round));
  res.redirect(303, `/interviews/${round.id}#notes`);
});

interviews.post('/:round/delete', interviewers, async (req, res) => {
  const round = await loadOngoing(req);
  const isSure = req.body?.sure === 'yes';
  if (!isSure) return renderRound(req, res.status(422), {}, { sure: 'interviews.delete.sureMissing' });
  await deleteNotes(req.actor, round);
  res.redirect(303, `/interviews/${round.id}`);
});

const standardQuestions = (res: Response): string[] =>
  ['needed', 'problems', 'places'].map((key) => res.locals.t(`interviews.standard.${key}`));

async function loadRound(req: Request): Promise<FoundRound> {
  const round = found(await findRound(String(req.params.round)));
  return found(round.organisation_id === req.actor.organisation_id ? round : undefined);
}
async function loadInterview(req: Request, round: FoundRound) {
  return found((await selectInterviews(round)).find(({ id }) => id === req.params.interview));
}
async function loadOngoing(req: Request): Promise<FoundRound> {
  const round = await loadRound(req);
  return found(round.deleted_on === null ? round : undefined);
}

function renderNew(res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  res.render('interviews/new', { values, errors, standard: standardQuestions(res) });
}

async function renderRound(
  req: Request,
  res: Response,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const round = await loadRound(req);
  const [all, passages] = [await selectInterviews(round), await selectPassages(round)];
  const chain = await selectChain('interview-round', round.id);
  const matrix = round.remains ?? matrixOf(round, all, passages);
  const page = { round, interviews: all, passages, matrix, chain, themes: THEMES, noonOf, keyOf: () => randomUUID() };
  res.render('interviews/round', { ...page, values: { ...values, key: randomUUID() }, errors });
}
