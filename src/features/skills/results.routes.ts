import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { standingOf } from './responses.model';
import { comment, contest, markRead, settle } from './responses.service';
import { findResult, listResults } from './results.queries';
import { CommentForm, ContestForm } from './results.schema';
import { frameworkWords, wordsLanguage } from './skills.model';
import { SEEN_BY_SUPERVISORS } from './skills.policy';
import { removeOwnObservation } from './skills.service';

/** Every result is first the person's own: here they read it, comment on it, contest it, and take back what is theirs to take. */
export const results = new Routes('/skills/results');

results.get('/', signedIn, async (req, res) => {
  const { rows } = await listResults(req.actor);
  const { competences } = await frameworkWords(wordsLanguage(req.actor));
  res.render('skills/results/list', { results: rows, competences, standingOf, saved: req.query.saved });
});

results.get('/:observation', signedIn, (req, res) => renderOne(req, res));

results.post('/:observation/read', signedIn, async (req, res) => {
  const { id } = await load(req);
  await markRead(req.actor, id);
  res.redirect(303, '/skills/results?saved=read');
});

results.post('/:observation/comment', signedIn, async (req, res) => {
  const { id } = await load(req);
  const form = readForm(CommentForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.values, form.errors);
  await comment(req.actor, id, form.value.comment);
  res.redirect(303, `/skills/results/${id}?saved=comment`);
});

results.post('/:observation/contest', signedIn, async (req, res) => {
  const { id } = await load(req);
  const form = readForm(ContestForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.values, form.errors);
  await contest(req.actor, id, form.value.reason);
  res.redirect(303, `/skills/results/${id}?saved=contested`);
});

results.post('/:observation/settle', signedIn, async (req, res) => {
  const { id } = await load(req);
  await settle(req.actor, id);
  res.redirect(303, `/skills/results/${id}?saved=settled`);
});

results.post('/:observation/remove', signedIn, async (req, res) => {
  const { id, competence_code } = await load(req);
  const gone = await removeOwnObservation(req.actor, id);
  res.redirect(303, `/skills/${competence_code}?saved=${gone ? 'removed' : 'kept'}`);
});

async function load(req: Request) {
  const id = found(/^[0-9a-f-]{36}$/.exec(String(req.params.observation)))[0];
  return found(await findResult(req.actor, id));
}

async function renderOne(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const result = await load(req);
  const { competences, targets } = await frameworkWords(wordsLanguage(req.actor));
  const isRequired = targets.get(req.actor.target_profile ?? '')?.has(result.competence_code) ?? false;
  res.render('skills/results/one', {
    result,
    competence: competences.get(result.competence_code),
    standing: standingOf(result),
    isInvited: ['peer', 'experience_expert'].includes(result.source),
    seenBySupervisor: isRequired && SEEN_BY_SUPERVISORS.includes(result.source),
    values,
    errors,
    saved: req.query.saved,
  });
}
