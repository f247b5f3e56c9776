import { db } from '../../lib/db';
import type { MembershipTerms } from './memberships.model';

/** An account that another organisation would like to have as a member too. */
export interface Invitation extends MembershipTerms {
  id: string;
  organisation_id: string;
  /** Null when nobody has the user name; the organisation is not told. */
  person_id: string | null;
  username: string;
  created_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    invitations: Invitation;
  }
}

/** Invites the account with exactly this user name, if there is one. A second invitation replaces the first. */
export async function putInvitation(organisationId: string, username: string, terms: MembershipTerms): Promise<string> {
  const { rows } = await db().raw('select person_named(?) as id', [username]);
  const [row] = await db()('invitations')
    .insert({ ...terms, organisation_id: organisationId, person_id: rows[0].id, username })
    .onConflict(['organisation_id', 'username'])
    .merge()
    .returning('id');
  return row?.id ?? '';
}

export const selectInvitations = (organisationId: string) =>
  db()('invitations').where({ organisation_id: organisationId }).orderBy('created_at').select('*');

/** Those that wait for the person's own answer, with the inviter's name. */
export const selectOwnInvitations = (personId: string): Promise<(Invitation & { organisation_name: string })[]> =>
  db()('invitations')
    .join('organisations', 'organisations.id', 'invitations.organisation_id')
    .where({ person_id: personId })
    .orderBy('invitations.created_at')
    .select('invitations.*', 'organisations.name as organisation_name')
    .then((rows) => rows);

/** Takes the invitation out of the list. Undefined when there is none. */
export async function takeInvitation(
  invitationId: string,
  whose: Partial<Pick<Invitation, 'person_id' | 'organisation_id'>>,
): Promise<Invitation | undefined> {
  const [row] = await db()('invitations')
    .where({ id: invitationId, ...whose })
    .delete()
    .returning('*');
  return row;
}
