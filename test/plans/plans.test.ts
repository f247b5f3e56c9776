import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { aCourse } from '../support/factories-courses';
import { theFramework } from '../support/factories-skills';

async function aWorld() {
  await theFramework();
  const organisation = await anOrganisation();
  const [aino, mikko, other, admin] = [
    await aPerson({ organisation, name: 'Aino' }),
    await aPerson({ organisation, name: 'Mikko' }),
    await aPerson({ organisation, name: 'Muu' }),
    await aPerson({ organisation, name: 'Pia', roles: ['administrator'] }),
  ];
  const team = await aTeam(organisation, { members: [aino], supervisor: mikko });
  await aTeam(organisation, { members: [admin], supervisor: other });
  const course = await aCourse(organisation, { title: 'Kurssi' });
  const begun = await as(aino).post('/plans', { id: randomUUID() });
  const address = String(begun.headers.location);
  return {
    organisation,
    aino,
    supervisor: await reload(mikko),
    other: await reload(other),
    admin,
    team,
    course,
    address,
  };
}

const propose = (aino: Actor, address: string, supervisor: Actor) =>
  as(aino).post(`${address}/propose`, { supervisor: supervisor.id });
const status = async (actor: Actor, address: string) => (await as(actor).get(address)).status;
const text = async (actor: Actor, address: string) => page(await as(actor).get(address))('main').text();

it('is the learner’s alone while it is a draft, then of two, and never of others', async () => {
  const { aino, supervisor, other, admin, address } = await aWorld();
  const stranger = await aPerson({ roles: ['administrator'] });
  await as(aino).post(address, { words: 'Haluan oppia', text_version: 0 });
  const seen = async () =>
    [
      await status(aino, address),
      await status(supervisor, address),
      await status(other, address),
      await status(admin, address),
      await status(stranger, address),
    ].join(' ');
  expect(await seen()).toBe('200 404 404 404 404');
  expect((await propose(aino, address, supervisor)).status).toBe(303);
  expect(await seen()).toBe('200 200 404 404 404');
  await as(supervisor).post(`${address}/return`, { returned_words: 'Lisää yksi tavoite' });
  expect(await seen()).toBe('200 200 404 404 404');
  expect(await text(aino, address)).toContain('Lisää yksi tavoite');
  await as(aino).post(`${address}/lines`, { what: 'own', line_words: 'Salainen' });
  expect(await seen()).toBe('200 404 404 404 404');
  for (const actor of [supervisor, admin, stranger])
    expect(await inScope(actor, () => db()('plan_lines' as never))).toEqual([]);
});

it('is agreed by two signatures, and a change is a new version', async () => {
  const { aino, supervisor, course, address } = await aWorld();
  await as(aino).post(`${address}/lines`, {
    what: `course:${course.id}`,
    by_day: addCalendarDays(dayOf(new Date()), 30),
  });
  await as(aino).post(`${address}/lines`, { what: 'goal', competence_code: '4.2', level: '3' });
  await propose(aino, address, supervisor);
  for (const _ of [1, 2]) expect((await as(supervisor).post(`${address}/agree`)).status).toBe(303);
  const words = await text(aino, address);
  expect(words.match(/Signed/g)).toHaveLength(2);
  expect((await as(aino).post(address, { words: 'Muutan', text_version: 0 })).status).toBe(409);

  const next = String((await as(aino).post('/plans', { id: randomUUID() })).headers.location);
  expect(next).not.toBe(address);
  expect(await text(aino, next)).toContain('Kurssi');
  expect(await status(supervisor, next)).toBe(404);
  await propose(aino, next, supervisor);
  await as(supervisor).post(`${next}/agree`);
  const states = await asOwner(() => db().table('plan_versions').orderBy('number').select('number', 'state'));
  expect(states).toEqual([
    { number: 1, state: 'replaced' },
    { number: 2, state: 'agreed' },
  ]);
  expect(await asOwner(() => db().table('notifications').orderBy('created_at').pluck('kind'))).toEqual(
    expect.arrayContaining(['plan.proposed', 'plan.agreed']),
  );
});

it('is taken back until it is answered, and a press that is too late changes nothing', async () => {
  const { aino, supervisor, address } = await aWorld();
  await as(aino).post(address, { words: 'Haluan', text_version: 0 });
  await propose(aino, address, supervisor);
  await as(aino).post(`${address}/take-back`);
  expect((await as(supervisor).post(`${address}/agree`)).status).toBe(404);
  await propose(aino, address, supervisor);
  await as(supervisor).post(`${address}/agree`);
  await as(aino).post(`${address}/take-back`);
  expect(await asOwner(() => db().table('plan_versions').pluck('state'))).toEqual(['agreed']);
});

it('ends for the supervisor when they supervise the person no more', async () => {
  const { aino, supervisor, team, address } = await aWorld();
  await as(aino).post(address, { words: 'Haluan', text_version: 0 });
  await propose(aino, address, supervisor);
  await asOwner(() => db()('team_supervisors').where({ team_id: team.id }).delete());
  expect(await status(await reload(supervisor), address)).toBe(404);
});

it('takes clumsy and hostile forms kindly', async () => {
  const { aino, supervisor, other, admin, address } = await aWorld();
  const foreign = await aCourse(await anOrganisation());
  const answer = async (path: string, form: object) => (await as(aino).post(`${address}${path}`, form)).status;
  expect(await answer('', { words: 'x'.repeat(5001), text_version: 0 })).toBe(422);
  expect(await answer('', { words: 'x', ends_on: '2020-01-01', text_version: 0 })).toBe(422);
  expect(await answer('/lines', { what: 'own' })).toBe(422);
  expect(await answer('/lines', { what: `course:${foreign.id}` })).toBe(422);
  expect(await answer('/lines', { what: 'goal', competence_code: '99.9' })).toBe(422);
  expect(await answer('/propose', { supervisor: supervisor.id })).toBe(422);
  await as(aino).post(address, { words: 'x', text_version: 0 });
  for (const wrong of [other.id, admin.id, aino.id, 'x'])
    expect(await answer('/propose', { supervisor: wrong })).toBe(422);
  expect((await as(aino).post(`${address}/agree`)).status).toBe(403);
  await propose(aino, address, supervisor);
  expect((await as(supervisor).post(`${address}/return`, {})).status).toBe(422);
  expect((await as(supervisor).post(address, { words: 'Omani' })).status).toBe(403);
  expect((await as(supervisor).post(`${address}/drop`)).status).toBe(403);
});

it('does not write over what another window saved', async () => {
  const { aino, address } = await aWorld();
  await as(aino).post(address, { words: 'Ensimmäinen', text_version: 0 });
  const late = await as(aino).post(address, { words: 'Toinen', text_version: 0 });
  expect(late.status).toBe(409);
  expect(page(late)('#words').text().trim()).toBe('Toinen');
  expect(page(late)('main').text()).toContain('Ensimmäinen');
});
