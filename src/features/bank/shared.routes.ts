import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, message, readForm } from '../../lib/forms';
import { Routes } from '../../lib/routes';
import { writers } from '../authoring/authoring.policy';
import { selectPartners } from '../organisations/networks.model';
import { authors } from '../organisations/organisations.policy';
import { selectBank } from './bank.model';
import { queryOf } from './bank.page';
import { Filter } from './bank.schema';
import { MOST_GIVEN, selectGiven } from './shared.model';
import { shareQuestions, takeQuestions } from './shared.service';
import { nameOf } from './written';

/** Questions that go from the bank of one organisation to another's. */
export const bankShared = new Routes('/write/bank/shared');

const MOST_SHARED = 1000;
const ids = z.preprocess((value) => [value ?? []].flat(), z.array(z.uuid()).max(MOST_GIVEN));

const GiveForm = z
  .object({
    reach: z.enum(['own', 'partners', 'all'], message('bank.give.reach.missing')),
    partners: ids,
  })
  .refine(({ reach, partners }) => reach !== 'partners' || partners.length > 0, {
    error: 'bank.give.partners.missing',
    path: ['partners'],
  });
const TakeForm = z.object({ question: ids.refine((some) => some.length > 0, { error: 'bank.choose.missing' }) });

bankShared.get('/', writers, async (req, res) => renderGiven(req, res));

bankShared.post('/take', authors, async (req, res) => {
  const form = readForm(TakeForm, req.body);
  if (!form.ok) return renderGiven(req, res.status(422), form.errors);
  const taken = await takeQuestions(req.actor, form.value.question);
  res.redirect(303, `/write/bank/shared?taken=${taken}`);
});

bankShared.get('/give', authors, async (req, res) => renderGive(req, res, {}));

bankShared.post('/give', authors, async (req, res) => {
  const form = readForm(GiveForm, req.body);
  if (!form.ok) return renderGive(req, res.status(422), form.values, form.errors);
  const { reach, partners } = form.value;
  const questions = (await foundBy(req)).map(({ id }) => id);
  if (!(await shareQuestions(req.actor, questions, reach, partners)))
    return renderGive(req, res.status(422), req.body, { partners: 'bank.give.partners.missing' });
  res.redirect(303, `/write/bank/shared/give?${queryOf(filterOf(req))}&saved=yes`);
});

const filterOf = (req: Request) => {
  const { page: _, draft: __, ...filter } = Filter.parse(req.query);
  return filter;
};

const foundBy = (req: Request) => selectBank(req.actor.organisation_id, filterOf(req), MOST_SHARED);

async function renderGiven(req: Request, res: Response, errors: FieldErrors = {}) {
  const given = await selectGiven(req.actor.organisation_id);
  const questions = given.map((one) => ({ ...one, name: nameOf(one.question, req.actor.content_language) }));
  const taken = /^\d{1,4}$/.test(String(req.query.taken)) ? Number(req.query.taken) : undefined;
  res.render('bank/shared', { questions, taken, errors, mayWrite: authors.allows(req) });
}

async function renderGive(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const questions = await foundBy(req);
  const { rows } = await selectPartners(req.actor.organisation_id);
  const query = queryOf(filterOf(req));
  res.render('bank/give', {
    count: questions.length,
    partners: rows,
    query,
    values,
    errors,
    saved: req.query.saved === 'yes',
  });
}
