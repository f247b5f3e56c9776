import { db } from '../../lib/db';
import type { Observed } from './skills.policy';

/** A member of the organisation today, with their teams of today. Undefined for anyone else. */
export async function findObserved(
  organisationId: string,
  personId: string,
): Promise<(Observed & { name: string }) | undefined> {
  const { rows } = await db().raw(
    `select p.id, p.name, m.target_profile, array(select t.team_id from team_members t
       where t.organisation_id = m.organisation_id and t.person_id = p.id
         and (t.left_on is null or t.left_on > current_date)) as team_ids
     from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and m.person_id = ? and m.suspended_at is null and p.suspended_at is null
       and (m.ended_on is null or m.ended_on > current_date)`,
    [organisationId, personId],
  );
  return rows[0];
}
