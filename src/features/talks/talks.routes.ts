import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf, noonOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { signedIn } from '../organisations/organisations.policy';
import { frameworkWords } from '../skills/skills.model';
import { readTalkPage, readTalksPage } from './talks.page';
import { canChangeTalk, canOpenTalk, sideOf } from './talks.policy';
import { findTalk, selectSupervised, selectSupervisorsOf, type TalkPage } from './talks.queries';
import {
  AgreementForm,
  ConfirmationForm,
  DayForm,
  GoalForm,
  PreparationForm,
  ProposalForm,
  SharingForm,
  SupervisorForm,
} from './talks.schema';
import {
  addGoal,
  agree,
  cancelTalk,
  confirmTalk,
  forgetPreparation,
  giveTalkTo,
  moveTalk,
  prepare,
  proposeTalk,
  removeGoal,
  shareInTalk,
} from './talks.service';

/** Development talks: a page for two. */
export const talks = new Routes('/talks');

talks.get('/', signedIn, (req, res) => renderList(req, res));

talks.post('/', signedIn, async (req, res) => {
  const form = readForm(ProposalForm, req.body);
  if (!form.ok) return renderList(req, res.status(422), form.values, form.errors);
  const { key: id, with: other, planned_on } = form.value;
  const pair = found(await pairOf(req, other));
  const talk = await proposeTalk(req.actor, { id, ...pair, planned_on: planned_on ?? dayOf(new Date()) });
  res.redirect(303, `/talks/${talk}?saved=planned`);
});

talks.get('/:talk', signedIn, async (req, res) => renderTalk(req, res, await load(req)));

talks.post('/:talk/day', signedIn, async (req, res) => {
  const talk = await loadOpen(req);
  const form = readForm(DayForm, req.body);
  if (!form.ok) return renderTalk(req, res.status(422), talk, form.values, form.errors);
  await moveTalk(req.actor, talk, form.value.planned_on ?? talk.planned_on);
  res.redirect(303, `/talks/${talk.id}?saved=day`);
});

talks.post('/:talk/removal', signedIn, async (req, res) => {
  await cancelTalk(req.actor, await loadOpen(req));
  res.redirect(303, '/talks?saved=cancelled');
});

talks.post('/:talk/preparation', signedIn, async (req, res) => {
  const talk = await load(req);
  if (!canChangeTalk(talk)) return renderTalk(req, res.status(422), talk, req.body, { form: 'talks.heldMeanwhile' });
  const form = readForm(PreparationForm, req.body);
  if (!form.ok) return renderTalk(req, res.status(422), talk, form.values, form.errors);
  if (!(await prepare(req.actor, talk, form.value)))
    return renderTalk(
      req,
      res.status(422),
      talk,
      { ...form.value, version: undefined },
      { well: 'talks.preparation.twice' },
    );
  res.redirect(303, `/talks/${talk.id}?saved=preparation`);
});

talks.post('/:talk/preparation/removal', signedIn, async (req, res) => {
  const talk = await load(req);
  await forgetPreparation(req.actor, talk);
  res.redirect(303, `/talks/${talk.id}?saved=forgotten`);
});

talks.post('/:talk/sharing', signedIn, async (req, res) => {
  const talk = await loadOpen(req);
  authorize(sideOf(req.actor, talk) === 'person');
  const form = readForm(SharingForm, req.body);
  if (!form.ok) return renderTalk(req, res.status(422), talk, form.values, form.errors);
  await shareInTalk(talk, form.value.shared);
  res.redirect(303, `/talks/${talk.id}?saved=sharing#skills`);
});

talks.post('/:talk/supervisor', signedIn, async (req, res) => {
  const talk = await load(req);
  authorize(sideOf(req.actor, talk) === 'person');
  const form = readForm(SupervisorForm, req.body);
  if (!form.ok) return renderTalk(req, res.status(422), talk, form.values, form.errors);
  const { rows } = await selectSupervisorsOf(req.actor.organisation_id, req.actor.id);
  const next = found(rows.find(({ id }) => id === form.value.supervisor));
  if (!(await giveTalkTo(req.actor, talk, next.id)))
    return renderTalk(req, res.status(422), talk, form.value, { supervisor: 'talks.give.open' });
  res.redirect(303, `/talks/${talk.id}?saved=given`);
});

