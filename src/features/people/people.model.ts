import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';

/** A human being, the same in every organisation. What they may do comes from memberships. */
export interface Person {
  id: string;
  username: string;
  email: string | null;
  name: string;
  language: Language;
  content_language: Language | null;
  /** The organisation that made the account; it alone may give a new password or change the names. */
  home_organisation_id: string | null;
  /** Notifications by e-mail too, when there is an address. */
  gets_mail: boolean;
  suspended_at: Date | null;
  created_at: Date;
}

export type NewPerson = Pick<Person, 'id' | 'username' | 'name'> & Partial<Person>;

declare module 'knex/types/tables' {
  interface Tables {
    people: Person;
  }
}

/** No row comes back: a new person is visible only once a membership brings them into an organisation. */
export async function insertPerson(person: NewPerson): Promise<void> {
  await db()('people').insert(person);
}

/** Whether a user name or e-mail is in use anywhere in the installation. */
export async function isNameTaken(name: string): Promise<boolean> {
  const { rows } = await db().raw('select name_taken(?) as taken', [name]);
  return rows[0].taken;
}

export async function setPerson(
  personId: string,
  values: Partial<
    Pick<Person, 'name' | 'username' | 'language' | 'content_language' | 'suspended_at' | 'email' | 'gets_mail'>
  >,
): Promise<void> {
  await db()('people').where({ id: personId }).update(values);
}
