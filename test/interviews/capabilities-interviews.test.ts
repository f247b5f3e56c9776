import { randomUUID } from 'node:crypto';
import { deleteDueNotes } from '../../src/features/interviews/interviews.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const ROUND = {
  title: 'Syksyn haastattelut',
  purpose: 'Suunnittelemme työpajoja.',
  groups: 'Nuoret\nIkääntyneet',
  delete_on: dayAfter(60),
};

async function aRound(values: object = {}) {
  const organisation = await anOrganisation();
  const interviewer = await aPerson({ organisation, roles: ['author'], language: 'fi' });
  const made = await as(interviewer).post('/interviews/new', { ...ROUND, key: randomUUID(), ...values });
  if (made.status !== 303) throw new Error(page(made)('.govuk-error-summary').text());
  return {
    organisation,
    interviewer,
    address: String(made.headers.location),
    id: String(made.headers.location).split('/').at(-1),
  };
}
const NOTES = {
  consent: 'yes',
  population_group: 'Nuoret',
  held_on: dayAfter(-1),
  notes: ['Selkeitä ohjeita', '', 'Kirjastossa'],
};
async function anInterview(actor: Actor, address: string, values: object = {}) {
  const key = randomUUID();
  const answer = await as(actor).post(`${address}/interviews`, { ...NOTES, key, ...values });
  return { key, answer, code: page(answer)('#code').text() };
}

it('digisti_fiksu-07: interviews with consent and without names; withdrawn by a code, deleted on the promised day', async () => {
  const { interviewer, address, id } = await aRound();
  expect(page(await as(interviewer).get(address)).text()).toContain('Saat vastata tai olla vastaamatta');
  const without = await anInterview(interviewer, address, { consent: undefined });
  expect([without.answer.status, page(without.answer)('#consent-error').length]).toEqual([422, 1]);
  expect((await anInterview(interviewer, address, { notes: ['131052-308T'] })).answer.status).toBe(422);
  const warned = await anInterview(interviewer, address, { notes: ['Soita 040 123 4567'] });
  expect([warned.answer.status, page(warned.answer)('#is_checked').length]).toEqual([422, 1]);
  const first = await anInterview(interviewer, address);
  const second = await anInterview(interviewer, address);
  expect(first.code).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  const kept = await asOwner(() => db().table('interviews').where({ id: first.key }).first());
  expect([kept.consent_version, kept.pseudonym.length, JSON.stringify(kept).includes(first.code)]).toEqual([
    1,
    5,
    false,
  ]);
  const wrong = await as(undefined).post('/interviews/withdraw', { code: 'aaaa-bbbb-cccc' });
  expect(wrong.status).toBe(422);
  expect((await as(undefined).post('/interviews/withdraw', { code: first.code.toUpperCase() })).status).toBe(303);
  const count = () => asOwner(async () => (await db().table('interviews').where({ round_id: id })).length);
  expect(await count()).toBe(1);
  await deleteDueNotes();
  expect(await count()).toBe(1);
  await asOwner(() =>
    db()
      .table('interview_rounds')
      .where({ id })
      .update({ delete_on: dayAfter(-1) }),
  );
  await deleteDueNotes();
  expect(await count()).toBe(0);
  expect(page(await as(interviewer).get(address)).text()).toContain('Muistiinpanot poistettu');
  expect((await as(undefined).post('/interviews/withdraw', { code: second.code })).status).toBe(422);
});

it('digisti_fiksu-08: the guide has three standard questions and own ones; answers are coded by theme', async () => {
  const { interviewer, address } = await aRound({ own_questions: 'Mikä ilahduttaa?' });
  const guide = page(await as(interviewer).get(address))('#guide')
    .parent()
    .find('li');
  expect([guide.length, guide.first().text(), guide.last().text()]).toEqual([
    4,
    'Millaista tietoa ja millaisia palveluja tarvitset arjessa?',
    'Mikä ilahduttaa?',
  ]);
  const { key } = await anInterview(interviewer, address);
  const coded = { body: 'Selkeitä ohjeita', themes: 'getting-support' };
  expect(
    (await as(interviewer).post(`${address}/interviews/${key}/passages`, { ...coded, themes: 'no-theme' })).status,
  ).toBe(422);
  expect((await as(interviewer).post(`${address}/interviews/${key}/passages`, coded)).status).toBe(303);
  const shown = page(await as(interviewer).get(address))('details .coded li');
  expect(shown.text()).toContain('Selkeitä ohjeita');
  // A mark that went wrong is taken away, and so are all notes of one who asks for it without the code.
  const undo = String(shown.find('form').attr('action'));
  const foreign = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
  expect((await as(foreign).post(undo, {})).status).toBe(404);
  expect([(await as(interviewer).post(undo, {})).status, (await as(interviewer).post(undo, {})).status]).toEqual([
    303, 404,
  ]);
  expect((await as(foreign).post(`${address}/interviews/${key}/remove`, {})).status).toBe(404);
  expect((await as(interviewer).post(`${address}/interviews/${key}/remove`, {})).status).toBe(303);
  expect(
    page(await as(interviewer).get(address))('#notes')
      .parent()
      .find('details'),
  ).toHaveLength(0);
});

