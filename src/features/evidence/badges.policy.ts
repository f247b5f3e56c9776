import type { Actor } from '../organisations/organisations.model';
import type { Badge } from './badges.model';

type Somebody = Pick<Actor, 'id' | 'lowered'>;
type Row = Pick<Badge, 'person_id' | 'state' | 'judge_id'>;

export const isOwnBadge = (actor: Somebody, { person_id }: Pick<Badge, 'person_id'>) => person_id === actor.id;

/** Verified, and theirs: the person decides whether it counts. */
export const canTakeBadge = (actor: Somebody, badge: Row) => isOwnBadge(actor, badge) && badge.state === 'ready';

/** What counts already stays with the other evidence, where its person can contest it. */
export const canRemoveBadge = (actor: Somebody, badge: Row) => isOwnBadge(actor, badge) && badge.state !== 'taken';

/** The badge does not say that it is theirs: somebody may see it with them. */
export const canAskAbout = (actor: Somebody, badge: Row) => isOwnBadge(actor, badge) && badge.state === 'unknown';

/** The one who was asked, never the person themself. */
export const canCheckBadge = (actor: Somebody, badge: Row) =>
  badge.judge_id === actor.id && !actor.lowered && !isOwnBadge(actor, badge) && badge.state === 'asked';
