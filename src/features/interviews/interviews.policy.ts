import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor, isCoordinator, isSupervisor } from '../organisations/organisations.policy';

const interviews = (actor: Actor | undefined) =>
  isAdministrator(actor) || isCoordinator(actor) || isAuthor(actor) || isSupervisor(actor);

/** Who interviews in their organisation's name, and reads the notes of its rounds. */
export const interviewers = policy('interviewers', (req) => interviews(req.visitor));
export const canInterview = interviews;
/** Who reads the list of those who want to hear more: not everybody who interviewed. */
export const canReadContacts = (actor: Actor | undefined) => isAdministrator(actor) || isCoordinator(actor);
export const contactKeepers = policy('contactKeepers', (req) => canReadContacts(req.visitor));
