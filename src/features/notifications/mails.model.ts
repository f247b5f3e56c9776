import { db } from '../../lib/db';
import type { Notification } from './notifications.model';

/** A mail to one person with what was told since the one before. */
export interface NotificationMail {
  id: string;
  organisation_id: string;
  person_id: string;
  state: 'waiting' | 'handed' | 'sent' | 'dropped' | 'given_up';
  attempts: number;
}

type Owner = Pick<NotificationMail, 'organisation_id' | 'person_id'>;

/**
 * Puts everything that is unread and in no mail yet into a new one; undefined when there is nothing. The rows are locked, so
 * two that run at once never put one notification into two mails.
 */
export async function collectMail({ organisation_id, person_id }: Owner): Promise<string | undefined> {
  const { rows } = await db().raw(
    `with due as (
       select id from notifications where organisation_id = ? and person_id = ? and mail_id is null and way = 'mail'
         and read_at is null for update),
     made as (
       insert into notification_mails (organisation_id, person_id) select ?, ? where exists (select from due) returning id)
     update notifications n set mail_id = made.id from due, made where n.id = due.id returning n.mail_id`,
    [organisation_id, person_id, organisation_id, person_id],
  );
  return rows[0]?.mail_id;
}

export function findMail({ organisation_id, person_id }: Owner, id: string): Promise<NotificationMail | undefined> {
  return db().table('notification_mails').where({ organisation_id, person_id, id }).first();
}

/** What the mail tells that is still unread, the oldest first. */
export function selectToldIn({ organisation_id, person_id }: Owner, mailId: string): Promise<Notification[]> {
  return db()
    .table('notifications')
    .where({ organisation_id, person_id, mail_id: mailId, read_at: null })
    .orderBy(['created_at', 'id']);
}

/** Moves a mail from one state to the next; false when another got there first. */
export async function moveMail(
  { organisation_id, person_id }: Owner,
  id: string,
  from: NotificationMail['state'],
  to: NotificationMail['state'],
): Promise<boolean> {
  const changed = await db()
    .table('notification_mails')
    .where({ organisation_id, person_id, id, state: from })
    .update({ state: to, ...(to === 'sent' && { sent_at: new Date() }) });
  return changed > 0;
}

/** Counts a try that failed and lets the mail wait again. Returns how many tries there were. */
export async function failMail({ organisation_id, person_id }: Owner, id: string): Promise<number> {
  const [row] = await db()
    .table('notification_mails')
    .where({ organisation_id, person_id, id })
    .whereIn('state', ['waiting', 'handed'])
    .update({ state: 'waiting', attempts: db().raw('attempts + 1') })
    .returning('attempts');
  return row?.attempts ?? 0;
}
