import { randomUUID } from 'node:crypto';
import { remindOfDays } from '../../src/features/cards/reminders.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { createSpace } from '../../src/features/spaces/spaces.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

const words = async (who: Actor, address: string) => page(await as(who).get(address)).text();
const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));

const challenge = () => ({
  ...{ id: randomUUID(), kind: 'challenge', title: 'Lomake tyhjenee', body_what: 'Lomake tyhjenee hitaalta.' },
  ...{ theme: 'e-services', visibility: 'organisation', language: 'fi' },
});
const keep = async (who: Actor, more: object = {}) => {
  const form = { ...challenge(), ...more };
  const response = await as(who).post('/cards', form);
  expect([response.status, response.headers.location]).toEqual([303, `/cards/${form.id}`]);
  return form.id;
};
const move = (who: Actor, id: string, status: string, note = '') =>
  as(who).post(`/cards/${id}/steps`, { id: randomUUID(), status, note });

it('digime-11: a challenge is sorted, answered and closed, and closing needs one sentence of what was learned', async () => {
  const { admin, organisation } = await anAdministrator();
  const [maker, other] = [await aPerson({ organisation }), await aPerson({ organisation })];
  const id = await keep(maker);
  expect((await move(other, id, 'seen')).status).toBe(403);
  expect((await move(admin, id, 'seen')).status).toBe(303);
  const failed = await move(admin, id, 'closed');
  expect(failed.status).toBe(422);
  expect(page(failed)('#note-error').text()).toContain('one sentence');
  await as(other).post(`/cards/${id}/responses`, { id: randomUUID(), body: 'Tallenna välillä.' });
  await move(admin, id, 'closed', 'Hidas täyttäjä tarvitsee tallennuksen.');
  expect(await rows('cards', { id })).toMatchObject([
    { status: 'closed', learned: 'Hidas täyttäjä tarvitsee tallennuksen.' },
  ]);
  expect(await words(maker, `/cards/${id}`)).toContain('Tallenna välillä.');
  expect((await rows('notifications', { person_id: maker.id })).map(({ kind }) => kind)).toContain('card.moved');
  expect((await move(admin, id, 'funded', 'x')).status).toBe(422);
});

it('digiverkosto-16: challenges have fixed themes, the first three those of the network', async () => {
  const person = await aPerson();
  const options = page(await as(person).get('/cards/new?kind=challenge'))('#theme option');
  expect(
    options
      .slice(0, 3)
      .map((_, option) => option.attribs.value)
      .get(),
  ).toEqual(['e-services', 'devices', 'getting-support']);
  const failed = await as(person).post('/cards', { ...challenge(), theme: 'oma keksintö', body_what: '' });
  expect(failed.status).toBe(422);
  expect(page(failed)('.govuk-error-message')).toHaveLength(2);
});

it('takes a challenge of somebody without an account, without a name, and shows by a code what happened', async () => {
  const { admin, organisation } = await anAdministrator();
  const visitor = as(undefined);
  const form = {
    id: randomUUID(),
    organisation: organisation.id,
    what: 'En pääse kirjautumaan',
    stops: '',
    theme: 'devices',
  };
  const sent = await visitor.post('/challenges', form);
  const code = page(sent)('.big-code').text().trim();
  expect(code).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/);
  expect(
    page(await visitor.post('/challenges', form))('.big-code')
      .text()
      .trim(),
  ).toBe(code);
  expect(await rows('cards', { organisation_id: organisation.id })).toMatchObject([
    { made_by: null, visibility: 'organisation' },
  ]);
  await move(admin, form.id, 'tried', 'Kokeilemme ohjetta.');
  expect(page(await visitor.post('/challenges/look', { code })).text()).toContain('Kokeilemme ohjetta.');
  expect((await visitor.post('/challenges/look', { code: 'dead-beef-0000' })).status).toBe(422);
  const bad = await visitor.post('/challenges', { ...form, id: randomUUID(), what: 'Tunnus 131052-308T ei käy' });
  expect(bad.status).toBe(422);
  const machine = await visitor.post('/challenges', { ...form, id: randomUUID(), website: 'http://spam' });
  expect(machine.headers.location).toBe('/challenges/sent');
  expect(await rows('cards', { organisation_id: organisation.id })).toHaveLength(1);
});

it('stops a flood of challenges from one address', async () => {
  const { organisation } = await anAdministrator();
  const visitor = as(undefined);
  const send = () =>
    visitor.post('/challenges', { id: randomUUID(), organisation: organisation.id, what: 'Tulva', theme: 'other' });
  const statuses: number[] = [];
  for (let number = 0; number < 12; number += 1) statuses.push((await send()).status);
  expect(statuses).toContain(429);
  expect((await rows('cards', { organisation_id: organisation.id })).length).toBeLessThanOrEqual(10);
});

