import { db } from '../../lib/db';
import type { Team, TeamSupervisor } from './teams.model';

export async function insertTeam(team: Pick<Team, 'organisation_id' | 'name' | 'parent_id'>): Promise<string> {
  const [row] = await db()('teams').insert(team).returning('id');
  return row?.id ?? '';
}

export async function setTeam(
  organisationId: string,
  teamId: string,
  values: Partial<Pick<Team, 'name' | 'parent_id'>>,
) {
  await db()('teams').where({ organisation_id: organisationId, id: teamId }).update(values);
}

/** The team and every team below it. */
export async function selectSubtree(organisationId: string, teamId: string): Promise<string[]> {
  const { rows } = await db().raw(
    `with recursive below as (
       select id from teams where organisation_id = ? and id = ?
       union select t.id from teams t join below b on t.parent_id = b.id
     ) select id from below`,
    [organisationId, teamId],
  );
  return rows.map(({ id }: { id: string }) => id);
}

/** A person who left comes back as the same member. */
export async function putTeamMember(organisationId: string, teamId: string, personId: string): Promise<void> {
  await db()('team_members')
    .insert({ organisation_id: organisationId, team_id: teamId, person_id: personId })
    .onConflict(['team_id', 'person_id'])
    .merge({ left_on: null });
}

export async function endTeamMember(organisationId: string, teamId: string, personId: string): Promise<void> {
  await db()('team_members')
    .where({ organisation_id: organisationId, team_id: teamId, person_id: personId, left_on: null })
    .update({ left_on: db().raw('current_date') as never });
}

type Place = Pick<TeamSupervisor, 'is_deputy'> & { ends_on: string | null };

export async function putSupervisor(organisationId: string, teamId: string, personId: string, place: Place) {
  await db()
    .table('team_supervisors')
    .insert({ organisation_id: organisationId, team_id: teamId, person_id: personId, ...place } as never)
    .onConflict(['team_id', 'person_id'])
    .merge();
}

export async function deleteSupervisor(organisationId: string, teamId: string, personId: string): Promise<void> {
  await db()('team_supervisors')
    .where({ organisation_id: organisationId, team_id: teamId, person_id: personId })
    .delete();
}
