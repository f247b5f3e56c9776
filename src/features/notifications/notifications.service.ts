import path from 'node:path';
import ejs from 'ejs';
import { config } from '../../config';
import { noonOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { formatter } from '../../lib/format';
import { type Language, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { mailIsOn, sendMail } from '../../lib/mail';
import { ROOT } from '../../lib/root';
import { withScope } from '../../lib/scope';
import {
  deleteOldNotifications,
  findMailReader,
  findNotification,
  insertNotification,
  type NewNotification,
  type Notification,
} from './notifications.model';

export const MAIL_JOB = 'notifications.mail';

interface MailPayload {
  organisation_id: string;
  person_id: string;
  notification_id: string;
}

/**
 * Tells one person one thing, in the caller's transaction: a row for their list, and a job that mails it when they have
 * an address and want mail. The same `key` is told once; without one, each time. Params hold no free text of people.
 */
export function notify(told: NewNotification): Promise<void> {
  const { organisation_id, person_id } = told;
  // The row is the reader's own, so it is written in their scope and nobody else can read it back.
  return withScope({ organisationId: organisation_id, personId: person_id }, () =>
    atomically(async () => {
      const id = await insertNotification(told);
      if (!id) return;
      await deleteOldNotifications(organisation_id, person_id);
      if (!mailIsOn()) return;
      const payload: MailPayload = { organisation_id, person_id, notification_id: id };
      await enqueue(MAIL_JOB, payload, { key: `mail ${id}` });
    }),
  );
}

/** The job: mails a notification that is still unread to a person who has an address and wants mail. */
export function mailNotification({ organisation_id, person_id, notification_id }: MailPayload): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: person_id }, async () => {
    const reader = await findMailReader(organisation_id, person_id);
    if (!reader?.email || !reader.gets_mail) return;
    const told = await findNotification(organisation_id, person_id, notification_id);
    if (!told || told.read_at) return;
    const subject = sentenceOf(told, reader.language);
    const t = translator(reader.language);
    const text = await ejs.renderFile(path.join(ROOT, 'views', 'mail', 'notification.ejs'), {
      t,
      subject,
      address: `${siteAddress()}${told.href}`,
      account: `${siteAddress()}/account`,
    });
    await sendMail({ to: reader.email, subject, text });
  });
}

/** What the notification says, in a language; days are written as that language writes them. */
export function sentenceOf({ kind, params }: Pick<Notification, 'kind' | 'params'>, language: Language): string {
  const written = Object.entries(params).map(([name, value]) => [name, isDay(value) ? dayIn(language, value) : value]);
  return translator(language)(`notifications.kind.${kind}`, Object.fromEntries(written));
}

const isDay = (value: string | number): value is string => /^\d{4}-\d{2}-\d{2}$/.test(String(value));
const dayIn = (language: Language, day: string) => formatter(language).date(noonOf(day));

/** Where people find this installation, without a slash at the end. */
function siteAddress(): string {
  return (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, '');
}
