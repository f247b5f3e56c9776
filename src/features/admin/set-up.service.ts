import { randomUUID } from 'node:crypto';
import { atomically, db } from '../../lib/db';
import { hashPassword } from '../../lib/passwords';
import { withScope } from '../../lib/scope';
import { insertCredential } from '../accounts/accounts.model';
import { recordAudit } from '../audit/audit.model';
import { joinNetwork } from '../organisations/networks.model';
import { insertMembership, insertOrganisation } from '../organisations/organisations.model';
import { insertPerson, isNameTaken } from '../people/people.model';
import { usernameFrom } from './usernames';

export interface FirstOrganisation {
  organisation: string;
  name: string;
  username: string;
  password: string;
  /** A network that it belongs to; made, with this organisation as its leader, when there is none of that name. */
  network?: string | undefined;
}

/** The name of an organisation that is already there; undefined in a new database. */
export async function findAnyOrganisation(): Promise<string | undefined> {
  const row = await db()('organisations').orderBy('created_at').first('name');
  return row?.name;
}

/** Makes the first organisation and its administrator, who signs in with a password of their own choice. */
export async function setUp({ organisation, name, username, password, network }: FirstOrganisation): Promise<void> {
  const actor = { id: randomUUID(), organisation_id: randomUUID() };
  const hash = await hashPassword(password);
  await withScope({ organisationId: actor.organisation_id, personId: actor.id }, () =>
    atomically(async () => {
      if (await isNameTaken(username)) throw new Error(`The user name ${username} is taken. Choose another.`);
      const { organisation_id, id: person_id } = actor;
      await insertOrganisation({ id: organisation_id, slug: usernameFrom(organisation), name: organisation });
      await insertPerson({ id: person_id, username, name });
      await insertMembership({ organisation_id, person_id, roles: ['administrator'] });
      await insertCredential(person_id, hash, false);
      if (network) await joinNetwork(organisation_id, network);
      await recordAudit(actor, 'organisation.made', { type: 'organisation', id: organisation_id });
    }),
  );
}
