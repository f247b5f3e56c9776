import { randomUUID } from 'node:crypto';
import { dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { anObservation, theFramework } from '../support/factories-skills';

const OBSERVE = '/skills/observe/LEARNER';
const observation = { key: randomUUID(), seen: '4.2-o-1', done_on: dayOf(new Date()), present: 'yes' };

/** Every address of the feature: the learner, a colleague, their supervisor, another's supervisor, a professional, an
 * experience expert, an administrator, and a professional of another organisation. */
const table: [method: 'get' | 'post', path: string, ...statuses: number[]][] = [
  ['get', '/skills', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/4.2', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/why', 200, 200, 200, 200, 200, 200, 200, 200],
  ['post', '/skills/4.2/withdraw', 303, 303, 303, 303, 303, 303, 303, 303],
  ['get', '/skills/self-assessment', 200, 200, 200, 200, 200, 200, 200, 200],
  ['post', '/skills/self-assessment', 303, 303, 303, 303, 303, 303, 303, 303],
  ['get', '/skills/self-assessment/4.2', 303, 303, 303, 303, 303, 303, 303, 303],
  ['post', '/skills/self-assessment/4.2', 303, 303, 303, 303, 303, 303, 303, 303],
  ['get', '/skills/self-assessment/ready', 303, 303, 303, 303, 303, 303, 303, 303],
  ['post', '/skills/self-assessment/ready', 303, 303, 303, 303, 303, 303, 303, 303],
  ['post', '/skills/self-assessment/discard', 303, 303, 303, 303, 303, 303, 303, 303],
  ['get', OBSERVE, 403, 403, 200, 403, 200, 403, 403, 404],
  ['get', `${OBSERVE}/4.2`, 403, 403, 200, 403, 200, 403, 403, 404],
  ['post', `${OBSERVE}/4.2`, 403, 403, 303, 403, 303, 403, 403, 404],
  ['get', '/skills/results', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/answers', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/sharing', 200, 200, 200, 200, 200, 200, 200, 200],
  ['post', '/skills/sharing', 404, 404, 404, 404, 404, 404, 404, 404],
  ['get', '/skills/own-views', 200, 200, 200, 200, 200, 200, 200, 200],
  ['post', '/skills/own-views/withdraw', 303, 303, 303, 303, 303, 303, 303, 303],
  ['get', '/skills/looking-back', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/looking-back/4.2', 200, 200, 200, 200, 200, 200, 200, 200],
  ['post', '/skills/looking-back/4.2', 422, 422, 422, 422, 422, 422, 422, 422],
  ['get', '/skills/frameworks', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/frameworks/oppiva/1', 200, 200, 200, 200, 200, 200, 200, 200],
  ['get', '/skills/frameworks/oppiva/1/4.2', 200, 200, 200, 200, 200, 200, 200, 200],
];

async function everyone() {
  await theFramework();
  const organisation = await anOrganisation();
  const member = (values: object = {}) => aPerson({ organisation, ...values });
  const learner = await member({ target_profile: 'professional' });
  const [supervisor, otherSupervisor] = [await member(), await member()];
  await aTeam(organisation, { members: [learner], supervisor });
  await aTeam(organisation, { supervisor: otherSupervisor });
  const people = [
    learner,
    await member(),
    await reload(supervisor),
    await reload(otherSupervisor),
    await member({ roles: ['reviewer'] }),
    await member({ roles: ['expert'] }),
    await member({ roles: ['administrator'] }),
    await aPerson({ roles: ['reviewer'] }),
  ];
  return { learner, people };
}

it.each(table)('%s %s', async (method, path, ...expected) => {
  const { learner, people } = await everyone();
  const address = path.replace('LEARNER', learner.id);
  const statuses = [];
  for (const person of people) statuses.push((await as(person)[method](address, observation)).status);
  expect(statuses).toEqual(expected);
});

it.each(table)('sends a visitor to sign in, or refuses: %s %s', async (method, path) => {
  const { status } = await as(undefined)[method](path.replace('LEARNER', randomUUID()));
  expect(status).toBe(method === 'get' ? 303 : 403);
});

it('shows a person’s skills to nobody else by any of these addresses', async () => {
  const { learner, people } = await everyone();
  await anObservation(learner, { note: 'MARKER', share_right: 0.123 });
  for (const person of people.slice(1))
    for (const [method, path] of table.filter(([method]) => method === 'get')) {
      const { text } = await as(person)[method](path.replace('LEARNER', learner.id));
      expect([path, text.includes('MARKER')]).toEqual([path, false]);
    }
  expect((await as(learner).get('/skills/4.2')).text).toContain('MARKER');
});

it('lets nobody observe themselves or someone who has left', async () => {
  const organisation = await anOrganisation();
  await theFramework();
  const professional = await aPerson({ organisation, roles: ['reviewer'], target_profile: 'professional' });
  const gone = await aPerson({ organisation, target_profile: 'professional' });
  await asOwner(() =>
    db()('memberships')
      .where({ person_id: gone.id })
      .update({ ended_on: new Date('2026-01-01') }),
  );
  expect((await as(professional).get(`/skills/observe/${professional.id}`)).status).toBe(403);
  expect((await as(professional).get(`/skills/observe/${gone.id}`)).status).toBe(404);
});
