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
  /** One thing on a page. */
  simple_mode: boolean;
  /** When the person was asked whether they want it, or chose without being asked. */
  simple_offered_at: Date | null;
  /** Steps above the ordinary size, 0 to 3. */
  text_size: number;
  contrast: Contrast;
  theme: Theme;
  /** Listens by a screen reader: pages never speak themselves. */
  hears_pages: boolean;
  explains_words: boolean;
}

export const CONTRASTS = ['device', 'ordinary', 'strong'] as const;
export type Contrast = (typeof CONTRASTS)[number];
export const THEMES = ['device', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const TEXT_SIZES = [0, 1, 2, 3] as const;

/** How pages look for a person, whatever their organisation. */
export type Look = Pick<Person, 'simple_mode' | 'text_size' | 'contrast' | 'theme' | 'hears_pages' | 'explains_words'>;

/** As long as nobody has chosen: the device decides. */
export const PLAIN_LOOK: Look = {
  simple_mode: false,
  text_size: 0,
  contrast: 'device',
  theme: 'device',
  hears_pages: false,
  explains_words: true,
};

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
    Look &
      Pick<
        Person,
        | 'name'
        | 'username'
        | 'language'
        | 'content_language'
        | 'suspended_at'
        | 'email'
        | 'gets_mail'
        | 'simple_offered_at'
      >
  >,
): Promise<void> {
  await db()('people').where({ id: personId }).update(values);
}
