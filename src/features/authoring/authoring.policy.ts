import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAuthor, isReviewer } from '../organisations/organisations.policy';
import type { CourseRole, Draft, Signature, SignatureKind } from './drafts.model';

/** Those who write and those who sign; learners never come here. */
export const writers = policy('writers', (req) => isAuthor(req.visitor) || isReviewer(req.visitor));

const hasPart = ({ id }: Pick<Actor, 'id'>, draft: Draft, roles: readonly CourseRole[]) =>
  draft.people.some(({ person_id, role }) => person_id === id && roles.includes(role));

/** Drafts belong to the organisation's writers together: two make a lesson. Readers of the course read and comment. */
export function canViewDraft(actor: Actor, draft: Draft): boolean {
  if (draft.organisation_id !== actor.organisation_id) return false;
  return isAuthor(actor) || isReviewer(actor) || hasPart(actor, draft, ['author', 'reviewer', 'reader']);
}

/** The names of those who sign are for those who write and sign themselves. */
export const canSeeMakers = (actor: Actor) => isAuthor(actor) || isReviewer(actor);

/** Where a course names its authors, they write it; elsewhere every author of the organisation does. */
export function isItsAuthor(actor: Actor, draft: Draft): boolean {
  const isNamed = draft.people.some(({ role }) => role === 'author');
  const isOurs = !isNamed || draft.author_id === actor.id || hasPart(actor, draft, ['author']);
  return canViewDraft(actor, draft) && isAuthor(actor) && isOurs;
}

export function canEditDraft(actor: Actor, draft: Draft): boolean {
  return isItsAuthor(actor, draft) && draft.state === 'writing';
}

/** Those who make this draft: the only ones who see the names of its testers. */
export function isOfDraft(actor: Actor, draft: Draft): boolean {
  const isOne = [draft.author_id, draft.expert_id, draft.professional_id].includes(actor.id);
  return canViewDraft(actor, draft) && (isOne || hasPart(actor, draft, ['author', 'reviewer']));
}

/** Which of the two words somebody's role lets them give. */
const ROLE_OF = { true_to_life: 'expert', correct_and_safe: 'reviewer' } as const;

export const mayGive = (actor: Actor, kind: SignatureKind) => actor.roles.includes(ROLE_OF[kind]);

/**
 * "True to life" is an experience expert's word, "correct and safe" a professional's. They are two people: nobody gives both.
 */
export function canSign(actor: Actor, draft: Draft, kind: SignatureKind, given: readonly Signature[]): boolean {
  if (!canViewDraft(actor, draft) || draft.state !== 'in_review') return false;
  if (given.some((signature) => signature.person_id === actor.id)) return false;
  return mayGive(actor, kind);
}

export function canAskForChanges(actor: Actor, draft: Draft): boolean {
  return canViewDraft(actor, draft) && isReviewerOf(actor, draft) && ['in_review', 'approved'].includes(draft.state);
}

const isReviewerOf = (actor: Actor, draft: Draft) =>
  isAuthor(actor) || isReviewer(actor) || hasPart(actor, draft, ['author', 'reviewer']);

/** The writers take their text back from review, and may still after both have signed while it waits. */
export function canTakeBack(actor: Actor, draft: Draft): boolean {
  return isItsAuthor(actor, draft) && ['in_review', 'approved'].includes(draft.state);
}

/** When the lesson goes out is chosen by its writers until it is out. */
export function canPlan(actor: Actor, draft: Draft): boolean {
  return isItsAuthor(actor, draft) && draft.state !== 'published';
}

export function canPublish(actor: Actor, draft: Draft): boolean {
  return isItsAuthor(actor, draft) && draft.state === 'approved';
}

/** Who has which part is agreed by those who make the draft, or by anybody while it has nobody yet. */
export function canNamePeople(actor: Actor, draft: Draft): boolean {
  return isItsAuthor(actor, draft) || isOfDraft(actor, draft);
}

/** A test is begun by those who make the draft. */
export const canTest = (actor: Actor, draft: Draft) => isOfDraft(actor, draft) || isItsAuthor(actor, draft);
