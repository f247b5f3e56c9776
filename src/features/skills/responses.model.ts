import { db } from '../../lib/db';
import type { Observation } from './observations.model';

/** What the person answered to a result of theirs, and what its rater answered to that. No row: nothing yet. */
export interface ObservationResponse {
  observation_id: string;
  organisation_id: string;
  person_id: string;
  competence_code: string;
  read_at: Date | null;
  comment: string;
  commented_at: Date | null;
  contested_at: Date | null;
  reason: string;
  explained_at: Date | null;
  explained_by: string | null;
  explanation: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  settled_at: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    observation_responses: ObservationResponse;
  }
}

/** Where a result stands: it counts, it is left out while contested, or its rater withdrew it for good. */
export type Standing = 'counts' | 'contested' | 'withdrawn';

export function standingOf(
  response: Pick<ObservationResponse, 'withdrawn_at' | 'contested_at' | 'settled_at'> | undefined,
): Standing {
  if (response?.withdrawn_at) return 'withdrawn';
  return response?.contested_at && !response.settled_at ? 'contested' : 'counts';
}

/** The observation with what was answered, its row locked for what follows. Undefined in another organisation. */
export async function lockResponse(organisationId: string, observationId: string) {
  const observation = await db()('observations').where({ organisation_id: organisationId, id: observationId }).first();
  if (!observation) return undefined;
  await db()('observation_responses').insert(keyOf(observation)).onConflict('observation_id').ignore();
  const response = await db()('observation_responses').where({ observation_id: observationId }).forUpdate().first();
  return response && { observation, response };
}

const keyOf = ({ id, organisation_id, person_id, competence_code }: Observation) => ({
  observation_id: id,
  organisation_id,
  person_id,
  competence_code,
});

export async function setResponse(observationId: string, values: Partial<ObservationResponse>): Promise<void> {
  await db()('observation_responses').where({ observation_id: observationId }).update(values);
}

/** Supervisors of the person's teams today, deputies too: whom a contested result of the agreed profile concerns. */
export async function selectSupervisorsOf(organisationId: string, personId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `select distinct s.person_id from team_members t
     join team_supervisors s on s.organisation_id = t.organisation_id and s.team_id = t.team_id
       and (s.ends_on is null or s.ends_on >= current_date)
     where t.organisation_id = ? and t.person_id = ? and (t.left_on is null or t.left_on > current_date)`,
    [organisationId, personId],
  );
  return rows.map((row: { person_id: string }) => row.person_id);
}
