import type { Submission } from './submissions.model';

/** Tells the other of the two that it is their turn. */
export async function tellSubmission(_submission: Submission, _personId: string, _kind: string): Promise<void> {
  // Until notifications are there, the lists of both tell it.
}
