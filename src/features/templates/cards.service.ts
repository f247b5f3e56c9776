import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { type CardWords, deleteCard, insertCard, type PracticeCard, updateCard } from './cards.model';

const subject = (id: string) => ({ type: 'practice_card', id });

/** Keeps a new card of the actor, once however often it is sent. Returns its id. */
export function keepCard(actor: Actor, { id, ...words }: CardWords & { id: string }): Promise<string> {
  return atomically(async () => {
    const isNew = await insertCard({ ...words, id, organisation_id: actor.organisation_id, person_id: actor.id });
    if (isNew) await recordAudit(actor, 'card.kept', subject(id), { is_shown: words.is_shown });
    return id;
  });
}

export function saveCard(actor: Actor, card: PracticeCard, words: CardWords): Promise<void> {
  return atomically(async () => {
    await updateCard(card, words);
    if (card.is_shown !== words.is_shown)
      await recordAudit(actor, 'card.shown', subject(card.id), { is_shown: words.is_shown });
  });
}

export function deleteOwnCard(actor: Actor, card: PracticeCard): Promise<void> {
  return atomically(async () => {
    await deleteCard(card);
    await recordAudit(actor, 'card.removed', subject(card.id));
  });
}
