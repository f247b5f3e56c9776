import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { IN_FORCE } from '../organisations/memberships.model';

type Rows<R> = Knex.Raw<{ rows: R[] }>;

export interface ProfileUse {
  profile: string;
  people: number;
}

/** How many of today's members have each target profile. */
export const countUse = (organisationId: string): Rows<ProfileUse> =>
  db().raw(
    `select m.target_profile as profile, count(*)::int as people from memberships m
     where m.organisation_id = ? and m.target_profile is not null and ${IN_FORCE} group by 1`,
    [organisationId],
  );

export interface Holder {
  person_id: string;
  name: string;
  teams: string[];
  /** Since when they have it, as 2026-05-31. */
  from_day: string | null;
  total: number;
}

/** As many names as a page shows; the rest is told as a number. */
export const MOST_HOLDERS = 200;

/** Which members of today have the profile, by name. */
export const selectHolders = (organisationId: string, profile: string): Rows<Holder> =>
  db().raw(
    `select m.person_id, p.name, count(*) over ()::int as total,
       array(select t.name from team_members tm join teams t on t.id = tm.team_id where tm.organisation_id = m.organisation_id
         and tm.person_id = m.person_id and (tm.left_on is null or tm.left_on > current_date) order by t.name) as teams,
       (select to_char(greatest(d.from_day, m.started_on), 'YYYY-MM-DD') from profile_days d
         where d.organisation_id = m.organisation_id and d.person_id = m.person_id order by d.from_day desc limit 1) as from_day
     from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and m.target_profile = ? and ${IN_FORCE}
     order by p.name, p.id limit ?`,
    [organisationId, profile, MOST_HOLDERS] as never,
  );

export interface ProfileVersion {
  from_day: string;
  made_at: Date;
  made_by: string | null;
  levels: Record<string, [minimum: number, aim: number]>;
}

/** The versions of an own profile, the newest first. */
export const selectVersions = (organisationId: string, profileId: string): Rows<ProfileVersion> =>
  db().raw(
    `select to_char(v.from_day, 'YYYY-MM-DD') as from_day, v.made_at, p.name as made_by,
       coalesce((select jsonb_object_agg(l.competence_code, jsonb_build_array(l.minimum, l.aim)) from target_levels l
         where l.organisation_id = v.organisation_id and l.profile_id = v.profile_id and l.from_day = v.from_day), '{}') as levels
     from target_profile_versions v left join people p on p.id = v.made_by
     where v.organisation_id = ? and v.profile_id = ? order by v.from_day desc limit 50`,
    [organisationId, profileId],
  );

/** Whom a profile may be given to. */
export interface ReceiverChoices {
  teams: { id: string; name: string; people: number }[];
  relations: { relation: string; people: number }[];
  roles: { role: string; people: number }[];
}

export async function selectReceiverChoices(organisationId: string): Promise<ReceiverChoices> {
  const { rows } = await db().raw(
    `select
       coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'people', t.people) order by t.name) from (
         select t.id, t.name, count(m.id)::int as people from teams t
         left join team_members tm on tm.organisation_id = t.organisation_id and tm.team_id = t.id
           and (tm.left_on is null or tm.left_on > current_date)
         left join memberships m on m.organisation_id = t.organisation_id and m.person_id = tm.person_id and ${IN_FORCE}
         where t.organisation_id = :o group by t.id, t.name) t), '[]') as teams,
       coalesce((select jsonb_agg(jsonb_build_object('relation', r.relation, 'people', r.people)) from (
         select m.relation, count(*)::int as people from memberships m where m.organisation_id = :o and ${IN_FORCE} group by 1) r),
         '[]') as relations,
       coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'people', r.people)) from (
         select role, count(*)::int as people from memberships m, unnest(m.roles) role
         where m.organisation_id = :o and ${IN_FORCE} and role <> 'expert' group by 1) r), '[]') as roles`,
    { o: organisationId },
  );
  return rows[0];
}
