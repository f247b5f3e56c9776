import { db } from '../../lib/db';

/** A question to the supervisors of one's teams. Answered by the asker themself: they need no help any more. */
export interface HelpRequest {
  id: string;
  organisation_id: string;
  person_id: string;
  lesson_id: string | null;
  message: string;
  asked_at: Date;
  answered_at: Date | null;
  answered_by: string | null;
}

/** False when this very request has been sent already: a form sent twice asks once. */
export async function insertHelpRequest(
  request: Pick<HelpRequest, 'id' | 'organisation_id' | 'person_id' | 'lesson_id' | 'message'>,
): Promise<boolean> {
  const rows = await db().table('help_requests').insert(request).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export function findHelpRequest(organisationId: string, id: string): Promise<HelpRequest | undefined> {
  return db().table('help_requests').where({ organisation_id: organisationId, id }).first();
}

/** False when somebody had answered already. */
export async function setAnswered(organisation_id: string, id: string, by: string): Promise<boolean> {
  const changed = await db()
    .table('help_requests')
    .where({ id, organisation_id, answered_at: null })
    .update({ answered_at: new Date(), answered_by: by });
  return changed > 0;
}
