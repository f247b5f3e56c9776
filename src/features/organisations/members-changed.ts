import { enqueue } from '../../lib/jobs';

/** What follows from who is in which team, with which role and profile. Payload: organisation_id. */
export const MEMBERS_CHANGED_JOB = 'organisations.members-changed';

/** Call in the transaction that changes members, their teams or terms. Many changes at once make one job. */
export function membersChanged(organisation_id: string): Promise<void> {
  return enqueue(MEMBERS_CHANGED_JOB, { organisation_id }, { key: `members ${organisation_id}` });
}
