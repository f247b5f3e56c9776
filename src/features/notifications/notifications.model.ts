import { db } from '../../lib/db';

export interface Notification {
  id: string;
  organisation_id: string;
  person_id: string;
  /** The text is the message notifications.kind.<kind>. */
  kind: string;
  /** What is filled in the text. A day as 2026-05-31 is written out in the reader's language. */
  params: Record<string, string | number>;
  href: string;
  key: string | null;
  created_at: Date;
  read_at: Date | null;
  /** Only in the list, or by mail too. */
  way: 'mail' | 'app';
}

export type NewNotification = Pick<Notification, 'organisation_id' | 'person_id' | 'kind' | 'params' | 'href'> & {
  key?: string;
};

/** How long what has been read stays, and what was never read. */
const KEPT = "read_at < now() - interval '90 days' or created_at < now() - interval '1 year'";

/** The new row's id; undefined when the person has been told this already. In the person's own scope. */
export async function insertNotification({
  params,
  ...row
}: NewNotification & Pick<Notification, 'way'>): Promise<string | undefined> {
  const [made] = await db()
    .table('notifications')
    .insert({ ...row, params: JSON.stringify(params) })
    .onConflict(['organisation_id', 'person_id', 'key'])
    .ignore()
    .returning('id');
  return made?.id;
}

/** The list stays short by itself. */
export async function deleteOldNotifications(organisationId: string, personId: string): Promise<void> {
  await db()
    .table('notifications')
    .where({ organisation_id: organisationId, person_id: personId })
    .whereRaw(KEPT)
    .delete();
}

export function findNotification(
  organisationId: string,
  personId: string,
  id: string,
): Promise<Notification | undefined> {
  return db().table('notifications').where({ organisation_id: organisationId, person_id: personId, id }).first();
}

/** The newest first. */
export function selectNotifications(organisationId: string, personId: string, limit: number): Promise<Notification[]> {
  return db()
    .table('notifications')
    .where({ organisation_id: organisationId, person_id: personId })
    .orderBy([{ column: 'created_at', order: 'desc' }, 'id'])
    .limit(limit);
}

/** Marks one as read, or all when no id is given. */
export async function setRead(organisationId: string, personId: string, id?: string): Promise<void> {
  await db()
    .table('notifications')
    .where({ organisation_id: organisationId, person_id: personId, read_at: null, ...(id && { id }) })
    .update({ read_at: new Date() });
}

export interface MailReader {
  email: string | null;
  gets_mail: boolean;
  language: 'fi' | 'fi-x-selko' | 'sv' | 'en';
}

/** How the person in scope is reached. Undefined when they are gone, suspended or no longer a member. */
export function findMailReader(organisationId: string, personId: string): Promise<MailReader | undefined> {
  return db()
    .table('people as p')
    .join('memberships as m', 'm.person_id', 'p.id')
    .where({ 'p.id': personId, 'm.organisation_id': organisationId, 'p.suspended_at': null, 'm.suspended_at': null })
    .where((open) => open.whereNull('m.ended_on').orWhereRaw('m.ended_on > current_date'))
    .first('p.email', 'p.gets_mail', 'p.language');
}
