import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import type { LessonMessage } from './discussions.model';

/** Who looks after discussions: takes away what does not belong there, and reads what was told of. */
export const caresForDiscussions = (actor: Actor | undefined) =>
  isAdministrator(actor) || (actor?.roles.includes('reviewer') ?? false);

const isOurs = (actor: Actor, message: LessonMessage) => message.organisation_id === actor.organisation_id;

export const canChange = (actor: Actor, message: LessonMessage) =>
  isOurs(actor, message) && message.person_id === actor.id && !message.removed_at;

export const canRemove = (actor: Actor, message: LessonMessage) =>
  isOurs(actor, message) && !message.removed_at && (message.person_id === actor.id || caresForDiscussions(actor));

/** Whoever took it away may give it back; those who care for the discussion may give back anything. */
export const canGiveBack = (actor: Actor, message: LessonMessage) =>
  isOurs(actor, message) &&
  message.removed_at !== null &&
  (caresForDiscussions(actor) || (message.person_id === actor.id && message.removed_by === actor.id));
