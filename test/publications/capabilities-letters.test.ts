import { randomUUID } from 'node:crypto';
import { rememberObject } from '../../src/features/loop/loop.service';
import { tokenOf } from '../../src/features/publications/newsletter.service';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { asOwner, inScope } from '../support/factories';
import { aNetworkOfTwo, aPublication, stage } from '../support/factories-publications';
import { runJobs } from '../support/jobs';
import { aMailServer, type MailServer } from '../support/mail-server';

let mail: MailServer;
beforeEach(async () => {
  mail = await aMailServer();
});
afterEach(() => mail.close());

it('uudi-13: a letter made of an article and an event goes only to those who confirmed, ends in one press, and counts openings without saying whose', async () => {
  const { keeper } = await aNetworkOfTwo();
  const article = await aPublication(keeper, { title: 'Vinkkejä arkeen' });
  await stage(keeper, article, 'publish');
  const event = { kind: 'event' as const, id: randomUUID(), organisation_id: keeper.organisation_id };
  await inScope(keeper, () =>
    rememberObject({ ...event, title: 'Digipäivä', href: '/events/x', visibility: 'public' }),
  );
  const id = await aPublication(keeper, { kind: 'newsletter', title: 'Kesäkirje' });
  await as(keeper).post(`/publications/${id}/items`, { items: [`publication:${article}`, `event:${event.id}`] });

  const slug = keeper.organisation_id;
  for (const email of ['kylla@esimerkki.fi', 'EI@esimerkki.fi'])
    expect((await as(undefined).post(`/publications/newsletter/${slug}`, { email, consent: 'yes' })).status).toBe(303);
  expect((await as(undefined).post(`/publications/newsletter/${slug}`, { email: 'a@b.fi' })).status).toBe(422);
  await as(undefined).post(`/publications/newsletter/${slug}`, {
    email: 'kone@esimerkki.fi',
    consent: 'yes',
    website: 'x',
  });
  await runJobs();
  expect(mail.received.map(({ to }) => to[0]).sort()).toEqual(['ei@esimerkki.fi', 'kylla@esimerkki.fi']);
  const rows = await asOwner(() => db().table('newsletter_subscriptions').where({ organisation_id: slug }));
  const yes = tokenOf(rows.find(({ email }) => email === 'kylla@esimerkki.fi'));
  await as(undefined).get(`/publications/newsletter/confirm/${yes}`);
  await as(undefined).post(`/publications/newsletter/confirm/${yes}`);
  expect((await as(undefined).post(`/publications/newsletter/confirm/${yes.slice(0, -2)}xx`)).status).toBe(404);

  const key = randomUUID();
  expect((await as(keeper).post(`/publications/${id}/letter`, { key })).status).toBe(422);
  await stage(keeper, id, 'publish');
  mail.received.length = 0;
  for (let time = 0; time < 2; time += 1) await as(keeper).post(`/publications/${id}/letter`, { key });
  await runJobs();
  expect(mail.received.map(({ to }) => to[0])).toEqual(['kylla@esimerkki.fi']);
  const raw = mail.received[0]?.raw ?? '';
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(raw).toMatch(/DIGIP/);

  const link = await as(undefined).get(`/publications/newsletter/${id}/go/p3`);
  expect([link.status, link.headers.location]).toEqual([303, expect.stringMatching(/^\/(events|publications)\//)]);
  expect(page(await as(keeper).get(`/publications/${id}/letter`))('main').text()).toContain('opened 1 time');
  const counted = await asOwner(() => db().table('newsletter_links').where({ publication_id: id }));
  expect(Object.keys(counted[0]).sort()).toEqual(['opened', 'organisation_id', 'part_id', 'publication_id']);

  await as(undefined).post(`/publications/newsletter/unsubscribe/${yes}`);
  mail.received.length = 0;
  await as(keeper).post(`/publications/${id}/letter`, { key: randomUUID() });
  await runJobs();
  expect(mail.received).toEqual([]);
});

it('uudi-15: a public page and its poster are for everybody; what was hard to use is told and answered in 14 days', async () => {
  const { keeper, partner } = await aNetworkOfTwo();
  const id = await aPublication(keeper, { title: 'Digituki tutuksi' });
  await stage(keeper, id, 'publish');
  const open = await as(undefined).get(`/publications/${id}`);
  expect(open.headers['cache-control']).toBe('public, max-age=300');
  const poster = page(await as(undefined).get(`/publications/poster?of=publication:${id}`));
  expect(poster('svg[role=img]').attr('aria-label')).toContain(`/publications/${id}`);
  const form = {
    id: randomUUID(),
    organisation: keeper.organisation_id,
    about: `/publications/${id}`,
    body: 'Kuvaa ei luettu.',
    email: 'joku@esimerkki.fi',
  };
  expect((await as(undefined).post('/accessibility-feedback', { ...form, body: '' })).status).toBe(422);
  for (let time = 0; time < 2; time += 1)
    expect((await as(undefined).post('/accessibility-feedback', form)).status).toBe(303);
  const [row] = await asOwner(() =>
    db()
      .table('accessibility_reports')
      .where({ organisation_id: keeper.organisation_id })
      .select(db().raw('answer_by::text as day')),
  );
  expect(row).toEqual({ day: addCalendarDays(dayOf(new Date()), 14) });
  expect((await as(partner).post(`/accessibility-feedback/received/${form.id}`, { answer: 'Ei minun' })).status).toBe(
    404,
  );
  expect(
    (await as(keeper).post(`/accessibility-feedback/received/${form.id}`, { answer: 'Kuvateksti on nyt korjattu.' }))
      .status,
  ).toBe(303);
  await runJobs();
  expect(mail.received.map(({ to }) => to[0])).toContain('joku@esimerkki.fi');
});

it('lets a visitor comment only where it is open, after somebody has read it, and stops machines', async () => {
  const { keeper, stranger } = await aNetworkOfTwo();
  const id = await aPublication(keeper);
  await stage(keeper, id, 'publish');
  const said = { id: randomUUID(), body: '<b>Hyvä</b> teksti', shown_name: 'Maija' };
  expect((await as(undefined).post(`/publications/${id}/comment`, said)).status).toBe(403);
  await as(keeper).post(`/publications/${id}/settings`, { visibility: 'public', comments: 'open' });
  for (let time = 0; time < 2; time += 1) await as(undefined).post(`/publications/${id}/comment`, said);
  await as(undefined).post(`/publications/${id}/comment`, { ...said, id: randomUUID(), website: 'http://x' });
  expect(page(await as(undefined).get(`/publications/${id}`))('#comments li').length).toBe(0);
  expect((await as(stranger).post(`/publications/${id}/comments/${said.id}`, { state: 'shown' })).status).toBe(403);
  await as(keeper).post(`/publications/${id}/comments/${said.id}`, { state: 'shown', reply: '' });
  const $ = page(await as(undefined).get(`/publications/${id}`));
  expect([$('#comments li').length, $('#comments b').length]).toEqual([1, 0]);
  expect(
    (await as(undefined).post(`/publications/${id}/comment`, { ...said, id: 'x', body: 'a'.repeat(4000) })).status,
  ).toBe(422);
});

it('shows nobody of another organisation a draft, its versions or its settings, and lets them write nothing', async () => {
  const { keeper, stranger } = await aNetworkOfTwo();
  const id = await aPublication(keeper);
  for (const path of ['', '/edit', '/versions', '/settings', '/pdf', '/html', '/letter'])
    expect([path, (await as(stranger).get(`/publications/${id}${path}`)).status]).toEqual([path, 404]);
  await stage(keeper, id, 'publish');
  for (const path of ['/edit', '/versions', '/settings'])
    expect([path, (await as(stranger).get(`/publications/${id}${path}`)).status]).toEqual([path, 403]);
  expect((await as(stranger).post(`/publications/${id}/stage`, { to: 'withdrawn' })).status).toBe(403);
  expect((await as(undefined).get('/publications')).text).toContain(id);
});
