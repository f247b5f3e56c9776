import { randomUUID } from 'node:crypto';
import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { found } from '../../lib/guards';
import { recordAudit } from '../audit/audit.model';
import type { Draft } from '../authoring/drafts.model';
import { saveDraft } from '../authoring/drafts.service';
import type { Actor } from '../organisations/organisations.model';
import {
  type BankFilter,
  type BankQuestion,
  findBankQuestions,
  insertBankQuestions,
  type NewBankQuestion,
  removeBankQuestion,
  selectBank,
  selectKnown,
  updateBankQuestion,
} from './bank.model';
import { fingerprint, languagesOf, type Written, writtenOf } from './written';

type DraftQuestion = Draft['content']['questions'][number];
export type DraftDraw = NonNullable<Draft['content']['draws']>[number];

/** How many questions were kept, and how many said the same as one that was there. */
export interface Kept {
  kept: number;
  known: number;
}

/** Puts questions into the bank. Those without a prompt in any language are no questions yet and are passed over. */
export function keepInBank(actor: Actor, entries: readonly NewBankQuestion[]): Promise<Kept> {
  return atomically(async () => {
    const whole = entries.filter(({ question }) => languagesOf(question).length > 0);
    const ids = whole.length > 0 ? await insertBankQuestions(actor.organisation_id, whole) : [];
    if (ids.length > 0)
      await recordAudit(actor, 'bank.kept', { type: 'bank', id: ids[0] ?? '' }, { count: ids.length });
    return { kept: ids.length, known: whole.length - ids.length };
  });
}

/** Keeps questions of a draft; from then on each is a copy that knows its question in the bank. */
export function keepDraftQuestions(actor: Actor, draft: Draft, ids: readonly string[], title: string): Promise<Kept> {
  return atomically(async () => {
    const chosen = draft.content.questions.filter(({ id }) => ids.includes(id));
    const source = { kind: 'draft' as const, id: draft.id, title };
    const outcome = await keepInBank(
      actor,
      chosen.map((question) => ({ question: writtenOf(question), source })),
    );
    const known = await selectKnown(actor.organisation_id, chosen.map(writtenOf));
    const questions = draft.content.questions.map((question) => {
      const there = ids.includes(question.id) ? known.get(fingerprint(question)) : undefined;
      return there ? { ...question, bank: { id: there.id, version: there.version } } : question;
    });
    // A draft that waits for its signatures is not touched: its questions are in the bank all the same.
    if (draft.state === 'writing') await save(actor, draft, { questions });
    return outcome;
  });
}

/** The bank takes what the draft says of this question now; other drafts with a copy are asked whether they want it. */
export function renewInBank(actor: Actor, draft: Draft, questionId: string): Promise<boolean> {
  return atomically(async () => {
    const question = found(draft.content.questions.find(({ id }) => id === questionId));
    const { id } = found(question.bank);
    const renewed = await updateBankQuestion(actor.organisation_id, id, writtenOf(question));
    if (!renewed) return false;
    const [now] = await findBankQuestions(actor.organisation_id, [id]);
    const version = now?.version ?? 1;
    const questions = draft.content.questions.map((one) =>
      one.id === questionId ? { ...one, bank: { id, version } } : one,
    );
    await save(actor, draft, { questions });
    await recordAudit(actor, 'bank.renewed', { type: 'bank_question', id }, { version });
    return true;
  });
}

/** The draft takes what the bank says now, in place of its own text of that question. */
export function takeNewText(actor: Actor, draft: Draft, questionId: string): Promise<void> {
  return atomically(async () => {
    const question = found(draft.content.questions.find(({ id }) => id === questionId));
    const [there] = await findBankQuestions(actor.organisation_id, question.bank ? [question.bank.id] : []);
    const { id, question: text, version } = found(there);
    const questions = draft.content.questions.map((one) =>
      one.id === questionId
        ? // Its translations followed the text that was: they are the bank's own now.
          {
            ...text,
            id: one.id,
            version: (one.version ?? 1) + 1,
            follows: followed(text, (one.version ?? 1) + 1),
            bank: { id, version },
          }
        : one,
    );
    await save(actor, draft, { questions });
  });
}

const followed = (text: Written, version: number) =>
  Object.fromEntries(languagesOf(text).map((language) => [language, version]));

