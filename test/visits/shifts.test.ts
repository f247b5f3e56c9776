import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));
const words = async (who: Actor, address: string) => page(await as(who).get(address)).text();
const inDays = (days: number) => addCalendarDays(dayOf(new Date()), days);
const ALWAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '09:00', to: '17:00' }));

const aPlace = async ({ organisation_id }: Actor, week: object[] = ALWAYS) => {
  const id = randomUUID();
  const row = { id, organisation_id, name: 'Digitupa', area_code: '091', hours: { week, exceptions: [] } };
  await asOwner(() => db().table('support_places').insert(row));
  return id;
};
const shift = (place: string, more: object = {}) => ({
  ...{ id: randomUUID(), place, day: inDays(4), clock: '12.00', minutes: '180', needed: '1', ...more },
});
/** The shift has been: the test cannot wait for it. */
const hasBeen = (id: string) =>
  asOwner(() => db().raw("update support_shifts set starts_at = now() - interval '4 hours' where id = ?", [id]));

it('digime-07: a digital peer is given tasks and a mentor, does a shift, has its hours checked and takes a certificate', async () => {
  const { admin, organisation } = await anAdministrator();
  const peer = await aPerson({ organisation, relation: 'peer', name: 'Mikko' });
  const form = shift(await aPlace(admin));
  for (let time = 0; time < 2; time += 1) expect((await as(admin).post('/visits/shifts', form)).status).toBe(303);
  expect(await rows('support_shifts', { organisation_id: organisation.id })).toHaveLength(1);

  const early = await as(peer).post(`/visits/shifts/${form.id}/join`, {});
  expect([early.status, page(early).text().includes('not among your tasks')]).toEqual([422, true]);
  const agreed = { tasks: ['place', 'lend-money'], agreed: 'Aloitetaan yhdessä', meet_on: inDays(9) };
  expect((await as(admin).post(`/visits/peers/${peer.id}`, agreed)).status).toBe(303);
  expect(await rows('support_peers', { person_id: peer.id })).toMatchObject([
    { tasks: ['place'], mentor_id: admin.id },
  ]);
  expect(await words(peer, '/visits/shifts')).toContain('Aloitetaan yhdessä');

  for (let time = 0; time < 2; time += 1)
    expect((await as(peer).post(`/visits/shifts/${form.id}/join`, {})).status).toBe(303);
  expect((await as(peer).post(`/visits/shifts/${form.id}/told`, { minutes: '180' })).status).toBe(409);
  await hasBeen(form.id);
  expect((await as(peer).post(`/visits/shifts/${form.id}/told`, { minutes: '-5' })).status).toBe(422);
  for (let time = 0; time < 2; time += 1) await as(peer).post(`/visits/shifts/${form.id}/told`, { minutes: '170' });
  const [entry, ...more] = await rows('work_entries', { person_id: peer.id });
  expect([entry.minutes, entry.kind, entry.topic, more]).toEqual([170, 'place', 'Digitupa', []]);
  expect(await words(admin, '/visits/shifts')).toContain(
    'In the last 30 days 1 supporter has been on shifts, 170 minutes',
  );
  expect(await words(admin, '/visits/peers')).toContain('170 minutes');

  await as(admin).post(`/hours/check/${entry.id}`, { minutes: '170', kind: 'place' });
  const asked = { id: randomUUID(), from_on: inDays(-20), to_on: inDays(0) };
  expect((await as(peer).post('/hours/certificate', asked)).status).toBe(303);
  expect((await as(admin).post(`/hours/check/certificate/${asked.id}`, { role: 'Lead' })).status).toBe(303);
  expect(await words(peer, '/credentials')).toContain('Peer support in digital matters');
});

