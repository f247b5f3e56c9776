import { dayOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { receiptCode, receiptHash } from '../../lib/receipt';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { createDraft } from '../authoring/drafts.service';
import { createCourse } from '../courses/publication.service';
import { linkObjects, rememberObject } from '../loop/loop.service';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { type Card, insertCard, insertResponse, insertStep, toggleUse, updateCard } from './cards.model';
import { kindOf } from './kinds';
import { lessonOf } from './lesson-of';

const subject = ({ id }: Pick<Card, 'id'>) => ({ type: 'card', id });

/** Keeps a new card of the actor, once however often it is sent. Returns its id. */
export function keepCard(
  actor: Actor,
  card: Pick<Card, 'id' | 'kind' | 'title' | 'theme'> & Partial<Card>,
): Promise<string> {
  return atomically(async () => {
    const row = {
      ...card,
      organisation_id: actor.organisation_id,
      status: kindOf(card.kind).statuses[0] ?? '',
      made_by: actor.id,
    };
    if (!(await insertCard({ ...row, owner_id: actor.id }))) return card.id;
    await remember(row as Card);
    await recordAudit(actor, 'card.made', subject(card), { kind: card.kind, visibility: card.visibility });
    return card.id;
  });
}

/**
 * Keeps a challenge of somebody who may have no account: the organisation alone sees it until it is sorted. Returns the code by
 * which the sender finds it again; the same one when the form is sent twice.
 */
export function keepAnybodys(
  organisationId: string,
  made_by: string | null,
  challenge: Pick<Card, 'id' | 'title' | 'theme' | 'body' | 'language'>,
): Promise<string> {
  const code = receiptCode(challenge.id);
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      const row = { ...challenge, organisation_id: organisationId, kind: 'challenge' as const, status: 'new', made_by };
      if (await insertCard({ ...row, receipt_hash: receiptHash(code) })) {
        await remember(row as unknown as Card);
        await recordAudit({ id: made_by, organisation_id: organisationId }, 'card.sent', subject(challenge));
      }
      return code;
    }),
  );
}

export function saveCard(actor: Actor, card: Card, words: Partial<Card>): Promise<void> {
  return atomically(async () => {
    await updateCard(card.id, words);
    await remember({ ...card, ...words });
    await recordAudit(actor, 'card.changed', subject(card), { fields: Object.keys(words) });
  });
}

/** Moves a card on, with a sentence where its kind asks one. The history of steps is only added to. */
export function moveCard(actor: Actor, card: Card, step: { id: string; status: string; note: string }): Promise<void> {
  return atomically(async () => {
    const row = { ...step, card_id: card.id, organisation_id: card.organisation_id, made_by: actor.id };
    if (!(await insertStep(row))) return;
    const isEnd = kindOf(card.kind).ends.includes(step.status);
    const changes = {
      status: step.status,
      answered_at: card.answered_at ?? new Date(),
      closed_at: isEnd ? new Date() : null,
      ...(isEnd && { learned: step.note }),
    };
    await updateCard(card.id, changes);
    await remember({ ...card, ...changes });
    await tellMaker(actor, card, 'card.moved');
    await recordAudit(actor, 'card.moved', subject(card), { from: card.status, to: step.status });
  });
}

/** Adds an answer to a card in the name of the actor's organisation, once. */
export function answerCard(actor: Actor, card: Card, answer: { id: string; body: string }): Promise<void> {
  return atomically(async () => {
    const hosts = { organisation_id: actor.organisation_id, host_organisation_id: card.organisation_id };
    if (!(await insertResponse({ ...answer, ...hosts, card_id: card.id, person_id: actor.id, shown_name: actor.name })))
      return;
    if (!card.answered_at && actor.organisation_id === card.organisation_id)
      await updateCard(card.id, { answered_at: new Date() });
    await tellMaker(actor, card, 'card.answered');
    await recordAudit(actor, 'card.answered', subject(card), { response: answer.id });
  });
}

/** Says that the actor's organisation uses what the card tells, or no longer does. */
export function useCard(actor: Actor, card: Card): Promise<boolean> {
  return atomically(async () => {
    const isUsed = await toggleUse(card, actor.organisation_id);
    await recordAudit(actor, isUsed ? 'card.used' : 'card.unused', subject(card));
    return isUsed;
  });
}

/** Puts a card into another one that tells the same: it leads there from now on. */
export function mergeCard(actor: Actor, card: Card, into: Card): Promise<void> {
  return atomically(async () => {
    await updateCard(card.id, {
      merged_into: into.id,
      status: into.status,
      answered_at: card.answered_at ?? new Date(),
    });
    await linkObjects(actor, card, into, 'came-of');
    await recordAudit(actor, 'card.merged', subject(card), { into: into.id });
  });
}

/** Begins a lesson that answers the card, as a draft in a new course of the card's name. Returns the draft's id. */
export function beginLesson(actor: Actor, card: Card, draftId: string): Promise<string> {
  return atomically(async () => {
    const known = await db().table('loop_beginnings').where({ from_id: card.id, draft_id: draftId }).first();
    if (known) return draftId;
    const content = lessonOf(card);
    const courseId = await createCourse(actor.organisation_id, content.original, card.title);
    const draft = await createDraft(actor, courseId, 'text', content, { id: draftId });
    await db()
      .table('loop_beginnings')
      .insert({
        ...{ organisation_id: actor.organisation_id, from_kind: card.kind, from_id: card.id, draft_id: draft.id },
      });
    await recordAudit(
      actor,
      'draft.begun',
      { type: 'lesson_draft', id: draft.id },
      { from: card.kind, source: card.id },
    );
    return draft.id;
  });
}

async function tellMaker(actor: Actor, card: Card, kind: string): Promise<void> {
  if (!card.made_by || card.made_by === actor.id) return;
  await notify({
    ...{
      organisation_id: card.organisation_id,
      person_id: card.made_by,
      kind,
      key: `${kind}:${card.id}:${dayOf(new Date())}`,
    },
    ...{ params: {}, href: `/cards/${card.id}` },
  });
}

const remember = (card: Card): Promise<void> =>
  rememberObject({
    ...{ kind: card.kind, id: card.id, organisation_id: card.organisation_id, space_id: card.space_id ?? null },
    ...{ visibility: card.visibility ?? 'organisation', title: card.title, href: `/cards/${card.id}` },
    ...{ language: card.language ?? 'fi', status: card.status, theme: card.theme, area: card.area_code ?? null },
    ended_on: card.closed_at ?? null,
  });