it('uudi-16: needs are told by theme and life situation, and small numbers are not', async () => {
  const { admin } = await anAdministrator();
  const need = (population_group: string) =>
    keep(admin, { kind: 'need', title: 'Ohje', body_what: 'Selkeä ohje', population_group });
  for (let number = 0; number < 5; number += 1) await need('older');
  await need('recovery');
  const text = await words(admin, '/cards?kind=need');
  expect(text).toMatch(/Older people: 5/);
  expect(text).toMatch(/People in recovery: Too few/);
});

it('digisti_fiksu-03: needs are tagged by theme and group and found by them', async () => {
  const person = await aPerson();
  await keep(person, { kind: 'need', title: 'Laite lainaan', theme: 'devices', population_group: 'young' });
  expect(await words(person, '/cards?kind=need&theme=devices')).toContain('Laite lainaan');
  expect(await words(person, '/cards?kind=need&theme=safety')).not.toContain('Laite lainaan');
  expect(await words(person, '/cards?q=lainaan')).toContain('Laite lainaan');
});

/** A network of two organisations. */
async function aNetwork() {
  const [keeper, partner, stranger] = [await aPerson(), await aPerson(), await aPerson()];
  const space_id = randomUUID();
  await inScope(keeper, () =>
    createSpace(keeper, { id: space_id, kind: 'network', name: 'Verkosto', joining: 'open' }),
  );
  await inScope(partner, () =>
    db().table('space_organisations').insert({ space_id, organisation_id: partner.organisation_id }),
  );
  return { keeper, partner, stranger, shared: { space_id, visibility: 'network' } };
}

it('digiverkosto-07: a practice of one organisation is seen and taken into use by another of its network only', async () => {
  const { keeper, partner, stranger, shared } = await aNetwork();
  const texts = { title: 'Videopuhelu', body_problem: 'Jännitti', body_done: 'Harjoiteltiin', body_helped: 'Tauko' };
  const id = await keep(keeper, { ...shared, kind: 'practice', ...texts });
  expect(await words(partner, `/cards/${id}`)).toContain('Harjoiteltiin');
  expect((await as(stranger).get(`/cards/${id}`)).status).toBe(404);
  expect((await as(partner).post(`/cards/${id}/use`, {})).headers.location).toContain('saved=used');
  expect((await as(partner).post(`/cards/${id}`, { ...challenge(), kind: 'practice' })).status).toBe(403);
  expect((await as(stranger).post(`/cards/${id}/use`, {})).status).toBe(404);
  expect(await rows('card_uses', { card_id: id })).toMatchObject([{ organisation_id: partner.organisation_id }]);
});

it('uudi-08: a topic group shares obstacles and practices in its space', async () => {
  const { keeper, partner, shared } = await aNetwork();
  await keep(partner, { ...shared, title: 'Kotona ei ole verkkoa' });
  expect(await words(keeper, '/cards')).toContain('Kotona ei ole verkkoa');
  expect(await words(keeper, `/spaces/${shared.space_id}`)).not.toContain('404');
});

it('digisti_fiksu-13: an operating model tells need, model, roles and how to try it, and who uses it is counted', async () => {
  const { keeper, partner, shared } = await aNetwork();
  const id = await keep(keeper, {
    ...shared,
    kind: 'operating-model',
    title: 'Aulatuki',
    body_need: 'Apu',
    body_model: 'Vertainen',
    body_try: 'Yksi aamu',
  });
  await as(partner).post(`/cards/${id}/use`, {});
  expect(await words(keeper, '/cards?kind=operating-model')).toContain('used by one organisation');
  await as(partner).post(`/cards/${id}/use`, {});
  expect(await rows('card_uses', { card_id: id })).toEqual([]);
});

it('digisti_fiksu-04: an idea goes from idea to concept, application and funded, or is closed with a reason', async () => {
  const person = await aPerson();
  const id = await keep(person, { kind: 'idea', title: 'Kirjastoauto', body_what: 'Tukea kyydissä' });
  for (const status of ['concept', 'application']) expect((await move(person, id, status)).status).toBe(303);
  expect((await move(person, id, 'closed')).status).toBe(422);
  expect((await move(person, id, 'closed', 'Rahoittaja painotti muuta.')).status).toBe(303);
  expect(page(await as(person).get('/cards?kind=idea'))('#column-closed').text()).toContain('(1)');
  expect((await rows('card_steps', { card_id: id })).map(({ status }) => status).sort()).toEqual([
    'application',
    'closed',
    'concept',
  ]);
});

it('digisti_fiksu-05: an idea knows the last day of its funding call', async () => {
  const person = await aPerson();
  const id = await keep(person, { kind: 'idea', title: 'Haku', body_what: 'Haetaan', happens_on: '2030-03-15' });
  expect(await words(person, `/cards/${id}`)).toMatch(/15/);
  expect((await as(person).post('/cards', { ...challenge(), kind: 'idea', happens_on: 'keväällä' })).status).toBe(422);
});

