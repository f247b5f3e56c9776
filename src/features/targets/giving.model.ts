import { db } from '../../lib/db';
import { IN_FORCE } from '../organisations/memberships.model';
import type { Receivers } from './targets.schema';

/**
 * Gives the profile to all of today's members whom `to` means; who had another gets this one instead. Which one they had
 * until yesterday stays known. Returns how many it was new for.
 */
export async function giveProfile(organisationId: string, profile: string | null, to: Receivers): Promise<number> {
  const { rows } = await db().raw(
    `update memberships m set target_profile = :profile
     where m.organisation_id = :o and ${IN_FORCE} and m.target_profile is distinct from :profile
       and (:relation::text is null or m.relation = :relation) and (:role::text is null or :role = any(m.roles))
       and (:person::uuid is null or m.person_id = :person)
       and (:team::uuid is null or exists (select from team_members tm where tm.organisation_id = :o
         and tm.team_id = :team and tm.person_id = m.person_id and tm.joined_on <= current_date
         and (tm.left_on is null or tm.left_on > current_date)))
     returning m.person_id`,
    {
      ...{ o: organisationId, profile },
      relation: 'relation' in to ? to.relation : null,
      role: 'role' in to ? to.role : null,
      team: 'team_id' in to ? to.team_id : null,
      person: 'person_id' in to ? to.person_id : null,
    } as never,
  );
  return rows.length;
}

/** A member of today by user name. */
export async function findMemberByUsername(organisationId: string, username: string): Promise<string | undefined> {
  const { rows } = await db().raw(
    `select m.person_id from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and p.username = ? and ${IN_FORCE}`,
    [organisationId, username],
  );
  return rows[0]?.person_id;
}