export function removeFromBank(actor: Actor, id: string): Promise<void> {
  return atomically(async () => {
    if (await removeBankQuestion(actor.organisation_id, id))
      await recordAudit(actor, 'bank.removed', { type: 'bank_question', id });
  });
}

const copyOf = ({ id, version, question }: BankQuestion): DraftQuestion => ({
  ...question,
  id: randomUUID().slice(0, 8),
  bank: { id, version },
});

/** The most questions that a quiz may have: more are no quiz. */
export const MOST_IN_DRAFT = 100;

/** Copies questions of the bank to the end of a quiz. One that it has already is not copied again. Returns how many were. */
export function copyToDraft(actor: Actor, draft: Draft, ids: readonly string[]): Promise<number> {
  return atomically(async () => {
    const has = new Set(draft.content.questions.flatMap(({ bank }) => bank?.id ?? []));
    const there = await findBankQuestions(actor.organisation_id, ids);
    const wanted = [...new Set(ids)].flatMap(
      (id) => there.find((one) => one.id === id && !one.removed_at && !has.has(id)) ?? [],
    );
    const before = draft.content.questions.filter((question) => !isBlank(question));
    const copies = wanted.slice(0, Math.max(0, MOST_IN_DRAFT - before.length)).map(copyOf);
    if (copies.length > 0) await save(actor, draft, { questions: [...before, ...copies] });
    return copies.length;
  });
}

/** The empty question that every new quiz begins with. */
const isBlank = (question: DraftQuestion) =>
  !question.bank &&
  !question.content &&
  languagesOf(question).length === 0 &&
  question.options.every(({ texts }) => Object.values(texts).every(({ text }) => text === ''));

export const MOST_DRAWS = 10;
/** Of the bank so many may lie in a pile. */
const MOST_IN_PILE = 100;

export type NewDraw = Pick<DraftDraw, 'from' | 'competence' | 'level' | 'count'>;

const filterOf = ({ competence, level }: NewDraw): BankFilter => ({
  words: '',
  competence,
  level,
  type: '',
  language: '',
});

/** The copies of the bank's questions that a draw takes from. */
async function pileOf(actor: Actor, draft: Draft, draw: NewDraw): Promise<DraftQuestion[]> {
  if (draw.from === 'own') return [];
  const all = await selectBank(actor.organisation_id, filterOf(draw), MOST_IN_PILE);
  // Readers of the quiz must be able to read what they draw.
  return all.filter(({ languages }) => languages.includes(draft.content.original)).map(copyOf);
}

/** From now on each attempt at the quiz draws so many questions of this competence and level. */
export function addDraw(actor: Actor, draft: Draft, draw: NewDraw): Promise<void> {
  return atomically(async () => {
    const draws = draft.content.draws ?? [];
    if (draws.length >= MOST_DRAWS) throw conflict();
    const pile = await pileOf(actor, draft, draw);
    const same = (one: DraftDraw) =>
      one.from === draw.from && one.competence === draw.competence && one.level === draw.level;
    const kept = draws.filter((one) => !same(one));
    const before = draft.content.questions.filter((question) => pile.length === 0 || !isBlank(question));
    const id = draws.find(same)?.id ?? randomUUID().slice(0, 8);
    await save(actor, draft, { questions: before, draws: [...kept, { ...draw, id, pile }] });
  });
}

export async function removeDraw(actor: Actor, draft: Draft, id: string): Promise<void> {
  await save(actor, draft, { draws: (draft.content.draws ?? []).filter((draw) => draw.id !== id) });
}

/** The pile takes what the bank has now. Questions that stay keep their names, and with them their answers. */
export function renewPile(actor: Actor, draft: Draft, id: string): Promise<void> {
  return atomically(async () => {
    const draw = found((draft.content.draws ?? []).find((one) => one.id === id));
    const known = new Map(draw.pile.map((question) => [question.bank?.id, question.id]));
    const pile = (await pileOf(actor, draft, draw)).map((copy) => ({
      ...copy,
      id: known.get(copy.bank?.id) ?? copy.id,
    }));
    const draws = (draft.content.draws ?? []).map((one) => (one.id === id ? { ...one, pile } : one));
    await save(actor, draft, { draws });
  });
}

/** Throws 409 when somebody saved the draft meanwhile. */
async function save(actor: Actor, draft: Draft, change: Partial<Draft['content']>): Promise<void> {
  if (!(await saveDraft(actor, draft.id, draft.version, { ...draft.content, ...change }))) throw conflict();
}
