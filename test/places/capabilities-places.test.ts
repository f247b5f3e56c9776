import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { remindConfirming } from '../../src/features/places/places.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anAdministrator as anAdministered } from '../support/factories-admin';

const words = (more: Record<string, unknown> = {}) => ({
  ...{
    id: randomUUID(),
    name: 'Polkutuvan digitupa',
    address: 'Esimerkkikatu 4',
    area_code: '091',
    phone: '040 000 0002',
  },
  ...{ day1: '12–16', languages: ['fi', 'sv'], services: ['devices'], forms: ['near'], access: ['wheelchair'] },
  ...{ supporters: 'Vertaistukijat Mikko ja Sanna', visibility: 'public' },
  ...more,
});
const anAdministrator = async () => (await anAdministered()).admin;
const text = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');
const places = (more: Record<string, unknown>) => asOwner(() => db().table('support_places').where(more));
const withFile = async (admin: Actor, content: string) => {
  const id = randomUUID();
  await inScope(admin, () =>
    db().table('place_imports').insert({ id, organisation_id: admin.organisation_id, content }),
  );
  return id;
};

it('digime-13: a place has its address, hours, supporters, accessibility, languages and services, kept once however often sent', async () => {
  const admin = await anAdministrator();
  const form = words();
  for (let time = 0; time < 2; time += 1) expect((await as(admin).post('/places', form)).status).toBe(303);
  expect(await places({ organisation_id: admin.organisation_id })).toHaveLength(1);
  const shown = text(await as(admin).get(`/places/${form.id}`));
  for (const part of ['Esimerkkikatu 4', '12–16', 'Mikko ja Sanna', 'Swedish', 'Wheelchair access', 'Helsinki'])
    expect(shown).toContain(part);
});

it('digime-13: hours that overlap, unknown municipalities and a place that nobody can reach are told by the field', async () => {
  const admin = await anAdministrator();
  const answer = await as(admin).post('/places', words({ day1: '9–12, 11–13', area_code: '999', lat: '60' }));
  expect(answer.status).toBe(422);
  expect(text(answer)).toContain('Two times overlap');
  expect(text(answer)).toContain('Choose a municipality');
  expect((await as(admin).post('/places', words({ phone: '', address: '' }))).status).toBe(422);
  expect(text(await as(admin).post('/places', words({ phone: '', day1: '' })))).toContain('call first');
  expect(await places({ organisation_id: admin.organisation_id })).toEqual([]);
});

it('uudi-14: anybody finds a place by municipality, theme, language and form; one without hours says to call first', async () => {
  const admin = await anAdministrator();
  const [here, elsewhere, hidden] = [
    words({ day1: '', name: `Tupa ${randomUUID()}`, area_code: '178' }),
    words({ name: `Kirjasto ${randomUUID()}`, area_code: '005' }),
    words({ name: `Oma ${randomUUID()}`, area_code: '178', visibility: 'organisation' }),
  ];
  for (const form of [here, elsewhere, hidden]) await as(admin).post('/places', form);
  const found = text(await as(undefined).get('/find-support?place=juva&theme=devices&language=sv&form=near'));
  expect(found).toContain(here.name);
  expect(found).toContain('Soita ensin');
  expect(found).not.toContain(elsewhere.name);
  expect(found).not.toContain(hidden.name);
  expect(text(await as(undefined).get('/find-support?place=Juva&language=sign'))).not.toContain(here.name);
  expect(text(await as(undefined).get('/find-support?place=Juva&open=now'))).not.toContain(here.name);
  expect((await as(undefined).get(`/find-support/${hidden.id}`)).status).toBe(404);
  expect((await as(undefined).get('/find-support?place=%25%27%22%00&page=-4')).status).toBeLessThan(500);
});

it('uudi-14: help from afar stands apart from what is near, and a visit at home is not promised from another town', async () => {
  const admin = await anAdministrator();
  const afar = words({ name: `Etä ${randomUUID()}`, area_code: '091', forms: ['remote', 'home'] });
  await as(admin).post('/places', afar);
  const answer = page(await as(undefined).get('/find-support?place=Utsjoki'));
  expect(answer('#found').text()).toBe('Utsjoki: 0 paikkaa');
  expect(answer.root().text()).toContain('Apua etänä');
  const all = async (query: string) => text(await as(undefined).get(`/find-support?place=Utsjoki&${query}`));
  expect(await all('form=home')).not.toContain(afar.name);
  expect(await all('form=near')).not.toContain(afar.name);
  const link = String(answer('a[href^="/visits/ask"]').attr('href'));
  expect(page(await as(undefined).get(link))('select[name=area_code]').val()).toBe('890');
});

it('uudi-14: searches and contacts are counted by month, area and theme, and nothing of who', async () => {
  const admin = await anAdministrator();
  const form = words({ area_code: '623' });
  await as(admin).post('/places', form);
  await as(undefined).get('/find-support?place=Puumala&theme=safety');
  expect((await as(undefined).post(`/find-support/${form.id}/contact`, { theme: 'safety' })).status).toBe(303);
  const [row] = await asOwner(() => db().table('support_searches').where({ area_code: '623', theme: 'safety' }));
  expect(row).toMatchObject({ searches: 1, contacts: 1 });
  expect(Object.keys(row).sort()).toEqual(['area_code', 'contacts', 'month', 'searches', 'theme']);
});