it('digisti_fiksu-09: themes by population group hide fewer than five, and what would tell them', async () => {
  const { interviewer, address } = await aRound({ groups: 'Nuoret\nIkääntyneet\nMaahan muuttaneet' });
  for (const [population_group, count] of [
    ['Nuoret', 7],
    ['Ikääntyneet', 2],
    ['Maahan muuttaneet', 6],
  ] as const)
    for (let times = 0; times < count; times += 1) {
      const { key } = await anInterview(interviewer, address, { population_group });
      await as(interviewer).post(`${address}/interviews/${key}/passages`, { body: 'Vaikeaa', themes: 'devices' });
    }
  const $ = page(await as(interviewer).get(address));
  const cells = $('#matrix')
    .closest('table')
    .find('tbody td')
    .map((_, one) => $(one).text().trim())
    .get();
  expect(cells[0]).toBe('7');
  expect([cells[1], cells[2]].every((text) => !/^\d+$/.test(text ?? ''))).toBe(true);
  await as(interviewer).post(`${address}/delete`, {});
  await as(interviewer).post(`${address}/delete`, { sure: 'yes' });
  const after = page(await as(interviewer).get(address));
  expect(after('#matrix').closest('table').find('.hidden-note')).toHaveLength(4);
  expect(after('#notes')).toHaveLength(0);
});

it('digisti_fiksu-10: who wants to join is on a list that nothing links to an interview, and is invited from it', async () => {
  const { organisation, interviewer, address } = await aRound();
  const keeper = await aPerson({ organisation, roles: ['administrator'], language: 'fi' });
  await anInterview(interviewer, address);
  expect((await as(interviewer).post('/interviews/join', { name: 'Aada', contact: 'aada@example.org' })).status).toBe(
    422,
  );
  for (const name of ['Aada', 'Bertta'])
    await as(interviewer).post('/interviews/join', { name, contact: `${name}@example.org`, consent: 'yes' });
  expect((await as(interviewer).get('/interviews/contacts')).status).toBe(403);
  const [contact] = await asOwner(() =>
    db().table('interview_contacts').where({ organisation_id: organisation.id, name: 'Aada' }),
  );
  await as(keeper).post(`/interviews/contacts/${contact.id}`, { invited_to: 'Työpaja', has_joined: 'yes' });
  expect(page(await as(keeper).get('/interviews/contacts')).text()).toContain('Yhteystietoja 2, tullut mukaan 1.');
  const foreign = await aPerson({ organisation: await anOrganisation(), roles: ['administrator'] });
  expect((await as(foreign).get('/interviews/contacts')).text).not.toContain('Aada');
  expect((await as(foreign).post(`/interviews/contacts/${contact.id}`, { remove: 'yes' })).status).toBe(404);
  await asOwner(async () => {
    const { rows } = await db().raw(
      "select column_name as name, data_type as type from information_schema.columns where table_name = 'interview_contacts'",
    );
    expect(rows.map(({ name }: { name: string }) => name).sort()).toEqual([
      'contact',
      'has_joined',
      'id',
      'invited_to',
      'name',
      'organisation_id',
    ]);
    expect(rows.filter(({ type }: { type: string }) => /time|date/.test(type))).toEqual([]);
    const { rows: keys } = await db().raw(
      "select confrelid::regclass::text as target from pg_constraint where contype = 'f' and conrelid = 'interview_contacts'::regclass",
    );
    expect(keys).toEqual([{ target: 'organisations' }]);
    const audit = await db().table('audit_events').where({ organisation_id: organisation.id }).pluck('action');
    expect(audit.filter((action: string) => /contact/.test(action))).toEqual([]);
  });
});

it('digisti_fiksu-11: findings without persons are open to others, and count the ideas that came of them', async () => {
  const { interviewer, address, id } = await aRound();
  const key = randomUUID();
  const form = {
    key,
    from: `interview-round:${id}`,
    title: 'Ohjeet puuttuvat',
    summary: 'Moni kaipaa ohjeita.',
    theme: 'getting-support',
    population_group: 'older',
    visibility: 'public',
  };
  const personal = await as(interviewer).post('/interviews/findings/new', { ...form, summary: 'Puhelin 040 123 4567' });
  expect(personal.status).toBe(422);
  for (let times = 0; times < 2; times += 1) await as(interviewer).post('/interviews/findings/new', form);
  const idea = await as(interviewer).post('/cards', {
    ...{ id: randomUUID(), kind: 'idea', title: 'Ohjepaja', theme: 'getting-support', visibility: 'public' },
    ...{ body_what: 'Ohjeet tehdään yhdessä.', population_group: '', space_id: '', happens_on: '' },
  });
  const other = `idea:${String(idea.headers.location).split('/').at(-1)}`;
  await as(interviewer).post('/loop/links', { object: `finding:${key}`, other, how: 'came-of' });
  const library = page(await as(undefined).get('/interviews/findings'));
  const card = library(`a[href="/interviews/findings/${key}"]`).closest('li').text();
  expect(card).toMatch(/Ohjeet puuttuvat[\s\S]*: 1/);
  expect((await as(interviewer).get(`/interviews/findings/${key}`)).text).toContain(address);
  const own = await as(interviewer).post('/interviews/findings/new', {
    ...form,
    key: randomUUID(),
    visibility: 'organisation',
  });
  const foreign = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
  expect((await as(foreign).get(String(own.headers.location))).status).toBe(404);
  expect((await as(foreign).get(address)).status).toBe(404);
});