it('digiverkosto-09: an impact claim has data, story and a source it cannot do without', async () => {
  const person = await aPerson();
  const claim = {
    kind: 'impact',
    title: 'Itse tekeminen lisääntyi',
    body_claim: 'Moni tekee itse',
    body_data: '12 käyntiä',
  };
  expect((await as(person).post('/cards', { ...challenge(), ...claim })).status).toBe(422);
  const id = await keep(person, { ...claim, body_source: 'Kirjaukset' });
  expect(await words(person, `/cards/${id}`)).toContain('Kirjaukset');
});

it('digiverkosto-14: an accessibility finding says how it is known and whose service it is, until it is mended', async () => {
  const person = await aPerson();
  const id = await keep(person, {
    kind: 'finding',
    title: 'Painike',
    body_what: 'Ei nimeä',
    body_provider: 'Kunta',
    population_group: 'other',
  });
  await move(person, id, 'told');
  expect((await move(person, id, 'mended')).status).toBe(422);
  await move(person, id, 'mended', 'Painike sai nimen.');
  expect(await words(person, `/cards/${id}`)).toContain('Painike sai nimen.');
});

it('digime-12: an experiment says what is believed, how it is seen and when, and ends as kept, changed or dropped', async () => {
  const person = await aPerson();
  const experiment = { kind: 'experiment', title: 'Lappu', body_hypothesis: 'Auttaa', body_measure: 'Soitot' };
  expect((await as(person).post('/cards', { ...challenge(), ...experiment })).status).toBe(422);
  const id = await keep(person, { ...experiment, happens_on: '2030-01-15' });
  await move(person, id, 'running');
  await move(person, id, 'drop', 'Lappu katosi.');
  expect(await rows('cards', { id })).toMatchObject([{ status: 'drop', learned: 'Lappu katosi.' }]);
});

it('digime-12: who made an experiment hears once, on its day, that it is time to look at it', async () => {
  const person = await aPerson();
  const experiment = { kind: 'experiment', title: 'Lappu', body_hypothesis: 'Auttaa', body_measure: 'Soitot' };
  const id = await keep(person, { ...experiment, happens_on: '2030-01-15' });
  const told = () => rows('notifications', { person_id: person.id, kind: 'card.day' });
  await remindOfDays(new Date('2030-01-14T10:00:00Z'));
  expect(await told()).toEqual([]);
  for (let time = 0; time < 2; time += 1) await remindOfDays(new Date('2030-01-15T10:00:00Z'));
  expect(await told()).toMatchObject([{ href: `/cards/${id}` }]);
});

it('digime-10: a team agreement has its text, who agreed and a day when it is looked at again', async () => {
  const [person, stranger] = [await aPerson(), await aPerson()];
  const agreement = { kind: 'agreement', title: 'Näin opimme', body_what: 'Kerromme ääneen', body_who: 'Koko tiimi' };
  expect((await as(person).post('/cards', { ...challenge(), ...agreement })).status).toBe(422);
  expect((await as(person).post('/cards', { ...challenge(), ...agreement, body_who: '' })).status).toBe(422);
  const id = await keep(person, { ...agreement, happens_on: '2030-03-01' });
  const seen = await words(person, `/cards/${id}`);
  for (const said of ['Kerromme ääneen', 'Koko tiimi']) expect(seen).toContain(said);
  expect((await as(stranger).get(`/cards/${id}`)).status).toBe(404);
  expect((await move(person, id, 'reviewed')).status).toBe(422);
  await move(person, id, 'reviewed', 'Pidimme sen.');
  expect(await rows('cards', { id })).toMatchObject([{ status: 'reviewed', learned: 'Pidimme sen.' }]);
});

it('becomes a lesson draft of those who write, once, and joins with a like one', async () => {
  const { admin, organisation } = await anAdministrator();
  const writer = await aPerson({ organisation, roles: ['learner', 'author'] });
  const [id, twin] = [await keep(writer), await keep(writer)];
  const draft = randomUUID();
  expect((await as(await aPerson({ organisation })).post(`/cards/${id}/lesson`, { id: draft })).status).toBe(403);
  expect((await as(writer).post(`/cards/${id}/lesson`, { id: draft })).headers.location).toBe(`/write/drafts/${draft}`);
  await as(writer).post(`/cards/${id}/lesson`, { id: draft });
  expect(await rows('loop_beginnings', { from_id: id })).toHaveLength(1);
  expect(await words(writer, `/write/drafts/${draft}`)).toContain('Lomake tyhjenee');
  expect((await as(writer).post(`/cards/${twin}/merge`, { into: id })).status).toBe(403);
  expect((await as(admin).post(`/cards/${twin}/merge`, { into: id })).headers.location).toContain(id);
  expect(await words(writer, '/cards?kind=challenge')).toContain('Lomake tyhjenee');
});
