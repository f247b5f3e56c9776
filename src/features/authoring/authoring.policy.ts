import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAuthor, isReviewer } from '../organisations/organisations.policy';
import type { Draft, Signature, SignatureKind } from './drafts.model';

/** Those who write and those who sign; learners never come here. */
export const writers = policy('writers', (req) => isAuthor(req.visitor) || isReviewer(req.visitor));

/** Drafts belong to the organisation's writers together: two make a lesson. */
export function canViewDraft(actor: Actor, draft: Draft): boolean {
  return draft.organisation_id === actor.organisation_id && (isAuthor(actor) || isReviewer(actor));
}

export function canEditDraft(actor: Actor, draft: Draft): boolean {
  return canViewDraft(actor, draft) && isAuthor(actor) && draft.state === 'writing';
}

/**
 * "True to life" is an experience expert's word, "correct and safe" a professional's. They are two people: nobody gives both.
 */
export function canSign(actor: Actor, draft: Draft, kind: SignatureKind, given: readonly Signature[]): boolean {
  if (!canViewDraft(actor, draft) || draft.state !== 'in_review') return false;
  if (given.some((signature) => signature.person_id === actor.id)) return false;
  return actor.roles.includes(kind === 'true_to_life' ? 'expert' : 'reviewer');
}

export function canAskForChanges(actor: Actor, draft: Draft): boolean {
  return canViewDraft(actor, draft) && draft.state === 'in_review';
}
