import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { POPULATION_GROUPS } from '../cards/kinds';
import { selectChain } from '../loop/loop.service';
import { THEMES } from '../loop/themes';
import { isSpaceMember, selectMySpaces } from '../spaces/spaces.model';
import { canSeeInSpace } from '../spaces/spaces.policy';
import { deleteContact, selectContacts, setContact } from './interviews.model';
import { canInterview, contactKeepers, interviewers } from './interviews.policy';
import { selectFindings } from './interviews.queries';
import { ContactForm, FindingForm } from './interviews.schema';
import { addFinding, keepContact } from './interviews.service';

/** The open library of findings, and the list of who wants to hear more, which is linked to nothing. */
export const findings = new Routes('/interviews');

findings.get('/findings', anyone, async (req, res) => {
  const seen = (await selectFindings()).filter(({ visibility }) => visibility !== 'members');
  res.render('interviews/findings', { findings: seen, canAdd: canInterview(req.visitor) });
});

findings.get('/findings/new', interviewers, (req, res) =>
  renderNew(req, res, { key: randomUUID(), from: req.query.from, visibility: 'public' }),
);

findings.post('/findings/new', interviewers, async (req, res) => {
  const form = readForm(FindingForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
  const space_id = (await selectMySpaces(req.actor)).find(({ id }) => id === form.value.space_id)?.id ?? null;
  res.redirect(303, `/interviews/findings/${await addFinding(req.actor, { ...form.value, space_id })}`);
});

findings.get('/findings/:finding', anyone, async (req, res) => {
  const [finding] = await selectFindings(String(req.params.finding));
  const seen = found(finding);
  const asks = seen.visibility === 'members' && seen.space_id !== null && req.visitor !== undefined;
  const isMember = asks && (await isSpaceMember(req.visitor as { id: string }, seen.space_id as string));
  found(canSeeInSpace(seen, isMember ? ['member'] : []) || undefined);
  res.render('interviews/finding', { finding: seen, chain: await selectChain('finding', seen.id) });
});

findings.get('/join', interviewers, (req, res) =>
  res.render('interviews/join', { values: {}, errors: {}, saved: req.query.saved }),
);

findings.post('/join', interviewers, async (req, res) => {
  const form = readForm(ContactForm, req.body);
  if (!form.ok) return res.status(422).render('interviews/join', { values: form.values, errors: form.errors });
  await keepContact(req.actor, form.value);
  res.redirect(303, '/interviews/join?saved=contact');
});

findings.get('/contacts', contactKeepers, async (req, res) => {
  res.render('interviews/contacts', {
    contacts: await selectContacts(req.actor.organisation_id),
    saved: req.query.saved,
  });
});

findings.post('/contacts/:contact', contactKeepers, async (req, res) => {
  const [own, id] = [req.actor.organisation_id, String(req.params.contact)];
  const invited_to = String(req.body?.invited_to ?? '')
    .trim()
    .slice(0, 200);
  const has_joined = req.body?.has_joined === 'yes';
  const isRemoved = req.body?.remove === 'yes';
  found((await (isRemoved ? deleteContact(own, id) : setContact(own, id, { invited_to, has_joined }))) || undefined);
  res.redirect(303, '/interviews/contacts?saved=contact');
});

async function renderNew(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const spaces = await selectMySpaces(req.actor);
  res.render('interviews/finding-new', { values, errors, spaces, themes: THEMES, groups: POPULATION_GROUPS });
}
