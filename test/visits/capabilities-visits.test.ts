import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));
const words = async (who: Actor | undefined, address: string) => page(await as(who).get(address)).text();
const SAFETY = ['consent', 'told-office', 'phone', 'two-or-known', 'no-codes', 'leave'];
const inDays = (days: number) => addCalendarDays(dayOf(new Date()), days);

const asked = () => ({
  ...{ id: randomUUID(), area_code: '091', theme: 'devices', form: 'home', language: 'fi' },
  ...{ body: 'Uusi puhelin', suits: 'aamulla', name: 'Aila', reach: '040 123 4567', address: 'Kotikatu 1' },
});
const contact = () => ({
  ...{ contact_id: randomUUID(), form: 'home', minutes: '30', theme: 'devices', did_self: 'yes', help_level: '1' },
  ...{ blocked: 'identification', codes: 'yes', area_code: '091' },
});
/** A request that the person helps with. */
async function aMatched(lead: Actor, supporter: Actor): Promise<string> {
  const form = asked();
  expect((await as(lead).post('/visits/requests', form)).status).toBe(303);
  expect((await as(supporter).post(`/visits/requests/${form.id}/accept`, {})).status).toBe(303);
  return form.id;
}
const figures = async (organisation_id: string) => {
  const [sum] = await asOwner(() =>
    db()
      .table('support_month_figures')
      .where({ organisation_id })
      .sum({ contacts: 'contacts', minutes: 'minutes', self: 'did_self', opened: 'requests_opened' })
      .sum({ met: 'requests_met', unmet: 'requests_unmet', visits: 'visits' }),
  );
  return Object.fromEntries(Object.entries(sum ?? {}).map(([key, value]) => [key, Number(value)]));
};

it('digime-14: support is asked for, matched, agreed, made safe, visited, followed up, and who asked is forgotten', async () => {
  const { admin, organisation } = await anAdministrator();
  const supporter = await aPerson({ organisation });
  const form = asked();
  await as(admin).post('/visits/requests', form);
  // Before a promise nobody but who arranges sees how to reach the person.
  expect(await words(supporter, `/visits/requests/${form.id}`)).not.toContain('040 123 4567');
  expect((await as(admin).post(`/visits/requests/${form.id}/offer`, { supporter: supporter.id })).status).toBe(303);
  expect((await rows('notifications', { person_id: supporter.id })).map(({ kind }) => kind)).toContain(
    'support.offered',
  );
  await as(supporter).post(`/visits/requests/${form.id}/accept`, {});
  expect(await words(supporter, `/visits/requests/${form.id}`)).toContain('040 123 4567');

  const visit = { id: randomUUID(), day: inDays(3), clock: '13.30', minutes: '60', second_name: '' };
  const agreed = await as(supporter).post(`/visits/requests/${form.id}/visits`, visit);
  expect([agreed.status, agreed.headers.location]).toEqual([303, `/visits/${visit.id}`]);
  expect((await as(supporter).post(`/visits/${visit.id}/done`, { follow_up: 'none' })).status).toBe(409);
  const half = await as(supporter).post(`/visits/${visit.id}/check`, { checked: ['consent', 'phone'] });
  expect(half.status).toBe(422);
  expect((await as(supporter).post(`/visits/${visit.id}/check`, { checked: SAFETY })).status).toBe(303);
  const done = await as(supporter).post(`/visits/${visit.id}/done`, { follow_up: 'call', follow_up_on: inDays(10) });
  expect(done.headers.location).toBe(`/visits/contacts/new?visit=${visit.id}`);
  const record = page(await as(supporter).get(`/visits/contacts/new?visit=${visit.id}`));
  expect([record('input[name=form]:checked').val(), record('input[name=visit_id]').val()]).toEqual(['home', visit.id]);
  expect(await words(supporter, '/visits')).toContain('call');
  await as(supporter).post(`/visits/${visit.id}/followed`, {});

  expect((await as(supporter).post(`/visits/requests/${form.id}/end`, { end: 'met' })).status).toBe(303);
  expect(await rows('support_request_contacts', { request_id: form.id })).toEqual([]);
  expect(await rows('support_requests', { id: form.id })).toMatchObject([{ state: 'met', body: '', suits: '' }]);
  expect(await figures(organisation.id)).toMatchObject({ opened: 1, met: 1, visits: 1 });
  expect((await as(supporter).post(`/visits/requests/${form.id}/end`, { end: 'met' })).status).toBe(409);
});

