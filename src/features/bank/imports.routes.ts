import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { canEditDraft } from '../authoring/authoring.policy';
import { findDraft } from '../authoring/drafts.model';
import { authors } from '../organisations/organisations.policy';
import { competenceChoices } from './bank.page';
import { SendForm, TakeForm } from './bank.schema';
import {
  countItems,
  findImport,
  type ImportItem,
  ITEMS_PER_PAGE,
  type QuestionImport,
  SHOWN,
  selectImports,
  selectItems,
} from './imports.model';
import { discardImport, MOST_QUESTIONS, sendFile, takeItems } from './imports.service';
import { selectQuizDrafts } from './quizzes.model';
import { withAnswer } from './written';

/** Files of questions from other systems: sent, looked at, and only then taken. */
export const bankImports = new Routes('/write/bank/imports');

const MEGABYTES = 30;

bankImports.get('/', authors, (req, res) => renderSend(req, res, { draft: req.query.draft }));

bankImports.post('/', authors, async (req, res) => {
  await withUploads(req, res, { megabytes: MEGABYTES, keepsForm: true }, async ({ file }, tooLarge) => {
    const form = readForm(SendForm, req.body);
    const errors: FieldErrors = form.ok ? {} : form.errors;
    if (tooLarge) errors.file = 'bank.refused.tooLarge';
    else if (!file) errors.file = 'bank.refused.missing';
    if (!form.ok || !file || tooLarge) return renderSend(req, res.status(422), req.body, errors);
    const { id, language, competence, level, draft } = form.value;
    if (draft) await editableDraft(req, draft);
    const sent = {
      id,
      fileName: file.originalname.slice(0, 200),
      bytes: await fs.readFile(file.path),
      draftId: draft || null,
    };
    const { refused } = await sendFile(req.actor, { ...sent, reading: { language, competence, level } });
    if (refused) return renderSend(req, res.status(422), req.body, { file: `bank.refused.${refused}` });
    res.redirect(303, `/write/bank/imports/${id}`);
  });
});

bankImports.get('/:import', authors, async (req, res) => renderImport(req, res, await importOf(req)));

bankImports.post('/:import/take', authors, async (req, res) => {
  const row = await importOf(req);
  const form = readForm(TakeForm, req.body);
  const { which, number, draft } = form.ok ? form.value : { which: 'chosen', number: [], draft: '' };
  if (which === 'chosen' && number.length === 0)
    return renderImport(req, res.status(422), row, { number: 'bank.choose.missing' });
  if (draft) await editableDraft(req, draft);
  const taken = await takeItems(req.actor, row, which === 'all' ? 'all' : number, draft || undefined);
  const to = draft ? `&to=${draft}&draft=${taken.draft}` : '';
  res.redirect(303, `/write/bank/imports/${row.id}?kept=${taken.bank}&known=${taken.known}${to}`);
});

bankImports.post('/:import/discard', authors, async (req, res) => {
  const row = await importOf(req);
  await discardImport(req.actor, row.id);
  res.redirect(303, '/write/bank/imports?done=discarded');
});

async function importOf(req: Request): Promise<QuestionImport> {
  const id = found(z.uuid().safeParse(req.params.import).data);
  return found(await findImport(req.actor.organisation_id, id));
}

async function editableDraft(req: Request, id: string) {
  const draft = found(await findDraft(req.actor.organisation_id, id));
  authorize(canEditDraft(req.actor, draft) && draft.kind === 'quiz');
  return draft;
}

async function renderSend(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const { organisation_id, language } = req.actor;
  const [imports, drafts] = await together(selectImports(organisation_id), selectQuizDrafts(organisation_id));
  res.render('bank/send', {
    ...{ errors, megabytes: MEGABYTES, most: MOST_QUESTIONS, done: req.query.done },
    values: { language, level: '1', ...values, id: randomUUID() },
    imports: imports.rows,
    drafts: drafts.rows,
    competences: await competenceChoices(req.actor),
  });
}

async function renderImport(req: Request, res: Response, row: QuestionImport, errors: FieldErrors = {}) {
  const shown = SHOWN.find((which) => which === req.query.show) ?? 'all';
  const page = z.coerce.number().int().min(1).max(1000).catch(1).parse(req.query.page);
  const [counts, items, drafts] = await together(
    countItems(row.id),
    selectItems(row.id, shown, page),
    selectQuizDrafts(req.actor.organisation_id),
  );
  const count = found(counts.rows[0]);
  const total = { all: count.read + count.unread, read: count.read, noted: count.noted, unread: count.unread };
  res.render('bank/import', {
    ...{ row, errors, count, total, shown, page, query: req.query, which: SHOWN, drafts: drafts.rows },
    pages: Math.max(1, Math.ceil(total[shown] / ITEMS_PER_PAGE)),
    items: items.rows.map((item) => ({ ...item, shown: learned(item, row) })),
  });
}

/** The question as a learner will see it. */
const learned = ({ number, question }: ImportItem, { reading }: QuestionImport) =>
  question && withAnswer(`item-${number}`, question, reading.language);
