import { randomUUID } from 'node:crypto';
import { deleteOldEntries } from '../../src/features/ledger/ledger.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { credentialsOf } from '../support/factories-credentials';
import { theFramework } from '../support/factories-skills';

async function scene() {
  await theFramework();
  const organisation = await anOrganisation({ name: 'Polkutupa ry' });
  const peer = await aPerson({ organisation, relation: 'peer', name: 'Pia Vertainen', language: 'fi' });
  const supervisor = await aPerson({ organisation, name: 'Helena Esihenkilö' });
  await aTeam(organisation, { members: [peer], supervisor });
  return { organisation, peer, supervisor: await reload(supervisor), colleague: await aPerson({ organisation }) };
}

const work = (values: object = {}) => ({
  ...{ id: randomUUID(), done_on: dayOf(new Date()), minutes: '90', kind: 'visit', topic: 'Verkkopankki', note: '' },
  ...values,
});
const entries = () => asOwner(() => db()('work_entries').orderBy('told_at'));
async function told(peer: Actor, values: object = {}) {
  const form = work(values);
  await as(peer).post('/hours', form).expect(303);
  return form;
}

it('keeps what a person did, once for one form', async () => {
  const { peer } = await scene();
  const form = await told(peer);
  await as(peer).post('/hours', form).expect(303);
  expect(await entries()).toMatchObject([{ person_id: peer.id, minutes: 90, kind: 'visit' }]);
  expect(page(await as(peer).get('/hours'))('main').text()).toContain('1,5');
});

it.each([
  ['note', 'Autoin häntä, 131052-308T'],
  ['note', 'hetu 010203A123B ok'],
  ['topic', '131052-308T'],
  ['minutes', '-5'],
  ['minutes', '2000'],
  ['minutes', 'kaksi'],
  ['done_on', '2999-01-01'],
  ['done_on', 'eilen'],
  ['kind', 'sairaala'],
  ['topic', ' '],
])('refuses a wrong %s (%s) and keeps what was typed', async (field, text) => {
  const { peer } = await scene();
  const answer = await as(peer)
    .post('/hours', work({ [field]: text, topic: field === 'topic' ? text : 'Oma aihe' }))
    .expect(422);
  expect(page(answer)('.govuk-error-summary a').attr('href')).toBe(`#${field}`);
  if (field !== 'topic') expect(page(answer)('#topic').val()).toBe('Oma aihe');
  expect(await entries()).toEqual([]);
});

it('shows both what was told and what was put down otherwise', async () => {
  const { peer, supervisor } = await scene();
  const { id } = await told(peer, { topic: '<b>Kanta</b>' });
  await as(supervisor)
    .post(`/hours/check/${id}`, { minutes: '60', kind: 'place', note: 'Olimme paikalla tunnin' })
    .expect(303);
  await as(supervisor).post(`/hours/check/${id}`, { minutes: '10', kind: 'place', note: '' }).expect(303);
  expect(await entries()).toMatchObject([{ minutes: 90, checked_minutes: 60, kind: 'visit', checked_kind: 'place' }]);
  const answer = await as(peer).get('/hours');
  const words = page(answer)('main').text();
  for (const part of ['90 minuuttia', '60 minuuttia', 'Helena Esihenkilö', 'Olimme paikalla tunnin', '<b>Kanta</b>'])
    expect(words).toContain(part);
  await as(peer).post(`/hours/${id}/remove`).expect(303);
  expect(await entries()).toHaveLength(1);
});

it('lets nobody check their own, a colleague’s, or another organisation’s work', async () => {
  const { peer, supervisor, colleague, organisation } = await scene();
  const { id } = await told(peer);
  const said = { minutes: '60', kind: 'place' };
  await as(colleague).post(`/hours/check/${id}`, said).expect(403);
  const other = await aPerson({ organisation });
  await aTeam(organisation, { supervisor: other });
  await as(await reload(other))
    .post(`/hours/check/${id}`, said)
    .expect(404);
  const stranger = await aPerson({ roles: ['administrator'] });
  await as(stranger).post(`/hours/check/${id}`, said).expect(404);
  await as(colleague).post(`/hours/${id}/remove`).expect(404);
  const own = await told(supervisor);
  const admin = await aPerson({ organisation, roles: ['administrator'] });
  const ours = await told(admin);
  await as(supervisor).post(`/hours/check/${own.id}`, said).expect(404);
  await as(admin).post(`/hours/check/${ours.id}`, said).expect(404);
  expect((await entries()).every(({ checked_at }) => checked_at === null)).toBe(true);
  expect(page(await as(stranger).get('/hours/check'))('main').text()).not.toContain('Verkkopankki');
});

it('becomes a certificate of checked hours only, signed by name, with the skills that its person chose', async () => {
  const { peer, supervisor } = await scene();
  const [first] = [await told(peer), await told(peer, { minutes: '600', topic: 'Tarkistamaton' })];
  const today = dayOf(new Date());
  const ask = { id: randomUUID(), from_on: '2026-01-01', to_on: today, skills: ['2.1', '9.9'] };
  for (const _ of [1, 2]) await as(peer).post('/hours/certificate', ask).expect(303);
  await as(supervisor).post(`/hours/check/certificate/${ask.id}`, { role: 'Koordinaattori' }).expect(422);
  await as(supervisor).post(`/hours/check/${first.id}`, { minutes: '90', kind: 'visit' }).expect(303);
  for (const _ of [1, 2])
    await as(supervisor).post(`/hours/check/certificate/${ask.id}`, { role: 'Koordinaattori' }).expect(303);
  const rows = await credentialsOf(peer);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    kind: 'work',
    state: 'offered',
    given_by: supervisor.id,
    content: {
      skills: [{ code: '2.1' }],
      work: { sums: [{ kind: 'visit', minutes: 90, times: 1 }], topics: ['Verkkopankki'], signer: 'Helena Esihenkilö' },
    },
  });
  await as(peer).post(`/credentials/${rows[0]?.id}/accept`, { shown_name: 'Pia V.', is_public: 'yes' }).expect(303);
  const [row] = await credentialsOf(peer);
  const words = page(await as(undefined).get(`/check/${row?.code}`).expect(200))('main').text();
  for (const part of ['Pia V.', '1,5', 'Helena Esihenkilö', 'Koordinaattori']) expect(words).toContain(part);
  expect(words).not.toContain('Tarkistamaton');
  const file = await as(peer).get(`/credentials/${row?.id}/certificate.pdf`).expect(200);
  expect(file.headers['content-type']).toContain('application/pdf');
});

it('is forgotten when its time is over', async () => {
  const { peer } = await scene();
  await told(peer);
  await told(peer, { done_on: '2020-01-01' });
  await inScope(peer, () => deleteOldEntries(peer.organisation_id, 60));
  expect(await entries()).toHaveLength(1);
});
