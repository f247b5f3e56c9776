import { db } from '../../lib/db';
import type { Relation, Role } from '../organisations/organisations.model';

export const PAGE_SIZE = 25;

export interface PeopleFilter {
  q: string;
  team: string;
  role: string;
  state: 'current' | 'suspended' | 'ended';
  page: number;
}

export interface PersonInList {
  person_id: string;
  name: string;
  username: string;
  roles: Role[];
  relation: Relation;
  shows_role: boolean;
  team_ids: string[];
  team_names: string[];
  is_waiting: boolean;
  total: number;
}

// The role of an expert by experience is found by it only when the person shows it.
const PEOPLE = `
  select m.person_id, p.name, p.username, m.roles, m.relation, m.shows_role,
    array(select t.id from team_members tm join teams t on t.id = tm.team_id where tm.organisation_id = m.organisation_id
      and tm.person_id = m.person_id and (tm.left_on is null or tm.left_on > current_date) order by t.name) as team_ids,
    array(select t.name from team_members tm join teams t on t.id = tm.team_id where tm.organisation_id = m.organisation_id
      and tm.person_id = m.person_id and (tm.left_on is null or tm.left_on > current_date) order by t.name) as team_names,
    coalesce((select c.must_change from credentials c where c.person_id = m.person_id), true) as is_waiting,
    count(*) over ()::int as total
  from memberships m join people p on p.id = m.person_id
  where m.organisation_id = :organisation
    and case :state::text
      when 'ended' then m.ended_on <= current_date
      when 'suspended' then m.suspended_at is not null and (m.ended_on is null or m.ended_on > current_date)
      else m.suspended_at is null and (m.ended_on is null or m.ended_on > current_date) end
    and (:q::text = '' or p.name ilike :like or p.username ilike :like or p.email ilike :like)
    and (:team::text = '' or exists (select from team_members tm where tm.organisation_id = m.organisation_id
      and tm.person_id = m.person_id and tm.team_id::text = :team and (tm.left_on is null or tm.left_on > current_date)))
    and (:role::text = '' or (:role = any(m.roles) and (:role <> 'expert' or m.shows_role))
      or (:role = 'supervisor' and exists (select from team_supervisors s where s.organisation_id = m.organisation_id
        and s.person_id = m.person_id and (s.ends_on is null or s.ends_on >= current_date))))
  order by p.name, p.username limit :size offset :skip`;

/** A page of the organisation's people by name; each row knows how many there are in all. */
export async function selectPeople(organisationId: string, filter: PeopleFilter): Promise<PersonInList[]> {
  const { rows } = await db().raw(PEOPLE, {
    organisation: organisationId,
    state: filter.state,
    q: filter.q,
    like: likeOf(filter.q),
    team: filter.team,
    role: filter.role,
    size: PAGE_SIZE,
    skip: (filter.page - 1) * PAGE_SIZE,
  });
  return rows;
}

/** The typed text anywhere, its own signs of a pattern taken as they are. */
const likeOf = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export interface MemberPage {
  person_id: string;
  name: string;
  username: string;
  email: string | null;
  roles: Role[];
  relation: Relation;
  target_profile: string | null;
  simple_mode: boolean;
  shows_role: boolean;
  started_on: Date;
  has_ended: boolean;
  suspended_at: Date | null;
  is_waiting: boolean;
  /** This organisation made the account, so it gives new passwords and changes names. */
  is_ours: boolean;
  teams: { id: string; name: string }[];
  supervises: { id: string; name: string; is_deputy: boolean; ends_on: string | null }[];
}

const MEMBER = `
  select m.person_id, p.name, p.username, p.email, m.roles, m.relation, m.target_profile, m.shows_role, m.started_on, p.simple_mode,
    m.suspended_at, coalesce(m.ended_on <= current_date, false) as has_ended,
    coalesce((select c.must_change from credentials c where c.person_id = m.person_id), true) as is_waiting,
    account_home(m.person_id) = m.organisation_id as is_ours,
    array(select jsonb_build_object('id', t.id, 'name', t.name) from team_members tm join teams t on t.id = tm.team_id
      where tm.organisation_id = m.organisation_id and tm.person_id = m.person_id
      and (tm.left_on is null or tm.left_on > current_date) order by t.name) as teams,
    array(select jsonb_build_object('id', t.id, 'name', t.name, 'is_deputy', s.is_deputy, 'ends_on', s.ends_on)
      from team_supervisors s join teams t on t.id = s.team_id
      where s.organisation_id = m.organisation_id and s.person_id = m.person_id
      and (s.ends_on is null or s.ends_on >= current_date) order by t.name) as supervises
  from memberships m join people p on p.id = m.person_id
  where m.organisation_id = ? and m.person_id = ?`;

/** A member of the organisation, one of the past too; undefined for anybody else. */
export async function findMember(organisationId: string, personId: string): Promise<MemberPage | undefined> {
  const { rows } = await db().raw(MEMBER, [organisationId, personId]);
  return rows[0];
}

export interface Overview {
  people: number;
  waiting: number;
  teams: number;
  invitations: number;
}

/** The few numbers of the organisation's first page. */
export async function selectOverview(organisationId: string): Promise<Overview> {
  const { rows } = await db().raw(
    `select count(*)::int as people,
       count(*) filter (where not exists (select from credentials c where c.person_id = m.person_id and not c.must_change))::int
         as waiting,
       (select count(*)::int from teams where organisation_id = :organisation) as teams,
       (select count(*)::int from invitations where organisation_id = :organisation) as invitations
     from memberships m where m.organisation_id = :organisation and m.suspended_at is null
       and (m.ended_on is null or m.ended_on > current_date)`,
    { organisation: organisationId },
  );
  return rows[0];
}
