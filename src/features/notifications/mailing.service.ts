import { createHmac, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import ejs from 'ejs';
import { config } from '../../config';
import { atomically } from '../../lib/db';
import { htmlLang, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { MailFault, mailIsOn, sendMail } from '../../lib/mail';
import { ROOT } from '../../lib/root';
import { withScope } from '../../lib/scope';
import { secret } from '../../lib/secret';
import { setPerson } from '../people/people.model';
import { afterQuiet } from './mail-times';
import { collectMail, failMail, findMail, moveMail, selectToldIn } from './mails.model';
import { findMailReader, type MailReader, type Notification } from './notifications.model';
import { MAIL_JOB, notify, sentenceOf } from './notifications.service';
import { findSettings, saveSettings } from './settings.model';

/** Sends one collected mail. */
export const SEND_JOB = 'notifications.send';

interface Owner {
  organisation_id: string;
  person_id: string;
}

/** How long after each failed try the next one is, in minutes; after the last of them no more. */
const AGAIN_AFTER = [5, 30, 120, 480, 1440];

/** The job: puts what waits into one mail, unless it is a quiet hour; then it comes back when that has ended. */
export function collectNotifications({ organisation_id, person_id }: Owner, now = new Date()): Promise<void> {
  const owner = { organisation_id, person_id };
  return inScopeOf(owner, () =>
    atomically(async () => {
      const settings = await findSettings(organisation_id, person_id);
      const quietEnds = afterQuiet(settings, now);
      if (quietEnds > now) {
        return enqueue(MAIL_JOB, owner, { key: `mail now ${organisation_id} ${person_id}`, runAt: quietEnds });
      }
      if (!(await readerOf(owner)) || settings.mail_failed_at) return;
      const mail_id = await collectMail(owner);
      if (mail_id) await enqueue(SEND_JOB, { ...owner, mail_id }, { key: `mail ${mail_id}` });
    }),
  );
}

/**
 * The job: sends one collected mail. It is marked as handed over just before the server gets its end, and only by one: a
 * server killed before that sends it again, one killed after does not. Only a kill between the mark and the server's answer,
 * some milliseconds, can lose a mail; what it told is in the person's list anyway.
 */
export function sendCollected({ mail_id, ...owner }: Owner & { mail_id: string }): Promise<void> {
  return inScopeOf(owner, async () => {
    const mail = await findMail(owner, mail_id);
    if (mail?.state !== 'waiting' || !mailIsOn()) return;
    const reader = await readerOf(owner);
    const told = reader ? await selectToldIn(owner, mail_id) : [];
    if (!reader || told.length === 0) {
      await moveMail(owner, mail_id, 'waiting', 'dropped');
      return;
    }
    let isTaken = false;
    try {
      await sendMail({
        ...(await written(owner, reader, told)),
        to: reader.email,
        id: mail_id,
        beforeEnd: async () => {
          isTaken = !(await moveMail(owner, mail_id, 'waiting', 'handed'));
          if (isTaken) throw new Error('another server hands this mail over');
        },
      });
      await moveMail(owner, mail_id, 'handed', 'sent');
    } catch (error) {
      if (isTaken) return;
      if (!(error instanceof MailFault)) throw error;
      await tryLater(owner, mail_id, error);
    }
  });
}

/** A server that is away is tried again more and more seldom; one that knows no such mailbox is believed at once. */
async function tryLater(owner: Owner, mail_id: string, { answer = 0 }: MailFault): Promise<void> {
  await atomically(async () => {
    const attempts = await failMail(owner, mail_id);
    if (attempts === 0) return;
    const minutes = AGAIN_AFTER[attempts - 1];
    if (answer < 500 && minutes !== undefined) {
      const runAt = new Date(Date.now() + minutes * 60_000);
      return enqueue(SEND_JOB, { ...owner, mail_id }, { key: `mail ${mail_id}`, runAt });
    }
    await moveMail(owner, mail_id, 'waiting', 'given_up');
    await saveSettings(owner.organisation_id, owner.person_id, { mail_failed_at: new Date() });
    await notify({
      ...owner,
      kind: 'mail.failed',
      params: {},
      href: '/notifications/settings',
      key: `mail failed ${mail_id}`,
    });
  });
}

type Reader = MailReader & { email: string };

/** Whoever wants mail and has an address for it; undefined for others and for those who left. */
async function readerOf({ organisation_id, person_id }: Owner): Promise<Reader | undefined> {
  const reader = await findMailReader(organisation_id, person_id);
  return reader?.email && reader.gets_mail ? (reader as Reader) : undefined;
}

/** The mail in the reader's language: a line for each thing, and where it is. */
async function written(owner: Owner, { language }: Reader, told: Notification[]) {
  const t = translator(language);
  const lines = told.map((one) => ({ words: sentenceOf(one, language), address: `${siteAddress()}${one.href}` }));
  const unsubscribe = `${siteAddress()}/notifications/mail/${mailToken(owner)}`;
  const subject =
    lines.length === 1 ? (lines[0]?.words ?? '') : t('notifications.mail.several', { count: lines.length });
  const values = {
    t,
    lines,
    subject,
    lang: htmlLang(language),
    settings: `${siteAddress()}/notifications/settings`,
    unsubscribe,
  };
  const render = (view: string) => ejs.renderFile(path.join(ROOT, 'views', 'mail', view), values);
  return { subject, text: await render('notification.ejs'), html: await render('notification-html.ejs'), unsubscribe };
}

/** What stands in the link that ends the mails of one person. It can do nothing else. */
export function mailToken({ organisation_id, person_id }: Owner): string {
  const told = `${organisation_id}.${person_id}`;
  return `${told}.${signed(told)}`;
}

const signed = (told: string) => createHmac('sha256', secret()).update(`notification mail ${told}`).digest('base64url');

/** Undefined for what this installation did not write. */
export function readMailToken(token: string): Owner | undefined {
  const [organisation_id = '', person_id = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signed(`${organisation_id}.${person_id}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return { organisation_id, person_id };
}

/** Ends all notification mails to the person whose link it is; the list in the app stays. */
export function stopMails(owner: Owner): Promise<void> {
  return inScopeOf(owner, () => setPerson(owner.person_id, { gets_mail: false }));
}

const inScopeOf = <T>({ organisation_id, person_id }: Owner, work: () => Promise<T>) =>
  withScope({ organisationId: organisation_id, personId: person_id }, work);

/** Where people find this installation, without a slash at the end. */
function siteAddress(): string {
  return (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, '');
}
