import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';

const rows = (table: string, where: object) => asOwner(() => db().table(table).where(where));
const aGoal = (more: object = {}) => ({
  ...{ id: randomUUID(), code: 'Koivu-482', theme: 'e-services', goal: 'Varaan ajan itse', agreed: 'yes', ...more },
});
const aCheck = (more: object = {}) => ({ id: randomUUID(), ability: 'alone', can_now: '', ...more });

it('digime-02: a person’s own goal, what they do themselves and what stands in the way are followed under a code, and told of five or more', async () => {
  const supporter = await aPerson();
  const organisation = { id: supporter.organisation_id };
  const another = await aPerson({ organisation, relation: 'peer' });
  const offered = page(await as(supporter).get('/visits/follow-ups/new'));
  expect(offered('input[name=code]').val()).toMatch(/^[A-ZÅÄÖ]+ \d{3}$/);
  const asked = offered('main input, main textarea, main select').toArray();
  expect(asked.map(({ attribs }) => attribs.name)).toEqual(
    expect.not.arrayContaining(['name', 'person', 'birth', 'phone', 'diagnosis']),
  );
  const goal = aGoal();
  for (let time = 0; time < 2; time += 1)
    expect((await as(supporter).post('/visits/follow-ups', goal)).headers.location).toBe(
      `/visits/follow-ups/${goal.id}`,
    );
  // Another supporter goes on with the code that the person has on paper.
  const found = await as(another).post('/visits/follow-ups/find', { code: ' koivu  482' });
  expect(found.headers.location).toBe(`/visits/follow-ups/${goal.id}`);
  const first = aCheck({ ability: 'with-help', barriers: ['courage', 'sickness'] });
  for (let time = 0; time < 2; time += 1) await as(another).post(`/visits/follow-ups/${goal.id}/checks`, first);
  await as(another).post(`/visits/follow-ups/${goal.id}/checks`, aCheck({ can_now: 'Löydän palvelun' }));
  const checks = await rows('support_follow_up_checks', { follow_up_id: goal.id });
  expect(checks.map(({ ability, barriers }) => [ability, barriers])).toEqual(
    expect.arrayContaining([
      ['with-help', ['courage']],
      ['alone', []],
    ]),
  );
  expect(checks).toHaveLength(2);
  const shown = page(await as(supporter).get(`/visits/follow-ups/${goal.id}`)).text();
  for (const told of ['Varaan ajan itse', 'Löydän palvelun', 'In the way: Courage']) expect(shown).toContain(told);
  expect((await as(supporter).post(`/visits/follow-ups/${goal.id}/end`, { reached: 'yes' })).status).toBe(303);
  expect((await as(supporter).post(`/visits/follow-ups/${goal.id}/checks`, aCheck())).status).toBe(409);

  const sums = async () => page(await as(supporter).get('/visits/follow-ups'))('section[aria-labelledby=sums]').text();
  for (let n = 2; n <= 5; n += 1) {
    expect(await sums()).toContain('at least 5 people');
    const next = aGoal({ code: `PURO ${100 + n}` });
    await as(supporter).post('/visits/follow-ups', next);
    await as(supporter).post(
      `/visits/follow-ups/${next.id}/checks`,
      aCheck({ ability: n === 2 ? 'not-yet' : 'alone' }),
    );
    await as(supporter).post(`/visits/follow-ups/${next.id}/end`, { reached: n > 3 ? 'yes' : 'no' });
  }
  expect(await sums()).toContain('60 per cent came true');
  expect(await sums()).toContain('80 per cent already do it themselves');
  expect(await sums()).toContain('Courage: fewer than 5 people');
});

it.each([
  ['a bare name as a code', { code: 'Aila Virtanen' }],
  ['an identity number', { goal: 'Tunnus 131052-308T' }],
  ['a code of a bank', { goal: 'PIN on 1234' }],
  ['no goal', { goal: ' ' }],
  ['a goal without the person’s will', { agreed: '' }],
  ['a book', { goal: 'x'.repeat(301) }],
  ['another theme', { theme: 'illness' }],
])('refuses %s', async (_what, wrong) => {
  const supporter = await aPerson();
  const answer = await as(supporter).post('/visits/follow-ups', aGoal({ seen: 'yes', ...wrong }));
  expect(answer.status).toBe(422);
  expect(await rows('support_follow_ups', { organisation_id: supporter.organisation_id })).toEqual([]);
});

it('warns of words of health before they are kept, and keeps them when they are sent again', async () => {
  const supporter = await aPerson();
  const goal = aGoal({ goal: 'Soitan lääkityksestä itse' });
  const warned = page(await as(supporter).post('/visits/follow-ups', goal));
  expect(warned('[role=alert] li').text()).toContain('lääkityksestä');
  expect((await as(supporter).post('/visits/follow-ups', { ...goal, seen: 'yes' })).status).toBe(303);
});

it('gives a code once, forgets all when the person wants it, and tells other organisations and clients nothing', async () => {
  const [supporter, other] = [await aPerson(), await aPerson()];
  const organisation = { id: supporter.organisation_id };
  const [worker, client] = [await aPerson({ organisation }), await aPerson({ organisation, relation: 'client' })];
  const goal = aGoal();
  await as(supporter).post('/visits/follow-ups', goal);
  const taken = page(await as(worker).post('/visits/follow-ups', aGoal()));
  expect(taken('input[name=code]').val()).not.toBe('KOIVU 482');
  expect((await as(other).post('/visits/follow-ups', aGoal())).status).toBe(303);
  expect((await as(other).get(`/visits/follow-ups/${goal.id}`)).status).toBe(404);
  expect((await as(other).post(`/visits/follow-ups/${goal.id}/remove`, {})).status).toBe(404);
  expect((await as(client).get(`/visits/follow-ups/${goal.id}`)).status).toBe(403);
  expect((await as(worker).post(`/visits/follow-ups/${goal.id}/remove`, {})).status).toBe(403);
  await as(supporter).post(`/visits/follow-ups/${goal.id}/checks`, aCheck());
  expect((await as(supporter).post(`/visits/follow-ups/${goal.id}/remove`, {})).status).toBe(303);
  expect(await rows('support_follow_up_checks', { organisation_id: organisation.id })).toEqual([]);
  expect((await as(supporter).post('/visits/follow-ups/find', { code: 'KOIVU 482' })).status).toBe(422);
});
