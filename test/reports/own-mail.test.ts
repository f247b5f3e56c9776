import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { queryOf, readDefinition } from '../../src/features/reports/own/own-definition';
import { mailDueReports, mailPeriod, mailToken, readMailToken } from '../../src/features/reports/own/own-mail.service';
import { db } from '../../src/lib/db';
import { MailFault } from '../../src/lib/mail';
import { as, page } from '../support/browser';
import { aPerson, asOwner, reload } from '../support/factories';
import { aTeamOf, levels, withFramework } from '../support/factories-reports';
import { queuedJobs, runJobs } from '../support/jobs';
import { aMailServer, type MailServer } from '../support/mail-server';

let mails: MailServer;
beforeEach(async () => {
  mails = await aMailServer();
});
afterEach(() => mails.close());

const definition = readDefinition({ source: 'growth', group: 'competence' });
const GROWTH = definition ? queryOf(definition) : '';

async function withAddress(actor: Actor): Promise<string> {
  const email = `${randomUUID()}@example.fi`;
  await asOwner(() => db().table('people').where({ id: actor.id }).update({ email }));
  return email;
}

/** An administrator's report, mailed each month, and shared with a supervisor. */
async function arrange(format = 'csv') {
  await withFramework();
  const arranged = await aTeamOf({ people: 8, target_profile: 'professional' });
  await levels(
    arranged.members,
    '4.2',
    arranged.members.map(() => [2, 3] as const),
  );
  const administrator = await reload(
    await aPerson({ organisation: arranged.organisation, roles: ['administrator'], language: 'en' }),
  );
  const emails = {
    administrator: await withAddress(administrator),
    supervisor: await withAddress(arranged.supervisor),
  };
  const made = await as(administrator).post('/reports/own', { name: 'Growth of us', query: GROWTH });
  const address = String(made.headers.location).replace(/\?.*/, '');
  await as(administrator).post(`${address}/readers`, { person: arranged.supervisor.id });
  await as(administrator).post(`${address}/schedule`, { every: 'month', format });
  await runJobs();
  mails.received.length = 0;
  return { ...arranged, administrator, emails, address, report: address.split('/').at(-1) ?? '' };
}

const receivers = () => mails.received.flatMap(({ to }) => to).sort();

it('mails what is due to its maker and to those it is shared with, once for a month', async () => {
  const { emails } = await arrange();
  await mailDueReports('month');
  await runJobs();
  expect(receivers()).toEqual([emails.administrator, emails.supervisor].sort());
  await mailDueReports('month');
  await mailDueReports('week');
  await runJobs();
  expect(mails.received).toHaveLength(2);
});

it('says n, the period, who sees it and where to stop; the figures are in the file', async () => {
  const { emails, administrator } = await arrange();
  await mailDueReports('month');
  await runJobs();
  const mail = mails.received.find(({ to }) => to.includes(emails.administrator));
  const parts = mail?.raw.split(/\r\n--[^\r\n]+\r\n/) ?? [];
  const text = decoded(parts.find((part) => /content-type: text\/plain/i.test(part)) ?? '');
  expect(text).toContain('The report “Growth of us” is attached.');
  expect(text).toContain(administrator.organisation_name);
  expect(text).toMatch(/8 people/);
  expect(text).toMatch(/\/reports\/own\/mail\//);
  expect(text).toContain('only to those who may see the same figures');
  const file = decoded(parts.find((part) => /attachment/i.test(part)) ?? '');
  expect(file).toContain('Looking after personal information');
});

/** A part of a mail without its transfer encoding. */
function decoded(part: string): string {
  const [head = '', ...body] = part.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

it.each([
  [
    'who supervises no team any more',
    async (supervisor: Actor) => db().table('team_supervisors').where({ person_id: supervisor.id }).delete(),
  ],
  [
    'who is suspended',
    async (supervisor: Actor) =>
      db().table('memberships').where({ person_id: supervisor.id }).update({ suspended_at: new Date() }),
  ],
  [
    'who has no address',
    async (supervisor: Actor) => db().table('people').where({ id: supervisor.id }).update({ email: null }),
  ],
  [
    'who wants no mail',
    async (supervisor: Actor) => db().table('people').where({ id: supervisor.id }).update({ gets_mail: false }),
  ],
  [
    'with whom it is shared no more',
    async (supervisor: Actor) => db().table('own_report_readers').where({ person_id: supervisor.id }).delete(),
  ],
])('sends nothing to a reader %s, also when that happens after the mail was queued', async (_, happen) => {
  const { supervisor, emails } = await arrange();
  await mailDueReports('month');
  await asOwner(async () => {
    await happen(supervisor);
  });
  await runJobs();
  expect(receivers()).toEqual([emails.administrator]);
});

it('sends nothing of a report that is removed', async () => {
  const { administrator, address } = await arrange();
  await mailDueReports('month');
  await as(administrator).post(`${address}/removal`, {});
  await runJobs();
  expect(mails.received).toEqual([]);
});

it('is sent later when the mail server refuses, and then once', async () => {
  const { emails } = await arrange();
  await mailDueReports('month');
  mails.refuseWith = 451;
  await expect(runJobs()).rejects.toBeInstanceOf(MailFault);
  mails.refuseWith = 0;
  await mailDueReports('month');
  await runJobs();
  expect(receivers()).toEqual([emails.administrator, emails.supervisor].sort());
});

it('stops by the link of the mail, for that reader, without signing in; opening the link stops nothing', async () => {
  const { supervisor, organisation, emails, report } = await arrange();
  const token = mailToken({ organisation_id: organisation.id, report_id: report, person_id: supervisor.id });
  const anybody = as(undefined);
  const opened = await anybody.get(`/reports/own/mail/${token}`);
  expect(page(opened)('h1').text()).toBe('Lopeta raportin viestit');
  await mailDueReports('month');
  expect(await queuedJobs()).toHaveLength(2);
  await anybody.post(`/reports/own/mail/${token}`, {});
  await runJobs();
  expect(receivers()).toEqual([emails.administrator]);
});

it('takes no link that it did not write', async () => {
  const { supervisor, organisation, administrator, report } = await arrange();
  const token = mailToken({ organisation_id: organisation.id, report_id: report, person_id: supervisor.id });
  const other = token.replace(supervisor.id, administrator.id);
  expect(readMailToken(other)).toBeUndefined();
  for (const given of [other, 'x', '...', `${token}x`])
    expect((await as(undefined).post(`/reports/own/mail/${given}`, {})).status).toBe(404);
});

it('counts a late run to the week or month it is of', () => {
  expect(mailPeriod('month', '2026-11-22')).toBe('2026-11-01');
  expect(['2026-11-16', '2026-11-18', '2026-11-22', '2026-11-23'].map((day) => mailPeriod('week', day))).toEqual([
    '2026-11-16',
    '2026-11-16',
    '2026-11-16',
    '2026-11-23',
  ]);
});