it('digime-05: who has no account asks by an easy page, and a supporter records with them, on paper too, and nothing of illness', async () => {
  const { admin, organisation } = await anAdministrator();
  const visitor = as(undefined);
  const form = { ...asked(), organisation: organisation.id };
  const page1 = page(await visitor.get('/visits/ask'));
  expect(
    page1('input, textarea, select')
      .toArray()
      .map(({ attribs }) => attribs.name),
  ).not.toContain('diagnosis');
  expect((await visitor.post('/visits/ask', { ...form, body: 'Tunnus 131052-308T' })).status).toBe(422);
  expect((await visitor.post('/visits/ask', { ...form, reach: '' })).status).toBe(422);
  const sent = page(await visitor.post('/visits/ask', form));
  const code = sent('.big-code').text().trim();
  // The form sent again is one request with one code.
  expect(
    page(await visitor.post('/visits/ask', form))('.big-code')
      .text()
      .trim(),
  ).toBe(code);
  expect(await rows('support_requests', { organisation_id: organisation.id })).toHaveLength(1);
  expect(await words(admin, '/visits')).toContain('Helsinki');
  expect(page(await visitor.post('/visits/look', { code }))('.tag').text()).toContain('Odottaa');
  expect((await visitor.post('/visits/look', { code: 'aaaa-bbbb-cccc' })).status).toBe(422);
  await visitor.post('/visits/look/withdraw', { code });
  expect(await rows('support_requests', { id: form.id })).toMatchObject([{ state: 'withdrawn', body: '' }]);
  expect(await rows('support_request_contacts', { request_id: form.id })).toEqual([]);
  expect(await words(admin, '/visits/paper')).toContain('No names');
});

it('digime-07: a digital peer has support to give, records of it, hours that are checked, and a path', async () => {
  const { admin, organisation } = await anAdministrator();
  const peer = await aPerson({ organisation, relation: 'peer' });
  await aMatched(admin, peer);
  expect(await words(peer, '/visits')).toContain('You help');
  expect((await as(peer).post('/visits/contacts', contact())).status).toBe(303);
  expect(await words(peer, '/visits/contacts')).toContain('30 minutes');
  for (const address of ['/hours', '/visits/contacts/new']) expect((await as(peer).get(address)).status).toBe(200);
  const client = await aPerson({ organisation, relation: 'client' });
  for (const address of ['/visits', '/visits/contacts', '/visits/contacts/new'])
    expect((await as(client).get(address)).status).toBe(403);
});

it('keeps a contact once, corrects it and takes it away, and the month counts it as it stands', async () => {
  const person = await aPerson();
  const form = contact();
  for (let time = 0; time < 2; time += 1) expect((await as(person).post('/visits/contacts', form)).status).toBe(303);
  await as(person).post('/visits/contacts', { ...contact(), minutes: 'other', minutes_other: '12', did_self: 'no' });
  expect(await figures(person.organisation_id)).toMatchObject({ contacts: 2, minutes: 42, self: 1 });
  await as(person).post(`/visits/contacts/${form.contact_id}`, {
    ...form,
    minutes: '60',
    did_self: 'no',
    blocked: 'none',
    area_code: '049',
  });
  expect(await figures(person.organisation_id)).toMatchObject({ contacts: 2, minutes: 72, self: 0 });
  const kept = await rows('support_month_figures', { organisation_id: person.organisation_id, area_code: '091' });
  expect(kept.map(({ contacts, blocked }) => [contacts, blocked])).toEqual([[1, { identification: 1 }]]);
  await as(person).post(`/visits/contacts/${form.contact_id}/remove`, {});
  expect(await figures(person.organisation_id)).toMatchObject({ contacts: 1, minutes: 12 });
  expect(await rows('support_month_supporters', { supporter_id: person.id })).toMatchObject([
    { contacts: 1, area_code: '091' },
  ]);
});

it('refuses codes in a note, warns of what tells of a person, and keeps it when it is sent again', async () => {
  const person = await aPerson();
  const form = contact();
  const code = await as(person).post('/visits/contacts', { ...form, note: 'Tili FI21 1234 5600 0007 85' });
  expect([code.status, page(code)('#note-error').text()]).toEqual([422, expect.stringContaining('account number')]);
  const warned = await as(person).post('/visits/contacts', { ...form, note: 'Soita 040 123 4567, masennusta' });
  expect(warned.status).toBe(422);
  expect(
    page(warned)('.quick [role=alert] li')
      .toArray()
      .map((item) => page(warned)(item).text()),
  ).toEqual(['040 123 4567', 'masennusta']);
  const seen = page(warned)('input[name=seen]').val();
  expect(
    (await as(person).post('/visits/contacts', { ...form, note: 'Soita 040 123 4567, masennusta', seen })).status,
  ).toBe(303);
});

it.each([
  ['no codes', { codes: '' }, 'codes'],
  ['a day ahead', { held_on: '2099-01-01' }, 'held_on'],
  ['no minutes', { minutes: 'other', minutes_other: 'paljon' }, 'minutes_other'],
  ['an area that is none', { area_code: '9999' }, 'area_code'],
  ['a way that is none', { form: 'telepathy' }, 'form'],
])('tells of %s by the field', async (_, wrong, field) => {
  const person = await aPerson();
  const answer = await as(person).post('/visits/contacts', { ...contact(), ...wrong });
  expect(answer.status).toBe(422);
  expect(page(answer)(`#${field}-error`)).toHaveLength(1);
});