it('tells of a clash, of a full shift and of a place that is closed, and keeps nothing twice', async () => {
  const { admin, organisation } = await anAdministrator();
  const [person, second] = [await aPerson({ organisation }), await aPerson({ organisation, name: 'Sanna' })];
  const [open, silent] = [await aPlace(admin), await aPlace(admin, [])];
  const first = shift(open);
  const over = shift(open, { clock: '13.00' });
  const late = shift(open, { clock: '16.00' });
  const nowhere = shift(silent, { id: randomUUID() });
  for (const [form, said] of [
    [late, 'not open for the whole shift'],
    [nowhere, 'no opening hours'],
  ] as const) {
    const answer = await as(admin).post('/visits/shifts', form);
    expect([answer.status, page(answer).text().includes(said)]).toEqual([422, true]);
  }
  const again = async (form: ReturnType<typeof shift>, more: object = {}) => {
    const anyway = String(page(await as(admin).post('/visits/shifts', form))('input[name=anyway]').val());
    return (await as(admin).post('/visits/shifts', { ...form, anyway, ...more })).status;
  };
  // What was read of one hour is not read of another.
  expect(await again(nowhere, { clock: '13.00' })).toBe(422);
  expect(await again(nowhere)).toBe(303);
  expect((await as(admin).post('/visits/shifts', first)).status).toBe(303);
  const double = await as(admin).post('/visits/shifts', over);
  expect([double.status, page(double).text().includes('already has a shift at that time')]).toEqual([422, true]);
  expect(await again(over)).toBe(303);

  await as(person).post(`/visits/shifts/${first.id}/join`, {});
  const clash = await as(person).post(`/visits/shifts/${over.id}/join`, {});
  expect([clash.status, /12[.:]00–15[.:]00/.test(page(clash).text())]).toEqual([422, true]);
  const full = await as(second).post(`/visits/shifts/${first.id}/join`, {});
  expect([full.status, page(full).text().includes('already full')]).toEqual([422, true]);
  await as(person).post(`/visits/shifts/${first.id}/leave`, {});
  expect((await as(second).post(`/visits/shifts/${first.id}/join`, {})).status).toBe(303);
  await as(admin).post(`/visits/shifts/${first.id}/cancel`, {});
  const told = await rows('notifications', { person_id: second.id });
  expect(told.map(({ kind }) => kind)).toContain('support.shift-cancelled');
  expect((await as(person).post(`/visits/shifts/${first.id}/join`, {})).status).toBe(409);
});

it('two at once for the last room: one comes', async () => {
  const { admin, organisation } = await anAdministrator();
  const people = await Promise.all([1, 2, 3, 4].map(() => aPerson({ organisation })));
  const form = shift(await aPlace(admin));
  await as(admin).post('/visits/shifts', form);
  const answers = await Promise.all(people.map((person) => as(person).post(`/visits/shifts/${form.id}/join`, {})));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422]);
});

it.each([
  ['a day that was', { day: inDays(-2) }],
  ['a day that is none', { day: '2027-02-31' }],
  ['a clock that is none', { clock: '25.00' }],
  ['a thousand minutes', { minutes: '1000' }],
  ['nobody needed', { needed: '0' }],
  ['another place', { place: randomUUID() }],
])('refuses %s for a shift', async (_what, wrong) => {
  const { admin } = await anAdministrator();
  expect((await as(admin).post('/visits/shifts', shift(await aPlace(admin), wrong))).status).toBe(422);
  expect(await rows('support_shifts', { organisation_id: admin.organisation_id })).toEqual([]);
});

it('shifts and peers are of one organisation, arranged by who answers for the work', async () => {
  const { admin, organisation } = await anAdministrator();
  const { admin: other } = await anAdministrator();
  const worker = await aPerson({ organisation });
  const peer = await aPerson({ organisation, relation: 'peer' });
  const client = await aPerson({ organisation, relation: 'client' });
  const place = await aPlace(admin);
  const form = shift(place);
  await as(admin).post('/visits/shifts', form);
  expect((await as(other).post('/visits/shifts', shift(place))).status).toBe(422);
  expect((await as(other).post(`/visits/shifts/${form.id}/join`, {})).status).toBe(404);
  expect((await as(other).post(`/visits/peers/${peer.id}`, { tasks: 'place' })).status).toBe(404);
  expect(await words(other, '/visits/shifts')).not.toContain('Digitupa');
  expect((await as(worker).post('/visits/shifts', shift(place))).status).toBe(403);
  expect((await as(worker).post(`/visits/shifts/${form.id}/cancel`, {})).status).toBe(403);
  expect((await as(worker).get('/visits/peers')).status).toBe(403);
  expect((await as(client).get('/visits/shifts')).status).toBe(403);
});
