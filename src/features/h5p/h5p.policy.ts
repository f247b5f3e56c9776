import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isAuthor, isReviewer } from '../organisations/organisations.policy';

/** Libraries are programs that run in front of every learner: only those who answer for the installation put them in. */
export const canInstallLibraries = (actor: Actor): boolean => isAdministrator(actor);

/** Those who write and those who sign see the contents of their own organisation before learners do. */
export const canPreviewContents = (actor: Actor): boolean => isAuthor(actor) || isReviewer(actor);