it('uudi-04: an organisation says once a year that its services are still true, and is reminded once', async () => {
  const admin = await anAdministrator();
  const form = words();
  await as(admin).post('/places', form);
  await asOwner(() => db().table('support_places').where({ id: form.id }).update({ confirmed_on: '2020-01-01' }));
  await remindConfirming();
  await remindConfirming();
  const told = await asOwner(() => db().table('notifications').where({ person_id: admin.id, kind: 'places.confirm' }));
  expect(told).toHaveLength(1);
  expect(text(await as(admin).get('/places'))).toContain('Confirmed within 12 months: 0 / 1');
  await as(admin).post(`/places/${form.id}/confirm`);
  expect(text(await as(admin).get('/places'))).toContain('Confirmed within 12 months: 1 / 1');
});

it('uudi-04: of 500 services brought in with faults each fault is told by its line, the good are taken once, and come out again', async () => {
  const admin = await anAdministrator();
  const good = Array.from({ length: 496 }, (_, index) => `Palvelu ${index};Espoo;040 123;9–12`);
  const bad = [
    ';Espoo;040;9',
    'Ei kuntaa;Atlantis;040 1;9–12',
    'Väärä aika;Espoo;040 1;16–9',
    'Palvelu 1;Espoo;040 123;9–12',
  ];
  const content = ['name;municipality;phone;mon', ...good, ...bad].join('\r\n');
  const id = await withFile(admin, content);
  const preview = text(await as(admin).get(`/places/import/${id}`));
  expect(preview).toContain('496 lines are good, 4 lines need correcting');
  for (const part of [
    'Line 498:',
    'Line 499:',
    'Line 500:',
    'Line 501:',
    'The time ends before',
    'earlier in the file',
  ])
    expect(preview).toContain(part);
  expect(await places({ organisation_id: admin.organisation_id })).toEqual([]);
  for (let time = 0; time < 2; time += 1) await as(admin).post(`/places/import/${id}`);
  expect(await places({ organisation_id: admin.organisation_id })).toHaveLength(496);
  const file = await as(admin).get('/places/export');
  expect(file.text.trim().split('\r\n')).toHaveLength(497);
  const again = await withFile(admin, file.text);
  expect(text(await as(admin).get(`/places/import/${again}`))).toContain('496 lines are good, 0 lines');
  await as(admin).post(`/places/import/${again}`);
  expect(await places({ organisation_id: admin.organisation_id })).toHaveLength(496);
});

it('uudi-04: a file of what was exported, or with names that are there already, changes places and doubles none', async () => {
  const [admin, other] = [await anAdministrator(), await anAdministrator()];
  const [one, two] = [words({ name: 'Kirjasto' }), words({ name: 'Tupa' })];
  for (const form of [one, two]) await as(admin).post('/places', form);
  await as(other).post('/places', words({ name: 'Kirjasto' }));
  const take = async (content: string) => {
    const id = await withFile(admin, content);
    const preview = text(await as(admin).get(`/places/import/${id}`));
    expect((await as(admin).post(`/places/import/${id}`)).status).toBe(303);
    const kept = await places({ organisation_id: admin.organisation_id });
    return {
      updates: preview.split('updates a place').length - 1,
      ids: kept.map(({ id }: { id: string }) => id),
      kept,
    };
  };
  const first = await take((await as(admin).get('/places/export')).text);
  expect([first.updates, first.ids.sort()]).toEqual([2, [one.id, two.id].sort()]);
  await as(admin).post('/places', words({ name: 'Pirtti' }));
  const second = await take('name;municipality;phone;mon\nPIRTTI;Helsinki;040 999;9–12\nUusi;Helsinki;040 1;9–12');
  expect([second.updates, second.ids.length]).toEqual([1, 4]);
  expect(second.kept.filter(({ phone }: { phone: string }) => phone === '040 999')).toHaveLength(1);
  expect(await places({ organisation_id: other.organisation_id })).toMatchObject([{ import_key: null }]);
});

it('keeps places and files of another organisation out of reach, and the register to those who lead', async () => {
  const [admin, other] = [await anAdministrator(), await anAdministrator()];
  const form = words({ visibility: 'organisation' });
  await as(admin).post('/places', form);
  const file = await withFile(admin, 'name;municipality\nA;Espoo');
  for (const address of [`/places/${form.id}`, `/places/${form.id}/edit`, `/places/import/${file}`])
    expect((await as(other).get(address)).status).toBe(404);
  for (const address of [
    `/places/${form.id}`,
    `/places/${form.id}/confirm`,
    `/places/${form.id}/remove`,
    `/places/import/${file}`,
  ])
    expect((await as(other).post(address, words())).status).toBe(404);
  const member = await aPerson({ organisation: { id: admin.organisation_id } });
  expect((await as(member).get(`/places/${form.id}`)).status).toBe(200);
  expect((await as(member).get('/places/new')).status).toBe(403);
  expect((await as(member).post(`/places/${form.id}/remove`)).status).toBe(403);
});

it('has every file that the map asks for', async () => {
  await as(await anAdministrator()).post('/places', words());
  const map = page(await as(undefined).get('/find-support'))('#map');
  for (const file of ['sheet', 'leaflet', 'marker'])
    expect([file, (await as(undefined).get(String(map.attr(`data-${file}`)))).status]).toEqual([file, 200]);
});
