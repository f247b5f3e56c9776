import { db } from '../../lib/db';

export interface Team {
  id: string;
  organisation_id: string;
  parent_id: string | null;
  name: string;
}

export interface TeamMember {
  organisation_id: string;
  team_id: string;
  person_id: string;
  joined_on: Date;
  /** The first day the person is no longer in the team. */
  left_on: Date | null;
}

export interface TeamSupervisor {
  organisation_id: string;
  team_id: string;
  person_id: string;
  is_deputy: boolean;
  /** The last day; a deputy always has one. */
  ends_on: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    teams: Team;
    team_members: TeamMember;
    team_supervisors: TeamSupervisor;
  }
}

export function findTeam(organisationId: string, teamId: string): Promise<Team | undefined> {
  return db()('teams')
    .where({ organisation_id: organisationId, id: teamId })
    .first()
    .then((row) => row);
}

/** All teams of an organisation, by name. */
export const selectTeams = (organisationId: string) =>
  db()('teams').where({ organisation_id: organisationId }).orderBy('name').select('*');

/** Those of these teams that are the organisation's, by name. */
export const selectTeamsOf = (organisationId: string, teamIds: readonly string[]) =>
  selectTeams(organisationId).whereRaw('id = any(?)', [[...teamIds]] as never);
