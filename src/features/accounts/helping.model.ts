import { db } from '../../lib/db';
import type { Role } from '../organisations/organisations.model';

export interface Helped {
  person_id: string;
  name: string;
  username: string;
  email: string | null;
  roles: Role[];
  team_ids: string[];
  supervised_teams: string[];
  coordinated_networks: string[];
  has_ended: boolean;
  /** This organisation made the account, so it cares for its ways in. */
  is_ours: boolean;
}

const HELPED = `
  select m.person_id, p.name, p.username, p.email, m.roles,
    coalesce(m.ended_on <= current_date, false) or m.suspended_at is not null as has_ended,
    account_home(m.person_id) = m.organisation_id as is_ours,
    array(select tm.team_id from team_members tm where tm.organisation_id = m.organisation_id
      and tm.person_id = m.person_id and (tm.left_on is null or tm.left_on > current_date)) as team_ids,
    array(select s.team_id from team_supervisors s where s.organisation_id = m.organisation_id and s.person_id = m.person_id
      and (s.ends_on is null or s.ends_on >= current_date)) as supervised_teams,
    array(select c.network_id from network_coordinators c where c.organisation_id = m.organisation_id
      and c.person_id = m.person_id) as coordinated_networks
  from memberships m join people p on p.id = m.person_id
  where m.organisation_id = ?`;

/** A member of the organisation, with what decides who may help them in; undefined for anybody else. */
export async function findHelped(organisationId: string, personId: string): Promise<Helped | undefined> {
  if (!/^[0-9a-f-]{36}$/i.test(personId)) return undefined;
  const { rows } = await db().raw(`${HELPED} and m.person_id = ?`, [organisationId, personId]);
  return rows[0];
}

/** People of the teams by name, at most 200. */
export async function selectHelpedOf(organisationId: string, teamIds: readonly string[]): Promise<Helped[]> {
  if (teamIds.length === 0) return [];
  const { rows } = await db().raw(
    `${HELPED} and exists (select from team_members tm where tm.organisation_id = m.organisation_id and tm.person_id = m.person_id
       and tm.team_id = any(?) and (tm.left_on is null or tm.left_on > current_date)) order by p.name limit 200`,
    [organisationId, [...teamIds]] as never,
  );
  return rows;
}
