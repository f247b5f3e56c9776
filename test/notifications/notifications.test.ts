import { randomUUID } from 'node:crypto';
import { notify } from '../../src/features/notifications/notifications.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope, reload } from '../support/factories';
import { queuedJobs, runJobs } from '../support/jobs';
import { aMailServer, type MailServer, textOf } from '../support/mail-server';

const told = (person: Actor, values: object = {}) =>
  notify({
    organisation_id: person.organisation_id,
    person_id: person.id,
    kind: 'talk.planned',
    params: { date: '2026-12-03' },
    href: '/account',
    ...values,
  });

it('lists what a person was told, with its day in their language, and counts it in the header', async () => {
  const person = await aPerson({ language: 'fi' });
  await told(person);
  const $ = page(await as(await reload(person)).get('/notifications'));
  expect($('.told li').text()).toContain('3.12.2026');
  expect($('.header-told').text().replace(/\s+/g, ' ')).toContain('yksi uusi');
});

it('opens what it tells of, and then it is read', async () => {
  const person = await aPerson();
  await told(person);
  const browser = as(person);
  const $ = page(await browser.get('/notifications'));
  const opened = await browser.post($('.told form').attr('action') ?? '');
  expect([opened.status, opened.headers.location]).toEqual([303, '/account']);
  expect((await reload(person)).unread_notifications).toBe(0);
  expect(page(await browser.get('/notifications'))('.told .is-new')).toHaveLength(0);
});

it('marks all as read in one press', async () => {
  const person = await aPerson();
  for (const key of ['a', 'b', 'c']) await told(person, { key });
  await as(person).post('/notifications/read');
  expect((await reload(person)).unread_notifications).toBe(0);
});

it('tells the same thing once, and another thing of the same kind again', async () => {
  const person = await aPerson();
  await told(person, { key: 'talk 1' });
  await told(person, { key: 'talk 1' });
  await told(person, { key: 'talk 2' });
  await told(person);
  await told(person);
  expect((await reload(person)).unread_notifications).toBe(4);
});

it('shows nobody what another was told, in the same organisation or in another', async () => {
  const organisation = await anOrganisation();
  const [one, other] = [await aPerson({ organisation }), await aPerson({ organisation, roles: ['administrator'] })];
  await inScope(other, () => told(one));
  const { id } = await asOwner(() => db().table('notifications').where({ person_id: one.id }).first());
  for (const stranger of [other, await aPerson()]) {
    expect((await as(stranger).post(`/notifications/${id}/open`)).status).toBe(404);
    expect(page(await as(stranger).get('/notifications'))('.told li')).toHaveLength(0);
  }
  expect(await inScope(other, () => db().table('notifications').select('id'))).toEqual([]);
});

it('forgets what was read three months ago', async () => {
  const person = await aPerson();
  for (const key of ['old', 'unread']) await told(person, { key });
  await asOwner(() =>
    db()
      .table('notifications')
      .where({ person_id: person.id })
      .update({
        created_at: db().raw("now() - interval '100 days'"),
        read_at: db().raw("case when key = 'old' then now() - interval '95 days' end"),
      }),
  );
  await told(person, { key: 'new' });
  const rows = await asOwner(() => db().table('notifications').where({ person_id: person.id }).orderBy('key'));
  expect(rows.map(({ key }) => key)).toEqual(['new', 'unread']);
});

it('asks for no e-mail where there is no mail server', async () => {
  await told(await aPerson({ email: `${randomUUID()}@example.fi` }));
  expect(await queuedJobs({ later: true })).toEqual([]);
});

describe('with a mail server', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await aMailServer();
  });
  afterEach(() => server.close());

  const someone = (values = {}) => aPerson({ language: 'fi', email: `${randomUUID()}@example.fi`, ...values });

  it('mails it in the reader’s language, with a way to it and a way to stop', async () => {
    const person = await someone();
    await told(person, { href: '/talks/7' });
    expect(await runJobs()).toEqual(['notifications.mail']);
    const [mail] = server.received;
    const text = mail ? textOf(mail) : '';
    expect(text).toContain('3.12.2026');
    expect(text).toMatch(/http:\/\/localhost:\d+\/talks\/7\r?\n/);
    expect(text).toMatch(/\/account\r?\n/);
    expect(text).not.toContain('&');
  });

  it('mails nobody who has no address, wants none, has read it, or has left', async () => {
    const [without, unwilling, reader, gone] = [
      await someone({ email: null }),
      await someone(),
      await someone(),
      await someone(),
    ];
    await as(unwilling).post('/account/notifications', { mail: 'no' });
    for (const person of [without, unwilling, reader, gone]) await told(person);
    await as(reader).post('/notifications/read');
    await asOwner(() => db()('memberships').where({ person_id: gone.id }).update({ suspended_at: new Date() }));
    await runJobs();
    expect(server.received).toEqual([]);
  });

  it('lets a person choose e-mail or only here, and says when there is no address', async () => {
    const person = await someone();
    const browser = as(person);
    expect((await browser.post('/account/notifications', { mail: 'no' })).headers.location).toBe('/account?saved=told');
    const $ = page(await browser.get('/account?saved=told'));
    expect($('input[name=mail]:checked').val()).toBe('no');
    expect(page(await as(await aPerson()).get('/account'))('input[name=mail]')).toHaveLength(0);
  });

  it('fails when the mail server refuses, so that the job is tried again', async () => {
    server.refuseWith = 451;
    await told(await someone());
    await expect(runJobs()).rejects.toThrow('451');
  });
});
