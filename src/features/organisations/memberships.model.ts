import { db } from '../../lib/db';
import type { Membership } from './organisations.model';

/** What an administrator decides of a membership. */
export type MembershipTerms = Pick<Membership, 'roles' | 'relation' | 'target_profile'>;

/** A membership that is in force: begun, not ended, not suspended. */
export const IN_FORCE = '(m.ended_on is null or m.ended_on > current_date) and m.suspended_at is null';

/**
 * Changes of an organisation's people and teams stand in a queue until the transaction ends, so that two at once cannot
 * each remove the other one of the last two administrators, or close a circle of teams.
 */
export async function lockOrganisation(organisationId: string): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [organisationId]);
}

export function findMembership(organisationId: string, personId: string): Promise<Membership | undefined> {
  return db()('memberships')
    .where({ organisation_id: organisationId, person_id: personId })
    .first()
    .then((row) => row);
}

export async function setMembership(
  organisationId: string,
  personId: string,
  values: Partial<MembershipTerms & Pick<Membership, 'shows_role' | 'suspended_at' | 'ended_on' | 'started_on'>>,
): Promise<void> {
  await db()('memberships').where({ organisation_id: organisationId, person_id: personId }).update(values);
}

/** Ends today; being a member of the teams, a supervisor and a coordinator end with it. */
export async function endMembership(organisationId: string, personId: string): Promise<void> {
  const theirs = { organisation_id: organisationId, person_id: personId };
  await db()('memberships')
    .where(theirs)
    .update({ ended_on: db().raw('current_date') as never });
  await db()('team_members')
    .where({ ...theirs, left_on: null })
    .update({ left_on: db().raw('current_date') as never });
  await db()('team_supervisors').where(theirs).delete();
  await db().table('network_coordinators').where(theirs).delete();
}

/** How many administrators the organisation would have today without this person. */
export async function countOtherAdministrators(organisationId: string, personId: string): Promise<number> {
  const { rows } = await db().raw(
    `select count(*)::int as n from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and m.person_id <> ? and 'administrator' = any(m.roles) and ${IN_FORCE}
       and p.suspended_at is null`,
    [organisationId, personId],
  );
  return rows[0].n;
}

/** Whether the person is a member today. */
export async function isMember(organisationId: string, personId: string): Promise<boolean> {
  const { rows } = await db().raw(
    `select exists (select from memberships m where m.organisation_id = ? and m.person_id = ? and ${IN_FORCE}) as yes`,
    [organisationId, personId],
  );
  return rows[0].yes;
}
