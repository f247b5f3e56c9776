import { db } from '../../lib/db';

/** A question to the supervisors of one's teams, or to one helper. Answered by the asker themself: they need no help any more. */
export interface HelpRequest {
  id: string;
  organisation_id: string;
  person_id: string;
  lesson_id: string | null;
  /** The helper who was asked; null: the supervisors of the asker's teams. */
  to_person_id: string | null;
  /** The address of the page where the asker was; empty when it was no place of learning. */
  place: string;
  message: string;
  asked_at: Date;
  answered_at: Date | null;
  answered_by: string | null;
}

/** False when this very request has been sent already: a form sent twice asks once. */
export async function insertHelpRequest(
  request: Pick<
    HelpRequest,
    'id' | 'organisation_id' | 'person_id' | 'lesson_id' | 'message' | 'to_person_id' | 'place'
  >,
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

/** The one who asked has more to say: it waits for an answer again. */
export async function setOpen({ organisation_id, id }: HelpRequest): Promise<void> {
  await db().table('help_requests').where({ id, organisation_id }).update({ answered_at: null, answered_by: null });
}

/** Nobody answered there: the supervisors are asked instead. */
export async function askSupervisors({ organisation_id, id }: HelpRequest): Promise<void> {
  await db().table('help_requests').where({ id, organisation_id }).update({ to_person_id: null });
}

/** False when this very reply has been written already. */
export async function insertReply(reply: {
  id: string;
  organisation_id: string;
  request_id: string;
  person_id: string;
  body: string;
}): Promise<boolean> {
  const rows = await db().table('help_replies').insert(reply).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

/** Today's supervisors of a person's teams, by id; never the person themself. */
export async function selectSupervisorIds(organisationId: string, personId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select distinct s.person_id from team_members m
     join team_supervisors s on s.team_id = m.team_id and s.person_id <> m.person_id
       and (s.ends_on is null or s.ends_on >= current_date)
     where m.organisation_id = ? and m.person_id = ? and m.joined_on <= current_date
       and (m.left_on is null or m.left_on > current_date)`,
    [organisationId, personId],
  );
  return rows.map(({ person_id }: { person_id: string }) => person_id);
}
