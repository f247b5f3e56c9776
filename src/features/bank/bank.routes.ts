import type { Request } from 'express';
import { z } from 'zod';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { canEditDraft, writers } from '../authoring/authoring.policy';
import { findDraft } from '../authoring/drafts.model';
import { authors } from '../organisations/organisations.policy';
import { TYPE_NAMES } from '../quizzes/question-types/registry';
import { findBankQuestions, PER_PAGE, searchBank } from './bank.model';
import { competenceChoices, queryOf } from './bank.page';
import { CopyForm, Filter } from './bank.schema';
import { copyToDraft, removeFromBank } from './bank.service';
import { selectQuizDrafts } from './quizzes.model';
import { nameOf, withAnswer } from './written';

/** The questions that an organisation keeps, found by what they are about. */
export const bank = new Routes('/write/bank');

bank.get('/', writers, async (req, res) => {
  res.render('bank/index', await bankPage(req, {}));
});

/** Copies chosen questions into a quiz that is being written. */
bank.post('/copy', authors, async (req, res) => {
  const form = readForm(CopyForm, req.body);
  if (!form.ok) return res.status(422).render('bank/index', await bankPage(req, form.errors));
  const draft = found(await findDraft(req.actor.organisation_id, form.value.draft));
  authorize(canEditDraft(req.actor, draft) && draft.kind === 'quiz');
  const copied = await copyToDraft(req.actor, draft, form.value.question);
  res.redirect(303, `/write/bank/drafts/${draft.id}?copied=${copied}`);
});

bank.get('/questions/:question', writers, async (req, res) => {
  const kept = await questionOf(req);
  const [drafts] = await together(selectQuizDrafts(req.actor.organisation_id));
  const shown = withAnswer(kept.id, kept.question, req.actor.content_language);
  const competence =
    kept.competence_code && (await competenceChoices(req.actor)).find(({ value }) => value === kept.competence_code);
  res.render('bank/question', { kept, shown, competence, drafts: drafts.rows, mayWrite: authors.allows(req) });
});

bank.post('/questions/:question/remove', authors, async (req, res) => {
  const kept = await questionOf(req);
  await removeFromBank(req.actor, kept.id);
  res.redirect(303, '/write/bank?done=removed');
});

async function questionOf(req: Request) {
  const id = found(z.uuid().safeParse(req.params.question).data);
  const [kept] = await findBankQuestions(req.actor.organisation_id, [id]);
  return found(kept);
}

/** The same page for a search and for a form that lacks something: what was chosen stays chosen. */
async function bankPage(req: Request, errors: FieldErrors) {
  const filter = Filter.parse({ ...req.query, ...(req.body ?? {}) });
  const { page, draft: wanted, ...asked } = filter;
  const [found, drafts] = await together(
    searchBank(req.actor.organisation_id, asked, page),
    selectQuizDrafts(req.actor.organisation_id),
  );
  const total = found.rows[0]?.total ?? 0;
  const names = await competenceChoices(req.actor);
  return {
    ...{ errors, filter, total, page, names, done: req.query.done, types: TYPE_NAMES, mayWrite: authors.allows(req) },
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    chosen: [req.body?.question ?? []].flat(),
    questions: found.rows.map((one) => ({ ...one, name: nameOf(one.question, req.actor.content_language) })),
    drafts: drafts.rows,
    draft: drafts.rows.find(({ id }) => id === wanted),
    isFiltered: queryOf(asked) !== '',
    query: queryOf(asked),
    addressOf: (number: number) => `/write/bank?${queryOf({ ...asked, draft: wanted, page: number })}`,
  };
}
