import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { anAdministrator as anAdministered } from '../support/factories-admin';

const anAdministrator = async () => (await anAdministered()).admin;
const text = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');
const aPlace = async (admin: Actor, more: Record<string, unknown> = {}) => {
  const id = randomUUID();
  const place = {
    ...{ id, name: `Tupa ${id}`, address: 'Katu 1', area_code: '091', phone: '040', day1: '12–16', languages: ['fi'] },
    ...{ services: ['devices'], forms: ['near'], visibility: 'organisation', ...more },
  };
  expect((await as(admin).post('/places', place)).status).toBe(303);
  return id;
};
const keep = async (admin: Actor, more: Record<string, unknown> = {}) => {
  const id = randomUUID();
  const form = { id, title: 'Syksyn tilannekuva', note: 'Luvut ovat omiamme.', visibility: 'organisation', ...more };
  const answer = await as(admin).post('/situation/kept', form);
  expect(answer.status).toBe(303);
  return { id, form };
};

it('uudi-01: the picture of an organisation has its own places only, each figure with its source, its date and how it was counted', async () => {
  const [admin, other] = [await anAdministrator(), await anAdministrator()];
  await aPlace(admin);
  await aPlace(admin, { day1: '', day2: '10–13', area_code: '049' });
  await aPlace(other);
  const shown = text(await as(admin).get('/situation'));
  expect(shown).toContain('Places of support27 hours');
  expect(shown).toMatch(/Source: the register of places \(details confirmed \d+ \w+ \d{4}–/);
  expect(shown).toContain('How this was counted');
  expect(shown).toContain('Espoo');
  const espoo = text(await as(admin).get('/situation?area=049'));
  expect(espoo).toContain('3 hours open a week');
  expect(espoo).not.toContain('Helsinki1');
  expect((await as(admin).get('/situation?area=999')).status).toBe(404);
  expect((await as(admin).get(`/situation?of=space:${randomUUID()}`)).status).toBe(404);
});

it('uudi-01: what nobody confirmed for over a year is marked as old, on the page and among the gaps', async () => {
  const admin = await anAdministrator();
  const id = await aPlace(admin);
  expect(text(await as(admin).get('/situation'))).not.toContain('Old details');
  await asOwner(() => db().raw('update support_places set confirmed_on = current_date - 400 where id = ?', [id]));
  const shown = text(await as(admin).get('/situation'));
  expect(shown).toContain('Old details: 1 places');
  expect(shown).toContain('nobody has confirmed for over a year: 1');
});

it('uudi-01: a picture of a day stays as it was; anybody reads a published one, in three languages and as a file, and nobody another organisation’s own', async () => {
  const [admin, other] = [await anAdministrator(), await anAdministrator()];
  await aPlace(admin);
  const { id } = await keep(admin, { visibility: 'public' });
  const own = await keep(admin);
  await aPlace(admin);
  const published = text(await as(undefined).get(`/situation/published/${id}`));
  expect(published).toContain('Syksyn tilannekuva');
  expect(published).toContain('Tukipaikkoja1 4 tuntia auki viikossa'.replace('1 4', '14'));
  const swedish = page(await as(undefined).get(`/situation/published/${id}`).set('Cookie', 'language=sv'));
  expect(swedish('main').text()).toContain('Stödplatser');
  const file = await as(undefined).get(`/situation/published/${id}.csv`);
  expect(file.headers['content-type']).toContain('text/csv');
  expect(file.text).toContain('Lähde: tukipaikkojen rekisteri');
  expect((await as(undefined).get(`/situation/published/${id}.pdf`)).headers['content-type']).toBe('application/pdf');
  for (const stranger of [undefined, other])
    expect((await as(stranger).get(`/situation/published/${own.id}`)).status).toBe(404);
  expect((await as(other).post(`/situation/published/${id}`, { visibility: 'organisation' })).status).toBe(403);
  expect((await as(other).post(`/situation/published/${id}/removal`)).status).toBe(403);
  expect((await as(admin).post(`/situation/published/${id}`, { visibility: 'organisation' })).status).toBe(303);
  expect((await as(undefined).get(`/situation/published/${id}`)).status).toBe(404);
  expect((await as(admin).post(`/situation/published/${id}/removal`)).status).toBe(303);
  expect((await as(admin).get(`/situation/published/${id}`)).status).toBe(404);
});

it('uudi-01: a picture is kept once however often its form is sent, by those who lead only, with its errors by the field', async () => {
  const { admin, organisation } = await anAdministered();
  const learner = await aPerson({ organisation });
  const { id, form } = await keep(admin);
  await as(admin).post('/situation/kept', form);
  expect(
    await asOwner(() => db().table('situation_pictures').where({ organisation_id: organisation.id })),
  ).toHaveLength(1);
  expect(text(await as(learner).get(`/situation/published/${id}`))).toContain('Syksyn tilannekuva');
  expect((await as(learner).post('/situation/kept', { ...form, id: randomUUID() })).status).toBe(403);
  expect((await as(learner).get('/situation/new')).status).toBe(403);
  const wrong = await as(admin).post('/situation/kept', { id: randomUUID(), title: ' ', visibility: 'network' });
  expect(wrong.status).toBe(422);
  expect(text(wrong)).toContain('Give the picture a name');
  const foreign = { ...form, id: randomUUID(), visibility: 'network', space_id: randomUUID() };
  expect((await as(admin).post('/situation/kept', foreign)).status).toBe(422);
});
