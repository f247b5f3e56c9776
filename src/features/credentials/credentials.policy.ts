import { dayOf } from '../../lib/calendar';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isReviewer } from '../organisations/organisations.policy';
import type { IssuedCredential } from './credentials.model';

type Somebody = Pick<Actor, 'id' | 'roles'>;
type Row = Pick<IssuedCredential, 'person_id' | 'state' | 'kind' | 'revoked_at' | 'valid_until'>;

export const isOwnCredential = (actor: Pick<Actor, 'id'>, { person_id }: Pick<Row, 'person_id'>) =>
  person_id === actor.id;

/** Also a badge that they have accepted: it is given again with other words of them, and the earlier one ends. */
export const canAccept = (actor: Pick<Actor, 'id'>, row: Row) =>
  isOwnCredential(actor, row) && !row.revoked_at && row.state !== 'declined';

/** Attaches badges to courses and paths, and sees to the keys. */
export const canManageBadges = (actor: Actor | undefined) => isAdministrator(actor);

/** Gives a badge to a person: administrators and reviewers, never to themselves. */
export const canGiveBadge = (actor: Actor | undefined) => isAdministrator(actor) || isReviewer(actor);
export const canGiveTo = (actor: Actor, personId: string) => canGiveBadge(actor) && personId !== actor.id;

/** Takes back what was given by mistake; nobody's own. */
export const canRevoke = (actor: Actor, row: Row) =>
  isAdministrator(actor) && !isOwnCredential(actor, row as Row) && !row.revoked_at && row.state === 'accepted';

export type Standing = 'valid' | 'expired' | 'revoked';

/** How it stands on a day, as everybody is told. */
export function standingOf(
  { revoked_at, valid_until }: Pick<Row, 'revoked_at' | 'valid_until'>,
  now = new Date(),
): Standing {
  if (revoked_at) return 'revoked';
  return valid_until !== null && valid_until < dayOf(now) ? 'expired' : 'valid';
}

export type { Somebody };
