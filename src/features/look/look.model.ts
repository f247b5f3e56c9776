import { db } from '../../lib/db';

/** A member of the organisation today, as far as simple mode needs to know them. */
export interface SimpleMember {
  person_id: string;
  simple_mode: boolean;
  team_ids: string[];
}

/** Undefined for one who is no member today. */
export async function findSimpleMember(organisationId: string, personId: string): Promise<SimpleMember | undefined> {
  const { rows } = await db().raw(
    `select m.person_id, p.simple_mode,
       array(select tm.team_id::text from team_members tm where tm.organisation_id = m.organisation_id
         and tm.person_id = m.person_id and tm.joined_on <= current_date
         and (tm.left_on is null or tm.left_on > current_date)) as team_ids
     from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and m.person_id::text = ? and (m.ended_on is null or m.ended_on > current_date)`,
    [organisationId, personId],
  );
  return rows[0];
}
