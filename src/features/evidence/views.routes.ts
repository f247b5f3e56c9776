import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { originOf } from '../../lib/origin';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { comment } from '../skills/responses.service';
import { frameworkWords, wordsLanguage } from '../skills/skills.model';
import { invitationToken, onPaper, tokenHash } from './token';
import { askedInvitations, ownInvitations, stateOf } from './views.model';
import { findColleague, listAsked, listOwn, MOST_FOUND, searchColleagues, toldAt } from './views.queries';
import { DecisionForm, InvitationForm, MOST_SKILLS, readAnswer } from './views.schema';
import {
  acceptView,
  answerInvitation,
  GOOD_FOR_DAYS,
  invite,
  leaveOut,
  MOST_OPEN,
  withdrawInvitation,
} from './views.service';

export const views = new Routes('/skills/views');

/** Looking for one colleague takes a few tries; reading the whole list of names by searching takes many. */
const searches = limit('view-search', 60, 10 * 60);

views.get('/', signedIn, async (req, res) => {
  const [own, asked] = await together(listOwn(req.actor), listAsked(req.actor));
  const { competences } = await wordsOf(req);
  res.render('evidence/views/list', { own: own.rows, asked: asked.rows, competences, stateOf, saved: req.query.saved });
});

views.get('/new', signedIn, async (req, res) => {
  const codes = [req.query.skill].flat().map(String);
  await renderNew(req, res, { key: randomUUID(), codes, shown_name: req.actor.name.split(' ')[0] });
});

views.post('/', signedIn, async (req, res) => {
  const form = readForm(InvitationForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
  const { competences } = await wordsOf(req);
  const { key, codes, message, ...whom } = form.value;
  const known = codes.filter((code) => competences.has(code));
  if (known.length === 0) return renderNew(req, res.status(422), req.body, { codes: 'views.invite.codes.missing' });

  const rater = whom.whom === 'person' ? await findColleague(req.actor, whom.person || randomUUID()) : undefined;
  if (whom.whom === 'person' && !rater) return renderSearch(req, res.status(422), whom.search);
  const shown_name = whom.whom === 'link' ? whom.shown_name : req.actor.name;
  const made = await invite(req.actor, {
    id: key,
    rater_id: rater?.id ?? null,
    shown_name,
    competence_codes: [...new Set(known)],
    message,
  });
  if (made === 'full') return renderNew(req, res.status(422), req.body, { form: 'views.invite.full' });
  res.redirect(303, `/skills/views/${key}?saved=asked`);
});

views.get('/asked/:invitation', signedIn, async (req, res) => {
  await renderAsked(req, res, { key: randomUUID(), done_on: dayOf(new Date()) });
});

views.post('/asked/:invitation', signedIn, async (req, res) => {
  const { invitation, competences } = await loadAsked(req);
  const form = readAnswer(competences, false, req.body);
  if (!form.ok) return renderAsked(req, res.status(422), form.values, form.errors);
  const lock = (id: string) => askedInvitations(req.actor).where({ id }).forUpdate().first();
  const answer = { ...form.value, rater_name: req.actor.name };
  const outcome = await answerInvitation(invitation, answer, lock);
  res.redirect(303, `/skills/views?saved=${outcome === 'kept' ? 'told' : 'gone'}`);
});

views.get('/:invitation', signedIn, async (req, res) => {
  await renderOne(req, res);
});

views.post('/:invitation/withdraw', signedIn, async (req, res) => {
  const invitation = await loadOwn(req);
  const done = await withdrawInvitation(req.actor, invitation.id);
  res.redirect(303, `/skills/views?saved=${done ? 'withdrawn' : 'late'}`);
});

views.post('/:invitation/told/:view', signedIn, async (req, res) => {
  const invitation = await loadOwn(req);
  const told = await toldAt(req.actor, invitation.id);
  const view = found(told.find(({ id }) => id === req.params.view));
  const form = readForm(DecisionForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), { view: view.id, ...form.values }, form.errors);
  if (form.value.decision === 'leave') await leaveOut(req.actor, view.id);
  else {
    const observation = await acceptView(req.actor, view.id);
    if (observation && form.value.comment !== '') await comment(req.actor, observation, form.value.comment);
  }
  const saved = form.value.decision === 'leave' ? 'left' : 'accepted';
  res.redirect(303, told.length > 1 ? `/skills/views/${invitation.id}?saved=${saved}` : `/skills/views?saved=${saved}`);
});

const wordsOf = (req: Request) => frameworkWords(wordsLanguage(req.actor));

async function loadOwn(req: Request) {
  return found(
    await ownInvitations(req.actor)
      .where({ id: uuidOf(req) })
      .first(),
  );
}

/** Only while it is open: afterwards there is nothing to answer. */
async function loadAsked(req: Request) {
  const invitation = found(
    await askedInvitations(req.actor)
      .where({ id: uuidOf(req) })
      .first(),
  );
  const { competences } = await wordsOf(req);
  const known = invitation.competence_codes.map((code) => competences.get(code)).filter((one) => one !== undefined);
  return { invitation, competences: known };
}

const uuidOf = (req: Request) => found(/^[0-9a-f-]{36}$/.exec(String(req.params.invitation)))[0];

async function renderNew(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const { competences } = await wordsOf(req);
  const facts = { most: MOST_SKILLS, mostOpen: MOST_OPEN, days: GOOD_FOR_DAYS };
  res.render('evidence/views/new', { values, errors, found: undefined, competences, facts });
}

async function renderSearch(req: Request, res: Response, search: string) {
  if (search.length < 2) return renderNew(req, res, req.body, { search: 'views.invite.search.short' });
  await searches.count(req.actor.id);
  const { rows } = await searchColleagues(req.actor, search);
  const { competences } = await wordsOf(req);
  const error = rows.length === 0 ? 'views.invite.search.none' : 'views.invite.search.choose';
  res.render('evidence/views/new', {
    values: req.body,
    errors: rows.length === 0 ? { search: error } : { person: error },
    found: { people: rows.slice(0, MOST_FOUND), more: rows.length > MOST_FOUND },
    competences,
    facts: { most: MOST_SKILLS, mostOpen: MOST_OPEN, days: GOOD_FOR_DAYS },
  });
}

async function renderAsked(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const { invitation, competences } = await loadAsked(req);
  if (stateOf(invitation) !== 'open') return res.status(404).render('evidence/views/gone', {});
  res.render('evidence/views/asked', { invitation, skills: competences, values, errors, today: dayOf(new Date()) });
}

async function renderOne(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const invitation = await loadOwn(req);
  const [told, own] = await together(toldAt(req.actor, invitation.id), listOwn(req.actor));
  const token = invitationToken(invitation.id);
  // A link made under another secret of the installation cannot be told again.
  const isKnown = invitation.token_hash?.equals(tokenHash(token)) ?? false;
  const state = stateOf(invitation);
  const { competences } = await wordsOf(req);
  res.render('evidence/views/one', {
    invitation,
    rater: own.rows.find(({ id }) => id === invitation.id)?.rater,
    state,
    told,
    competences,
    link:
      isKnown && state === 'open'
        ? { address: `${originOf(req)}/view/${token}`, at: `${originOf(req)}/view`, code: onPaper(token) }
        : undefined,
    values,
    errors,
    saved: req.query.saved,
  });
}