it('tells of a double booking by the time of the other visit, also of two at the same moment', async () => {
  const { admin, organisation } = await anAdministrator();
  const supporter = await aPerson({ organisation });
  const [first, second] = [await aMatched(admin, supporter), await aMatched(admin, supporter)];
  const visit = (clock: string) => ({ id: randomUUID(), day: inDays(5), clock, minutes: '60' });
  const answers = await Promise.all([
    as(supporter).post(`/visits/requests/${first}/visits`, visit('10.00')),
    as(supporter).post(`/visits/requests/${second}/visits`, visit('10.30')),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  const told = answers.find(({ status }) => status === 422);
  expect(told && page(told)('[role=alert]').text()).toMatch(/10\.(00–11\.00|30–11\.30)/);
  expect((await as(supporter).post(`/visits/requests/${second}/visits`, visit('11.30'))).status).toBe(303);
  expect((await as(supporter).post(`/visits/requests/${second}/visits`, visit('ilta'))).status).toBe(422);
});

it('agrees visits and follow-ups for days to come only, and gives the number to call before the time is agreed', async () => {
  const { admin, organisation } = await anAdministrator();
  const supporter = await aPerson({ organisation });
  const id = await aMatched(admin, supporter);
  const visit = (day: string) => ({ id: randomUUID(), day, clock: '10.00', minutes: '60' });
  const gone = await as(supporter).post(`/visits/requests/${id}/visits`, visit(inDays(-1)));
  expect([gone.status, page(gone).text().includes('This day has been')]).toEqual([422, true]);
  const $ = page(await as(supporter).get(`/visits/requests/${id}`));
  expect($('#reach').parent().find('a[href^="tel:"]')).toHaveLength(1);
  expect($('#reach, #agree').first().attr('id')).toBe('reach');
  const agreed = visit(inDays(1));
  await as(supporter).post(`/visits/requests/${id}/visits`, agreed);
  const moved = await as(supporter).post(`/visits/${agreed.id}/move`, { ...agreed, day: inDays(-3) });
  expect(moved.status).toBe(422);
  await as(supporter).post(`/visits/${agreed.id}/check`, { checked: SAFETY });
  const late = await as(supporter).post(`/visits/${agreed.id}/done`, { follow_up: 'call', follow_up_on: inDays(-1) });
  expect([late.status, page(late).text().includes('Choose a coming day')]).toEqual([422, true]);
  expect(await rows('support_visits', { id: agreed.id })).toMatchObject([{ state: 'agreed' }]);
});

it('shows one organisation nothing of another one', async () => {
  const { admin, organisation } = await anAdministrator();
  const supporter = await aPerson({ organisation });
  const other = (await anAdministrator()).admin;
  const id = await aMatched(admin, supporter);
  const visit = { id: randomUUID(), day: inDays(2), clock: '9', minutes: '30' };
  await as(supporter).post(`/visits/requests/${id}/visits`, visit);
  const own = contact();
  await as(supporter).post('/visits/contacts', own);
  for (const address of [`/visits/requests/${id}`, `/visits/${visit.id}`, `/visits/contacts/${own.contact_id}`])
    expect((await as(other).get(address)).status).toBe(404);
  for (const address of [
    `/visits/requests/${id}/accept`,
    `/visits/${visit.id}/cancel`,
    `/visits/contacts/${own.contact_id}/remove`,
  ])
    expect((await as(other).post(address, {})).status).toBe(404);
  expect(await words(other, '/visits')).not.toContain('Helsinki');
  // A colleague neither corrects nor removes what another one did.
  expect((await as(admin).post(`/visits/contacts/${own.contact_id}/remove`, {})).status).toBe(403);
});

it('a record begins where the person is: on a shift, or where the last one was, and never at a place on a visit home', async () => {
  const { organisation, admin } = await anAdministrator();
  const person = await aPerson({ organisation });
  const [place, shift] = [randomUUID(), randomUUID()];
  const chosen = async () => {
    const form = page(await as(person).get('/visits/contacts/new'));
    return [
      form('input[name=form]:checked').val(),
      form('select[name=place_id]').val(),
      form('select[name=area_code]').val(),
    ];
  };
  const at = { organisation_id: organisation.id };
  await asOwner(() =>
    db()
      .table('support_places')
      .insert({ id: place, ...at, name: 'Tupa', area_code: '049' }),
  );
  expect(await chosen()).toEqual([undefined, '', '049']);
  await as(person).post('/visits/contacts', { ...contact(), form: 'home', place_id: place, area_code: '091' });
  expect(await rows('support_contacts', { supporter_id: person.id })).toMatchObject([
    { place_id: null, area_code: '091' },
  ]);
  expect(await chosen()).toEqual(['home', '', '091']);
  const row = { id: shift, ...at, place_id: place, starts_at: new Date(), minutes: 60, made_by: admin.id };
  await asOwner(() => db().table('support_shifts').insert(row));
  await asOwner(() =>
    db()
      .table('support_shift_people')
      .insert({ shift_id: shift, ...at, person_id: person.id }),
  );
  expect(await chosen()).toEqual(['near', place, '049']);
});
