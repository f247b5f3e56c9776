import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { canEditDraft, canViewDraft } from '../authoring/authoring.policy';
import { type Draft, findDraft } from '../authoring/drafts.model';
import { authors } from '../organisations/organisations.policy';
import { type BankQuestion, findBankQuestions } from './bank.model';
import { competenceChoices } from './bank.page';
import { DrawForm, KeepForm, OneForm, Version } from './bank.schema';
import {
  addDraw,
  keepDraftQuestions,
  MOST_DRAWS,
  removeDraw,
  renewInBank,
  renewPile,
  takeNewText,
} from './bank.service';
import { fingerprint, languagesOf, nameOf, withAnswer, writtenOf } from './written';

/** What a quiz that is being written has to do with the bank: what it keeps there, takes from there and draws. */
export const bankDrafts = new Routes('/write/bank/drafts');

bankDrafts.get('/:draft', authors, async (req, res) => renderDraft(req, res, await quizDraft(req)));

bankDrafts.post('/:draft/keep', authors, async (req, res) => {
  const draft = await seenDraft(req);
  const form = readForm(KeepForm, req.body);
  if (!form.ok) return renderDraft(req, res.status(422), draft, form.errors);
  const { kept, known } = await keepDraftQuestions(req.actor, draft, form.value.question, titleOf(draft));
  res.redirect(303, `/write/bank/drafts/${draft.id}?kept=${kept}&known=${known}`);
});

bankDrafts.post('/:draft/renew', authors, async (req, res) => {
  const draft = await editedDraft(req);
  const form = readForm(OneForm, { question: req.query.one ?? req.body?.question });
  const renewed = form.ok && (await renewInBank(req.actor, draft, form.value.question));
  res.redirect(303, `/write/bank/drafts/${draft.id}?done=${renewed ? 'renewed' : 'same'}`);
});

bankDrafts.post('/:draft/news', authors, async (req, res) => {
  const draft = await editedDraft(req);
  const form = readForm(OneForm, req.body);
  await takeNewText(req.actor, draft, found(form.ok ? form.value.question : undefined));
  res.redirect(303, `/write/bank/drafts/${draft.id}?done=taken`);
});

bankDrafts.post('/:draft/draws', authors, async (req, res) => {
  const draft = await editedDraft(req);
  const form = readForm(DrawForm, req.body);
  if (!form.ok) return renderDraft(req, res.status(422), draft, form.errors, form.values);
  await addDraw(req.actor, draft, form.value);
  res.redirect(303, `/write/bank/drafts/${draft.id}?done=draw#draws`);
});

bankDrafts.post('/:draft/draws/:draw/remove', authors, async (req, res) => {
  const draft = await editedDraft(req);
  await removeDraw(req.actor, draft, String(req.params.draw));
  res.redirect(303, `/write/bank/drafts/${draft.id}?done=undrawn#draws`);
});

bankDrafts.post('/:draft/draws/:draw/again', authors, async (req, res) => {
  const draft = await editedDraft(req);
  await renewPile(req.actor, draft, String(req.params.draw));
  res.redirect(303, `/write/bank/drafts/${draft.id}?done=pile#draws`);
});

async function quizDraft(req: Request): Promise<Draft> {
  const draft = found(await findDraft(req.actor.organisation_id, String(req.params.draft)));
  authorize(canViewDraft(req.actor, draft));
  return found(draft.kind === 'quiz' ? draft : undefined);
}

/** The draft as its author saw it: what somebody saved meanwhile is not written over. */
async function seenDraft(req: Request): Promise<Draft> {
  return { ...(await quizDraft(req)), version: Version.parse(req.body?.version) };
}

async function editedDraft(req: Request): Promise<Draft> {
  const draft = await seenDraft(req);
  authorize(canEditDraft(req.actor, draft));
  return draft;
}

const titleOf = ({ content }: Draft) => content.title[content.original] || '–';

async function renderDraft(
  req: Request,
  res: Response,
  draft: Draft,
  errors: FieldErrors = {},
  values: Record<string, unknown> = {},
) {
  const { content } = draft;
  const [there, present] = await Promise.all([
    findBankQuestions(
      req.actor.organisation_id,
      content.questions.flatMap(({ bank }) => bank?.id ?? []),
    ),
    found(await findDraft(req.actor.organisation_id, draft.id)),
  ]);
  const inBank = new Map(there.map((one) => [one.id, one]));
  const questions = content.questions
    .map((question, index) => ({ ...question, number: index + 1, name: nameOf(question, content.original) }))
    .filter((question) => languagesOf(question).length > 0)
    .map((question) => ({ ...question, ...stateOf(question, question.bank && inBank.get(question.bank.id)) }));
  res.render('bank/draft', {
    ...{ draft: { ...draft, version: present.version }, errors, values, questions, query: req.query },
    title: titleOf(draft),
    news: questions
      .filter(({ state }) => state === 'news')
      .map((question) => ({
        ...question,
        ours: withAnswer(question.id, writtenOf(question), content.original),
        theirs: withAnswer(`${question.id}-bank`, (question.kept as BankQuestion).question, content.original),
      })),
    draws: (content.draws ?? []).map((draw) => ({ ...draw, lying: lyingIn(draft, draw) })),
    mayDraw: (content.draws ?? []).length < MOST_DRAWS,
    mayEdit: canEditDraft(req.actor, draft),
    competences: await competenceChoices(req.actor),
  });
}

type DraftQuestion = Draft['content']['questions'][number];

/** Whether the bank has the question, says now something else than what was copied, or has an older text than the draft. */
function stateOf(question: DraftQuestion, kept: BankQuestion | undefined) {
  if (!question.bank || !kept || kept.removed_at) return { state: 'out' as const, kept };
  const isSame = kept.fingerprint === fingerprint(question);
  if (kept.version > question.bank.version && !isSame) return { state: 'news' as const, kept };
  return { state: isSame ? ('same' as const) : ('changed' as const), kept };
}

/** How many questions an attempt draws from. */
function lyingIn({ content }: Draft, draw: NonNullable<Draft['content']['draws']>[number]): number {
  if (draw.from === 'bank') return draw.pile.length;
  const first = (question: DraftQuestion) =>
    (content.draws ?? []).find(
      ({ from, competence, level }) =>
        from === 'own' && competence === question.competence && (level === 0 || level === question.level),
    );
  return content.questions.filter((question) => first(question)?.id === draw.id).length;
}
