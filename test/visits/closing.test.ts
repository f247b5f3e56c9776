import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));
const words = async (who: Actor | undefined, address: string) => page(await as(who).get(address)).text();
const inDays = (days: number) => addCalendarDays(dayOf(new Date()), days);
const ALWAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '09:00', to: '17:00' }));

const aPlace = async ({ organisation_id }: Actor) => {
  const [id, name] = [randomUUID(), `Digitupa ${randomUUID().slice(0, 8)}`];
  const row = {
    id,
    organisation_id,
    name,
    area_code: '091',
    visibility: 'public',
    hours: { week: ALWAYS, exceptions: [] },
  };
  await asOwner(() => db().table('support_places').insert(row));
  return { id, name };
};
const aShift = async (admin: Actor, place: string, days: number, people: Actor[] = []) => {
  const form = { id: randomUUID(), place, day: inDays(days), clock: '12.00', minutes: '120', needed: '3' };
  expect((await as(admin).post('/visits/shifts', form)).status).toBe(303);
  for (const person of people) await as(person).post(`/visits/shifts/${form.id}/join`, {});
  return form.id;
};
const notices = async (person: Actor) =>
  (await rows('notifications', { person_id: person.id })).map(({ kind }: { kind: string }) => kind);
const seenIn = (answer: { text: string }) => page(answer as never)('input[name=seen]').val();

it('says how many shifts a closing calls off and whose, tells them, and keeps what was done', async () => {
  const { admin, organisation } = await anAdministrator();
  const [mikko, sanna] = [
    await aPerson({ organisation, name: 'Mikko Malli' }),
    await aPerson({ organisation, name: 'Sanna Siili' }),
  ];
  const place = await aPlace(admin);
  const before = await aShift(admin, place.id, 2, [mikko]);
  const after = await aShift(admin, place.id, 6, [mikko, sanna]);
  const empty = await aShift(admin, place.id, 8);
  const held = await aShift(admin, place.id, 3, [sanna]);
  await asOwner(() =>
    db().raw("update support_shifts set starts_at = now() - interval '4 hours' where id = ?", [held]),
  );
  await as(sanna).post(`/visits/shifts/${held}/told`, { minutes: '110' });

  const address = `/places/${place.id}/close`;
  expect(await words(admin, address)).toContain('3 shifts from');
  const unseen = await as(admin).post(address, { day: inDays(5), seen: seenIn(await as(admin).get(address)) });
  expect(unseen.status).toBe(422);
  const said = page(unseen).text();
  for (const part of ['2 shifts from', 'Mikko Malli, Sanna Siili', 'Nobody is coming yet', 'still held'])
    expect(said).toContain(part);
  expect([await notices(mikko), await notices(sanna)]).toEqual([[], []]);

  const form = { day: inDays(5), seen: seenIn(unseen) };
  for (let time = 0; time < 2; time += 1) expect((await as(admin).post(address, form)).status).toBe([303, 303][time]);
  expect([await notices(mikko), await notices(sanna)]).toEqual([['support.place-closed'], ['support.place-closed']]);
  expect(await words(mikko, '/notifications')).toContain(`${place.name} closes`);
  const shifts = await rows('support_shifts', { place_id: place.id });
  const cancelled = shifts.filter((one: { cancelled_at: Date | null }) => one.cancelled_at);
  expect(cancelled.map(({ id }: { id: string }) => id).sort()).toEqual([after, empty].sort());
  expect(shifts.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([before, held]));
  expect(await rows('work_entries', { person_id: sanna.id })).toMatchObject([{ minutes: 110, topic: place.name }]);
  expect(await words(undefined, `/find-support/${place.id}`)).toMatch(/suljetaan pysyvästi/);
});

