import { createHmac, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import ejs from 'ejs';
import { config } from '../../../config';
import { addCalendarDays, type Day, dayOf, noonOf } from '../../../lib/calendar';
import { formatter } from '../../../lib/format';
import { translator } from '../../../lib/i18n';
import { enqueue } from '../../../lib/jobs';
import { mailIsOn, sendMail } from '../../../lib/mail';
import { ROOT } from '../../../lib/root';
import { withScope } from '../../../lib/scope';
import { secret } from '../../../lib/secret';
import { findMailReader } from '../../notifications/notifications.model';
import { type Actor, findActor, selectOrganisations } from '../../organisations/organisations.model';
import { aboutParts } from '../documents/document-about';
import type { Reader } from '../documents/document-cells';
import { ENDINGS, reportFile } from '../files/report-formats';
import { mayReadReports } from '../reports.policy';
import { storedDefinition } from './own-definition';
import { claimMail, type Every, findOwnReport, selectDue, setGetsMail, unclaimMail } from './own-reports.model';
import { readOwnNames, readOwnReport } from './own-reports.queries';

export const OWN_MAIL_JOB = 'reports.own-mail';

interface MailPayload {
  organisation_id: string;
  report_id: string;
  person_id: string;
  period: Day;
}

/** The first day of the week or month that a mail is of. A late run is of the same period as one in time. */
export function mailPeriod(every: Every, today: Day): Day {
  if (every === 'month') return `${today.slice(0, 8)}01`;
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addCalendarDays(today, -((weekday + 6) % 7));
}

/** The job of each week and month: leaves a mail to be made for every reader of what is due. */
export async function mailDueReports(every: Every, now = new Date()): Promise<void> {
  if (!mailIsOn()) return;
  const period = mailPeriod(every, dayOf(now));
  for (const { id: organisation_id } of await selectOrganisations())
    await withScope({ organisationId: organisation_id, personId: null }, async () => {
      for (const { report_id, person_id } of await selectDue(organisation_id, every)) {
        const payload: MailPayload = { organisation_id, report_id, person_id, period };
        await enqueue(OWN_MAIL_JOB, payload, { key: `own report ${report_id} ${person_id}` });
      }
    });
}

/**
 * The job: mails a report to one reader, with what that reader's own rights give today. Nothing is sent to who may read reports
 * no more, has lost the report or wants no mail. Claimed before it is sent, so that a crash can lose a mail and never doubles it.
 */
export async function mailOwnReport({ organisation_id, report_id, person_id, period }: MailPayload): Promise<void> {
  const actor = await findActor(organisation_id, person_id);
  if (!actor || !mayReadReports(actor)) return;
  await withScope({ organisationId: organisation_id, personId: person_id }, async () => {
    const report = await findOwnReport(organisation_id, person_id, report_id);
    const address = await findMailReader(organisation_id, person_id);
    if (!report?.every || report.deleted_at || !report.gets_mail || !address?.email || !address.gets_mail) return;
    const definition = storedDefinition(report.definition);
    const reader = readerFor(actor);
    const names = await readOwnNames(actor);
    const document = definition && (await readOwnReport(actor, definition, { reader, name: report.name, names }));
    if (!document) return;
    const file = await reportFile(document, ENDINGS.find((ending) => ending === report.format) ?? 'xlsx', reader);
    if (!(await claimMail(organisation_id, report_id, person_id, period))) return;
    const { t, fmt } = reader;
    const subject = t('own.mail.subject', { name: report.name, date: fmt.date(noonOf(period)) });
    const text = await ejs.renderFile(path.join(ROOT, 'views', 'mail', 'own-report.ejs'), {
      t,
      name: report.name,
      scope: document.scope,
      about: aboutParts(document, reader),
      every: t(`own.mail.every.${report.every}`),
      period:
        document.period &&
        t('reports.about.days', {
          from: fmt.date(noonOf(document.period.from)),
          to: fmt.date(noonOf(document.period.to)),
        }),
      address: `${siteAddress()}/reports/own/${report_id}`,
      stop: `${siteAddress()}/reports/own/mail/${mailToken({ organisation_id, report_id, person_id })}`,
    });
    try {
      await sendMail({ to: address.email, subject, text, attachments: [file] });
    } catch (error) {
      await unclaimMail(organisation_id, report_id, person_id, period);
      throw error;
    }
  });
}

function readerFor({ language }: Actor): Reader {
  return { lang: language, t: translator(language), fmt: formatter(language) };
}

type MailOf = Pick<MailPayload, 'organisation_id' | 'report_id' | 'person_id'>;

/** What stands in the link that ends the mails of one report to one reader. It can do nothing else. */
export function mailToken({ organisation_id, report_id, person_id }: MailOf): string {
  const told = [organisation_id, report_id, person_id].join('.');
  return `${told}.${signed(told)}`;
}

const signed = (told: string) => createHmac('sha256', secret()).update(`own report mail ${told}`).digest('base64url');

/** Undefined for what this installation did not write. */
export function readMailToken(token: string): MailOf | undefined {
  const [organisation_id = '', report_id = '', person_id = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signed([organisation_id, report_id, person_id].join('.')));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return { organisation_id, report_id, person_id };
}

/** Ends the mails of one report to the reader whose link it is. */
export function stopMail({ organisation_id, report_id, person_id }: MailOf): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: person_id }, () =>
    setGetsMail(organisation_id, report_id, person_id, false),
  );
}

/** Where people find this installation, without a slash at the end. */
function siteAddress(): string {
  return (config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, '');
}