talks.post('/:talk/goals', signedIn, async (req, res) => {
  const talk = await loadOpen(req);
  const form = readForm(GoalForm, req.body);
  if (!form.ok) return renderTalk(req, res.status(422), talk, form.values, form.errors);
  const { competences } = await frameworkWords(req.actor.language);
  const { competence } = form.value;
  if (competence !== null && !competences.has(competence))
    return renderTalk(req, res.status(422), talk, form.value, { competence: 'errors.invalid' });
  if (!(await addGoal(talk, form.value)))
    return renderTalk(req, res.status(422), talk, form.value, { words: 'talks.goal.many' });
  res.redirect(303, `/talks/${talk.id}?saved=goal#goals`);
});

talks.post('/:talk/goals/:goal/removal', signedIn, async (req, res) => {
  const talk = await loadOpen(req);
  await removeGoal(talk, String(req.params.goal));
  res.redirect(303, `/talks/${talk.id}#goals`);
});

talks.post('/:talk/agreement', signedIn, async (req, res) => {
  const talk = await load(req);
  if (!canChangeTalk(talk)) return renderTalk(req, res.status(422), talk, req.body, { form: 'talks.heldMeanwhile' });
  const form = readForm(AgreementForm, req.body);
  if (!form.ok) return renderTalk(req, res.status(422), talk, form.values, form.errors);
  if (!(await agree(talk, form.value))) {
    const typed = { ...form.value, text_version: undefined };
    return renderTalk(req, res.status(422), await load(req), typed, { agreement: 'talks.agreement.twice' });
  }
  res.redirect(303, `/talks/${talk.id}?saved=agreement#agreement`);
});

talks.post('/:talk/confirmation', signedIn, async (req, res) => {
  const talk = await loadOpen(req);
  const form = readForm(ConfirmationForm, req.body);
  const outcome = await confirmTalk(req.actor, talk, form.ok ? form.value.version : -1);
  if (outcome === 'changed' || outcome === 'empty')
    return renderTalk(req, res.status(422), await load(req), {}, { form: `talks.confirm.${outcome}` });
  res.redirect(303, `/talks/${talk.id}?saved=${outcome}`);
});

/** A talk of the reader's; for anyone else there is none. */
async function load(req: Request): Promise<TalkPage> {
  const talk = found(await findTalk(req.actor, String(req.params.talk)));
  return found(canOpenTalk(req.actor, talk) ? talk : undefined);
}

/** One that has been held changes no more: a form left open in another window leads to an explanation. */
async function loadOpen(req: Request): Promise<TalkPage> {
  const talk = await load(req);
  authorize(canChangeTalk(talk));
  return talk;
}

/** The two who will talk: the actor with somebody they supervise, or with a supervisor of theirs. */
async function pairOf(req: Request, other: string) {
  const { actor } = req;
  const supervised = await selectSupervised(actor);
  if (supervised.rows.some(({ id }) => id === other)) return { person_id: other, supervisor_id: actor.id };
  const above = await selectSupervisorsOf(actor.organisation_id, actor.id);
  return above.rows.some(({ id }) => id === other) ? { person_id: actor.id, supervisor_id: other } : undefined;
}

async function renderList(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const lists = await readTalksPage(req.actor);
  const typed = { key: randomUUID(), with: req.query.with, ...values };
  res.render('talks/list', {
    ...lists,
    values: typed,
    errors,
    saved: req.query.saved,
    noonOf,
    today: dayOf(new Date()),
  });
}

async function renderTalk(
  req: Request,
  res: Response,
  talk: TalkPage,
  values: Record<string, unknown> = {},
  errors: FieldErrors = {},
) {
  const shown = await readTalkPage(req.actor, talk);
  await recordLooks(req.actor, 'talk', [talk.person_id]);
  const typed = { key: randomUUID(), competence: req.query.skill, ...values };
  res.render(talk.held_at ? 'talks/held' : 'talks/talk', {
    ...shown,
    values: typed,
    errors,
    saved: req.query.saved,
    noonOf,
    today: dayOf(new Date()),
  });
}
