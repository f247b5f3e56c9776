import { db } from '../../lib/db';

export interface TeamInTree {
  id: string;
  parent_id: string | null;
  name: string;
  depth: number;
  members: number;
  supervisors: string[];
}

/** The organisation's teams from the root down, each after the one above it, with how many are in it and who leads it. */
export async function selectTeamTree(organisationId: string): Promise<TeamInTree[]> {
  const { rows } = await db().raw(
    `with recursive tree as (
       select t.id, t.parent_id, t.name, 0 as depth, array[t.name] as trail from teams t
         where t.organisation_id = :organisation and t.parent_id is null
       union all
       select t.id, t.parent_id, t.name, tree.depth + 1, tree.trail || t.name from teams t join tree on t.parent_id = tree.id
         where t.organisation_id = :organisation and tree.depth < 20
     )
     select tree.id, tree.parent_id, tree.name, tree.depth,
       (select count(*)::int from team_members m where m.organisation_id = :organisation and m.team_id = tree.id
         and (m.left_on is null or m.left_on > current_date)) as members,
       array(select p.name from team_supervisors s join people p on p.id = s.person_id
         where s.organisation_id = :organisation and s.team_id = tree.id
         and (s.ends_on is null or s.ends_on >= current_date) order by p.name) as supervisors
     from tree order by trail`,
    { organisation: organisationId },
  );
  return rows;
}

export interface PersonOfTeam {
  person_id: string;
  name: string;
  username: string;
  place: 'member' | 'supervisor' | 'deputy';
  ends_on: Date | null;
}

/** Members, supervisors and deputies of a team, by name. */
export async function selectPeopleOfTeam(organisationId: string, teamId: string): Promise<PersonOfTeam[]> {
  const { rows } = await db().raw(
    `select p.id as person_id, p.name, p.username, 'member' as place, null::date as ends_on
       from team_members m join people p on p.id = m.person_id
       where m.organisation_id = :organisation and m.team_id = :team and (m.left_on is null or m.left_on > current_date)
     union all
     select p.id, p.name, p.username, case when s.is_deputy then 'deputy' else 'supervisor' end, s.ends_on
       from team_supervisors s join people p on p.id = s.person_id
       where s.organisation_id = :organisation and s.team_id = :team and (s.ends_on is null or s.ends_on >= current_date)
     order by name, username`,
    { organisation: organisationId, team: teamId },
  );
  return rows;
}

/** The organisation's own coordinators of each network. */
export async function selectCoordinators(
  organisationId: string,
): Promise<{ network_id: string; person_id: string; name: string }[]> {
  const { rows } = await db().raw(
    `select c.network_id, c.person_id, p.name from network_coordinators c join people p on p.id = c.person_id
     where c.organisation_id = ? order by p.name`,
    [organisationId],
  );
  return rows;
}
