import { policy } from '../../lib/routes';
import type { StoredFile } from '../files/files.model';
import type { Actor } from '../organisations/organisations.model';
import { isAuthor, isReviewer } from '../organisations/organisations.policy';

/** Those who write and those who sign see the library; learners see of it what lessons show. */
export const libraryReaders = policy('libraryReaders', (req) => isAuthor(req.visitor) || isReviewer(req.visitor));

/** The library is its organisation's writers' together. */
export function canChangeFile(actor: Actor, file: Pick<StoredFile, 'organisation_id'>): boolean {
  return file.organisation_id === actor.organisation_id && isAuthor(actor);
}
