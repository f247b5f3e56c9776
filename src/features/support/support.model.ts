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
export async function setAnswered(request: Pick<HelpRequest, 'id' | 'organisation_id'>, by: string): Promise<boolean> {
  const { id, organisation_id } = request;
  const changed = await db()
    .table('help_requests')
    .where({ id, organisation_id, answered_at: null })
    .update({ answered_at: new Date(), answered_by: by });
  return changed > 0;
}

/** The teams in which the person is today. */
export async function selectTeamIdsOf(organisationId: string, personId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select team_id from team_members where organisation_id = ? and person_id = ? and joined_on <= current_date
       and (left_on is null or left_on > current_date)`,
    [organisationId, personId],
  );
  return rows.map((row: { team_id: string }) => row.team_id);
}
