import { db } from '../../lib/db';

/** Marks a request as answered; false when somebody had done it already. */
export async function setHelpAnswered(organisationId: string, requestId: string, personId: string): Promise<boolean> {
  const changed = await db()
    .table('help_requests')
    .where({ organisation_id: organisationId, id: requestId })
    .whereNull('answered_at')
    .update({ answered_at: db().fn.now(), answered_by: personId });
  return changed > 0;
}
