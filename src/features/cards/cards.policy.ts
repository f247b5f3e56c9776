import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isCoordinator, isSupervisor } from '../organisations/organisations.policy';
import type { Card } from './cards.model';

/** Who sorts challenges and moves the organisation's cards on. */
export const canTriage = (actor: Actor, card: Pick<Card, 'organisation_id'>) =>
  actor.organisation_id === card.organisation_id &&
  (isAdministrator(actor) || isCoordinator(actor) || isSupervisor(actor));

/** Who may change a card's words and state: who wrote it, whose it is, and who sorts the organisation's cards. */
export const canChangeCard = (actor: Actor, card: Card) =>
  actor.organisation_id === card.organisation_id &&
  (card.made_by === actor.id || card.owner_id === actor.id || canTriage(actor, card));
