import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { sensitiveHits } from '../../lib/sensitive';
import { THEMES } from '../loop/themes';
import { signedIn } from '../organisations/organisations.policy';
import { ABILITIES, findByCode, findFollowUp, readFollowUps, selectChecks } from './follow-ups.model';
import { CheckForm, EndFollowUpForm, FindForm, FollowUpForm } from './follow-ups.schema';
import { beginFollowUp, checkFollowUp, endFollowUp, offeredCode, removeFollowUp, toldSums } from './follow-ups.service';
import { BLOCKS } from './kinds';
import { canMatch, canSupport } from './visits.policy';

/** How digital life opens for a person who is supported: their goal, what they can do, what stands in the way; never who they are. */
export const followUps = new Routes('/visits/follow-ups');

followUps.get('/', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  await renderList(req, res);
});

followUps.post('/find', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  const form = readForm(FindForm, req.body);
  if (!form.ok) return renderList(req, res.status(422), form.errors, form.values);
  const wanted = await findByCode(req.actor.organisation_id, form.value.code);
  if (!wanted) return renderList(req, res.status(422), { code: 'visits.follow.codeUnknown' }, req.body);
  res.redirect(303, `/visits/follow-ups/${wanted.id}`);
});

followUps.get('/new', signedIn, (req, res) => {
  authorize(canSupport(req.actor));
  renderNew(res, { id: randomUUID(), code: offeredCode() });
});

followUps.post('/', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  const form = readForm(FollowUpForm, req.body);
  if (!form.ok) return renderNew(res.status(422), form.values, form.errors);
  const { agreed: _, seen, ...words } = form.value;
  const hits = tooMuch(words.goal);
  if (hits.length > 0 && seen !== 'yes')
    return renderNew(res.status(422), { ...req.body, seen: 'yes' }, { goal: 'visits.tellsMuch' }, hits);
  if (!(await beginFollowUp(req.actor, words)))
    return renderNew(res.status(422), { ...req.body, code: offeredCode() }, { code: 'visits.follow.codeTaken' });
  res.redirect(303, `/visits/follow-ups/${words.id}`);
});

followUps.get('/:followUp', signedIn, async (req, res) => renderOne(req, res));

followUps.post('/:followUp/checks', signedIn, async (req, res) => {
  const followUp = await load(req);
  const form = readForm(CheckForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.errors, form.values);
  const { seen, ...check } = form.value;
  const hits = tooMuch(check.can_now);
  if (hits.length > 0 && seen !== 'yes')
    return renderOne(req, res.status(422), { can_now: 'visits.tellsMuch' }, { ...req.body, seen: 'yes' }, hits);
  await checkFollowUp(req.actor, followUp, check);
  res.redirect(303, `/visits/follow-ups/${followUp.id}?said=kept`);
});

followUps.post('/:followUp/end', signedIn, async (req, res) => {
  const followUp = await load(req);
  const form = readForm(EndFollowUpForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.errors, form.values);
  await endFollowUp(req.actor, followUp, form.value.reached);
  res.redirect(303, `/visits/follow-ups/${followUp.id}?said=ended`);
});

followUps.post('/:followUp/remove', signedIn, async (req, res) => {
  const followUp = await load(req);
  authorize(followUp.made_by === req.actor.id || canMatch(req.actor));
  await removeFollowUp(req.actor, followUp);
  res.redirect(303, '/visits/follow-ups?said=removed');
});

const tooMuch = (text: string) => [...new Set(sensitiveHits(text).map((hit) => hit.text))];

const load = async (req: Request) => {
  authorize(canSupport(req.actor));
  return found(await findFollowUp(req.actor.organisation_id, String(req.params.followUp)));
};

async function renderList(req: Request, res: Response, errors: FieldErrors = {}, values: object = {}) {
  const { own, sums } = await readFollowUps(req.actor);
  const told = toldSums(sums, req.actor.smallest_group);
  const said = req.query.said === 'removed';
  res.render('visits/follow-ups', { own, told, errors, values, said, least: req.actor.smallest_group });
}

const renderNew = (res: Response, values: object, errors: FieldErrors = {}, hits: readonly string[] = []) =>
  res.render('visits/follow-up-new', { values, errors, hits, themes: THEMES });

async function renderOne(
  req: Request,
  res: Response,
  errors: FieldErrors = {},
  values: object = {},
  hits: readonly string[] = [],
) {
  const followUp = await load(req);
  res.render('visits/follow-up', {
    ...{ followUp, checks: await selectChecks(followUp), errors, hits, abilities: ABILITIES, blocks: BLOCKS },
    ...{ values: { id: randomUUID(), ...values }, said: ['kept', 'ended'].find((word) => word === req.query.said) },
    mayRemove: followUp.made_by === req.actor.id || canMatch(req.actor),
  });
}
