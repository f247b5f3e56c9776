import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor } from '../organisations/organisations.policy';
import type { OwnCourse, Reach } from './sharing.model';

/** Those who write, and those who answer for what the organisation gives away. */
export const sharers = policy('sharers', (req) => isAuthor(req.visitor) || isAdministrator(req.visitor));

/** A course is shared by those who write it, or by an administrator. Where it names its authors, those alone write it. */
export function canShare(actor: Actor, course: Pick<OwnCourse, 'organisation_id' | 'author_ids'>): boolean {
  if (course.organisation_id !== actor.organisation_id) return false;
  if (isAdministrator(actor)) return true;
  return isAuthor(actor) && (course.author_ids.length === 0 || course.author_ids.includes(actor.id));
}

/**
 * What the organisation says to the whole world is its administrator's to decide. Whoever may share may take it back, and may
 * leave it as it is.
 */
export function canChoose(actor: Actor, course: OwnCourse, reach: Reach): boolean {
  return canShare(actor, course) && (reach !== 'public' || isAdministrator(actor) || course.reach === 'public');
}
