import { randomUUID } from 'node:crypto';
import { GROUPS } from '../../src/features/notifications/groups';
import { collectNotifications, SEND_JOB, sendCollected } from '../../src/features/notifications/mailing.service';
import { notify } from '../../src/features/notifications/notifications.service';
import { saveSettings } from '../../src/features/notifications/settings.model';
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
    expect(await runJobs({ later: true })).toEqual(['notifications.mail', 'notifications.send']);
    const [mail] = server.received;
    const text = mail ? textOf(mail) : '';
    expect(text).toContain('3.12.2026');
    expect(text).toMatch(/http:\/\/localhost:\d+\/talks\/7\r?\n/);
    expect(text).toMatch(/\/notifications\/settings\r?\n/);
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
    await runJobs({ later: true });
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

  it('tries a server that is away again more and more seldom, then tells the person in the app', async () => {
    server.refuseWith = 451;
    const person = await someone();
    await told(person);
    expect((await runJobs({ later: true })).filter((name) => name === 'notifications.send')).toHaveLength(6);
    const kinds = await inScope(person, () => db().table('notifications').orderBy('created_at').pluck('kind'));
    expect(kinds.sort()).toEqual(['mail.failed', 'talk.planned'].sort());
    server.refuseWith = 0;
    await told(person, { key: 'later' });
    await runJobs({ later: true });
    expect(server.received).toEqual([]);
    expect(page(await as(person).get('/notifications/settings'))('.meant').text()).toContain('perille');
  });

  it('believes at once a server that knows no such mailbox', async () => {
    server.refuseWith = 550;
    await told(await someone());
    expect((await runJobs({ later: true })).filter((name) => name === 'notifications.send')).toHaveLength(1);
  });

  it('has the headers of one press, and that press works without a sign-in and for this person only', async () => {
    const [email, otherEmail] = [`${randomUUID()}@example.fi`, `${randomUUID()}@example.fi`];
    const [person, other] = [await someone({ email }), await someone({ email: otherEmail })];
    await told(person);
    await runJobs({ later: true });
    const raw = (server.received[0]?.raw ?? '').replace(/\r\n[ \t]+/g, ' ');
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(raw).toContain('Content-Type: text/html');
    const link = /List-Unsubscribe: ?<https?:\/\/[^/]+(\/[^>]+)>/.exec(raw)?.[1] ?? '';
    const visitor = as(undefined);
    expect(page(await visitor.get(link))('form').length).toBeGreaterThan(0);
    expect((await visitor.post(link, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect((await visitor.post(`${link.slice(0, -2)}xx`)).status).toBe(404);
    for (const one of [person, other]) await told(one, { key: 'after' });
    await runJobs({ later: true });
    expect(server.received.map(({ to }) => to[0])).toEqual([email, otherEmail]);
  });

  /** Lets the days go by: tells at their times, and runs each job when it is due. */
  async function week(person: Actor, events: Date[]): Promise<Date[]> {
    const sent: Date[] = [];
    let clock = new Date(0);
    const due = async () =>
      (
        await db().raw(`select j.id, j.run_at, t.identifier as name, j.payload from graphile_worker._private_jobs j
          join graphile_worker._private_tasks t on t.id = j.task_id order by j.run_at, j.id limit 1`)
      ).rows[0];
    const runUntil = async (moment: Date) => {
      for (let job = await due(); job && (job.run_at <= moment || job.name === SEND_JOB); job = await due()) {
        await db().raw('delete from graphile_worker._private_jobs where id = ?', [job.id]);
        if (job.name === SEND_JOB) {
          const before = server.received.length;
          await sendCollected(job.payload);
          if (server.received.length > before) sent.push(clock);
        } else {
          clock = job.run_at;
          await collectNotifications(job.payload, job.run_at);
        }
      }
    };
    for (const moment of events) {
      await runUntil(moment);
      await inScope(person, () =>
        notify({ ...ofPerson(person), kind: 'skill.noted', params: {}, href: '/skills' }, moment),
      );
    }
    await runUntil(new Date((events.at(-1)?.getTime() ?? 0) + 8 * 24 * 3600_000));
    return sent;
  }
  const ofPerson = ({ id, organisation_id }: Actor) => ({ organisation_id, person_id: id });
  const begin = new Date('2026-10-21T05:00Z').getTime();
  const events = Array.from({ length: 62 }, (_, n) => new Date(begin + (n * 7 * 24 * 3600_000) / 62));

  it('makes of 62 events in seven days one mail a week, and one a day, over the turning of the clock', async () => {
    const weekly = await someone();
    await inScope(weekly, () =>
      saveSettings(weekly.organisation_id, weekly.id, { rhythm: 'week', weekday: 1, hour: 8 }),
    );
    expect(await week(weekly, events)).toEqual([
      new Date('2026-10-26T08:00+02:00'),
      new Date('2026-11-02T08:00+02:00'),
    ]);
    const daily = await someone();
    const days = await week(daily, events);
    expect(days).toHaveLength(8);
    expect(days.slice(3, 5)).toEqual([new Date('2026-10-24T09:00+03:00'), new Date('2026-10-25T09:00+02:00')]);
    const told = await inScope(daily, () => db().table('notifications').whereNotNull('mail_id'));
    expect(told).toHaveLength(62);
  }, 60_000);

  it('sends nothing in quiet hours and everything after them', async () => {
    const person = await someone();
    const quiet = { rhythm: 'at_once', quiet_from: 20 * 60, quiet_to: 7 * 60 } as const;
    await inScope(person, () => saveSettings(person.organisation_id, person.id, quiet));
    const sent = await week(person, events);
    const hours = sent.map((moment) =>
      Number(moment.toLocaleString('en-GB', { timeZone: 'Europe/Helsinki', hour: '2-digit' })),
    );
    expect(hours.filter((hour) => hour >= 20 || hour < 7)).toEqual([]);
    expect(sent.filter((moment) => moment.getTime() === new Date('2026-10-25T07:00+02:00').getTime())).toHaveLength(1);
    expect(await inScope(person, () => db().table('notifications').where({ mail_id: null }))).toEqual([]);
  }, 60_000);
});

it('tells not at all what a person does not want, and always what is of security', async () => {
  const person = await aPerson();
  await inScope(person, () =>
    saveSettings(person.organisation_id, person.id, { ways: { talks: 'none', security: 'none' as never } }),
  );
  await told(person);
  await told(person, { kind: 'simple-on', params: { name: 'Pekka' } });
  const $ = page(await as(person).get('/notifications'));
  expect($('.told li')).toHaveLength(1);
});

it('keeps the choice, and shows what was chosen when something is amiss', async () => {
  const person = await aPerson();
  const browser = as(person);
  const choice = {
    ...Object.fromEntries(GROUPS.map((group) => [group, 'app'])),
    ...{ rhythm: 'week', hour: '7', weekday: '5', quiet_from: '22:00', quiet_to: '06:30', quiet_days: ['5', '6'] },
    unfinished_days: '14',
  };
  expect((await browser.post('/notifications/settings', choice)).status).toBe(303);
  const $ = page(await browser.get('/notifications/settings?saved=yes'));
  expect($('input[name=talks]:checked').val()).toBe('app');
  expect([$('#quiet_from').val(), $('#quiet_to').val(), $('#unfinished_days').val()]).toEqual(['22:00', '06:30', '14']);
  expect($('input[name=quiet_days]:checked')).toHaveLength(2);
  for (const wrong of [
    { quiet_to: '' },
    { quiet_to: '22:00' },
    { rhythm: 'never' },
    { hour: '99' },
    { quiet_from: 'x' },
    { talks: 'loud' },
  ]) {
    const refused = await browser.post('/notifications/settings', { ...choice, ...wrong });
    expect(refused.status).toBe(422);
    expect(page(refused)('#unfinished_days').val()).toBe('14');
  }
});