it('does nothing when somebody signed up after the page was read', async () => {
  const { admin, organisation } = await anAdministrator();
  const person = await aPerson({ organisation, name: 'Late Lumikko' });
  const place = await aPlace(admin);
  const shift = await aShift(admin, place.id, 4);
  const seen = seenIn(await as(admin).get(`/places/${place.id}/close`));
  await as(person).post(`/visits/shifts/${shift}/join`, {});
  const answer = await as(admin).post(`/places/${place.id}/close`, { day: inDays(1), seen });
  expect([answer.status, page(answer).text().includes('Late Lumikko gets a notification')]).toEqual([422, true]);
  expect(await rows('support_places', { id: place.id })).toMatchObject([{ closed_on: null }]);
});

it('shows a closed place nowhere as open, takes no shifts after, and opens again', async () => {
  const { admin } = await anAdministrator();
  const { admin: other } = await anAdministrator();
  const place = await aPlace(admin);
  const find = `/find-support?place=${encodeURIComponent(place.name)}`;
  expect(await words(undefined, find)).toContain('1 paikka');
  expect((await as(admin).post(`/places/${place.id}/close`, { day: inDays(0) })).status).toBe(303);
  expect(await words(undefined, find)).not.toContain('1 paikka');
  expect(await words(undefined, `/find-support/${place.id}`)).toMatch(/on suljettu pysyvästi/);
  expect(await words(admin, '/places')).toContain('Closed places (1)');
  expect(await words(other, '/places')).not.toContain(place.name);
  expect((await as(admin).get('/places/export')).text).not.toContain(place.name);
  const form = { id: randomUUID(), place: place.id, day: inDays(2), clock: '12.00', minutes: '60', needed: '1' };
  const shift = await as(admin).post('/visits/shifts', { ...form, anyway: 'yes' });
  expect([shift.status, page(shift).text().includes('closed for good by then')]).toEqual([422, true]);
  expect((await as(admin).post(`/places/${place.id}/open`)).status).toBe(303);
  expect((await as(admin).post('/visits/shifts', form)).status).toBe(303);
  expect(await words(undefined, find)).toContain('1 paikka');
});

it('removes only a place at which nothing was done, and keeps one with shifts or contacts', async () => {
  const { admin, organisation } = await anAdministrator();
  const person = await aPerson({ organisation });
  const [used, mistaken] = [await aPlace(admin), await aPlace(admin)];
  await aShift(admin, used.id, 4, [person]);
  await aShift(admin, mistaken.id, 4);
  const refused = await as(admin).post(`/places/${used.id}/remove`);
  expect([refused.status, page(refused).text().includes('cannot be removed')]).toEqual([422, true]);
  expect(page(refused)(`form[action="/places/${used.id}/remove"]`)).toHaveLength(0);
  expect((await as(admin).post(`/places/${mistaken.id}/remove`)).status).toBe(303);
  expect(await rows('support_places', { organisation_id: admin.organisation_id })).toMatchObject([{ id: used.id }]);
  expect(await rows('support_shifts', { organisation_id: admin.organisation_id })).toHaveLength(1);
  await expect(asOwner(() => db().table('support_places').where({ id: used.id }).delete())).rejects.toThrow();
});

it.each([
  ['a day that was', -1],
  ['a day after years', 900],
])('refuses to close from %s, and from none', async (_what, days) => {
  const { admin } = await anAdministrator();
  const place = await aPlace(admin);
  for (const day of [inDays(days), '', '2027-02-31'])
    expect((await as(admin).post(`/places/${place.id}/close`, { day })).status).toBe(422);
  expect(await rows('support_places', { id: place.id })).toMatchObject([{ closed_on: null }]);
});

it('is for who keeps the register of the own organisation', async () => {
  const { admin, organisation } = await anAdministrator();
  const { admin: other } = await anAdministrator();
  const worker = await aPerson({ organisation });
  const place = await aPlace(admin);
  for (const [who, status] of [
    [other, 404],
    [worker, 403],
  ] as const) {
    expect((await as(who).get(`/places/${place.id}/close`)).status).toBe(status);
    for (const what of ['close', 'open', 'remove'])
      expect((await as(who).post(`/places/${place.id}/${what}`, { day: inDays(1) })).status).toBe(status);
  }
});
