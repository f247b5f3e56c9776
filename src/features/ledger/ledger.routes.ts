import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { signedIn } from '../organisations/organisations.policy';
import { competenceNames, wordsLanguage } from '../skills/skills.model';
import { findEntry, findRequest, WORK_KINDS } from './ledger.model';
import { checkerOf, hourCheckers } from './ledger.policy';
import { entriesToCheck, mayCheckPerson, ownEntries, ownRequests, ownSums, requestsToSign } from './ledger.queries';
import { CheckForm, EntryForm, RequestForm, SignForm } from './ledger.schema';
import { askCertificate, checkWork, removeWork, signCertificate, tellWork, withdrawRequest } from './ledger.service';

/** Hours and tasks of peer supporters: told by them, checked by who answers for the work, never compared between people. */
export const hours = new Routes('/hours');

hours.get('/', signedIn, (req, res) => renderOwn(req, res));

hours.post('/', signedIn, async (req, res) => {
  const form = readForm(EntryForm, req.body);
  if (!form.ok) return renderOwn(req, res.status(422), { entry: form.values }, form.errors);
  await tellWork(req.actor, form.value);
  res.redirect(303, '/hours?saved=told');
});

hours.post('/certificate', signedIn, async (req, res) => {
  const form = readForm(RequestForm, req.body);
  if (!form.ok) return renderOwn(req, res.status(422), { request: form.values }, form.errors);
  const names = await competenceNames(wordsLanguage(req.actor));
  const skills = form.value.skills.filter((code) => names.has(code));
  await askCertificate(req.actor, { ...form.value, skills });
  res.redirect(303, '/hours?saved=asked');
});

hours.get('/check', hourCheckers, (req, res) => renderCheck(req, res));

hours.post('/check/:entry', hourCheckers, async (req, res) => {
  const entry = found(await findEntry(req.actor.organisation_id, String(req.params.entry)));
  found((await mayCheckPerson(checkerOf(req.actor), entry.person_id)) || undefined);
  const form = readForm(CheckForm, req.body);
  if (!form.ok) return renderCheck(req, res.status(422), { id: entry.id, ...form.values }, form.errors);
  await checkWork(req.actor, entry, form.value);
  res.redirect(303, '/hours/check?saved=checked');
});

hours.post('/check/certificate/:request', hourCheckers, async (req, res) => {
  const request = found(await findRequest(req.actor.organisation_id, String(req.params.request)));
  found((await mayCheckPerson(checkerOf(req.actor), request.person_id)) || undefined);
  const form = readForm(SignForm, req.body);
  if (!form.ok) return renderCheck(req, res.status(422), { id: request.id, ...form.values }, form.errors);
  const outcome = await signCertificate(req.actor, request, form.value.role);
  if (outcome === 'nothing')
    return renderCheck(req, res.status(422), { id: request.id }, { form: 'ledger.sign.nothing' });
  res.redirect(303, '/hours/check?saved=signed');
});

hours.post('/certificate/:request/withdraw', signedIn, async (req, res) => {
  const request = found(await findRequest(req.actor.organisation_id, String(req.params.request)));
  found(request.person_id === req.actor.id || undefined);
  await withdrawRequest(req.actor, request);
  res.redirect(303, '/hours?saved=withdrawn');
});

hours.post('/:entry/remove', signedIn, async (req, res) => {
  const entry = found(await findEntry(req.actor.organisation_id, String(req.params.entry)));
  found(entry.person_id === req.actor.id || undefined);
  await removeWork(req.actor, entry);
  res.redirect(303, '/hours?saved=removed');
});

interface Typed {
  entry?: Record<string, unknown>;
  request?: Record<string, unknown>;
}

async function renderOwn(req: Request, res: Response, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> {
  const [entries, sums, requests] = await together(ownEntries(req.actor), ownSums(req.actor), ownRequests(req.actor));
  const names = await competenceNames(wordsLanguage(req.actor));
  const today = dayOf(new Date());
  res.render('ledger/own', {
    entries: entries.rows,
    sums: sums.rows,
    requests: requests.rows,
    kinds: WORK_KINDS,
    competences: [...names].map(([code, { plain_name }]) => ({ value: code, text: plain_name })),
    entry: typed.entry ?? { id: randomUUID(), done_on: today },
    asking: typed.request ?? { id: randomUUID(), from_on: `${today.slice(0, 4)}-01-01`, to_on: today },
    isAsking: typed.request !== undefined,
    errors,
    saved: req.query.saved,
  });
}

async function renderCheck(
  req: Request,
  res: Response,
  typed: Record<string, unknown> = {},
  errors: FieldErrors = {},
): Promise<void> {
  const checker = checkerOf(req.actor);
  const [entries, requests] = await together(entriesToCheck(checker), requestsToSign(checker));
  const people = new Set([...entries.rows, ...requests.rows].map(({ person_id }) => person_id));
  await recordLooks(req.actor, 'hours', [...people]);
  res.render('ledger/check', {
    entries: entries.rows,
    requests: requests.rows,
    kinds: WORK_KINDS,
    typed,
    errors,
    saved: req.query.saved,
  });
}
