import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { declaredRoutes } from '../../src/lib/routes';
import { as } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam } from '../support/factories';
import { anAdministrator, terms } from '../support/factories-admin';

as(undefined);
/** Badges are given by professionals, too: test/credentials asks who may. */
const routes = declaredRoutes().filter(
  ({ path }) => path.startsWith('/organisation') && !path.startsWith('/organisation/badges'),
);

async function aWorld() {
  const { organisation, admin } = await anAdministrator();
  const [person, team] = [
    await aPerson({ organisation, name: 'Merkki-B' }),
    await aTeam(organisation, { name: 'Merkki-B' }),
  ];
  const { network, invitation } = await asOwner(async () => {
    const [one] = await db()('networks')
      .insert({ organisation_id: organisation.id, name: randomUUID() })
      .returning('id');
    await db()('network_organisations').insert({ network_id: one?.id, organisation_id: organisation.id });
    const [two] = await db()('invitations')
      .insert({ organisation_id: organisation.id, username: 'merkki-b', roles: ['learner'], relation: 'employee' })
      .returning('id');
    return { network: one?.id, invitation: two?.id };
  });
  const fill = (path: string) =>
    path
      .replace(':person', person.id)
      .replace(':team', team.id)
      .replace(':network', String(network))
      .replace(':invitation', String(invitation));
  return { organisation, admin, person, team, fill };
}

it('has routes to look at, each for administrators only', () => {
  expect(routes.length).toBeGreaterThan(20);
  expect(routes.filter(({ policy }) => policy !== 'administrators')).toEqual([]);
});

it('opens for nobody but an administrator', async () => {
  const world = await aWorld();
  const { organisation } = world;
  const supervisor = await aPerson({ organisation, roles: ['learner', 'author', 'reviewer', 'expert'] });
  await aTeam(organisation, { supervisor });
  for (const { method, path } of routes) {
    const address = world.fill(path);
    expect([address, (await as(supervisor)[method](address)).status]).toEqual([address, 403]);
    expect([address, (await as(undefined)[method](address)).status]).toEqual([address, method === 'get' ? 303 : 403]);
  }
});

it('knows nothing of another organisation: 404 for each of its people, teams, networks and invitations', async () => {
  const world = await aWorld();
  const { admin: outsider } = await anAdministrator();
  const withIds = routes.filter(({ path }) => path.includes(':'));
  expect(withIds.length).toBeGreaterThan(12);
  const form = { ...terms(), name: 'Eve', username: 'eve', person: outsider.id, place: 'member' };
  for (const { method, path } of withIds) {
    const address = world.fill(path);
    const response = method === 'get' ? await as(outsider).get(address) : await as(outsider).post(address, form);
    // An invitation that is not there is answered as one that was just taken back.
    expect([address, response.status]).toEqual([address, path.includes(':invitation') ? 409 : 404]);
  }
  for (const { method, path } of routes.filter((route) => route.method === 'get' && !route.path.includes(':'))) {
    expect([path, (await as(outsider)[method](path)).text.includes('Merkki-B')]).toEqual([path, false]);
  }
});

it('puts nobody of another organisation into a team', async () => {
  const { organisation, admin } = await anAdministrator();
  const team = await aTeam(organisation);
  const stranger = await aPerson({ organisation: await anOrganisation() });
  const form = { person: stranger.id, place: 'supervisor' };
  expect((await as(admin).post(`/organisation/teams/${team.id}/people`, form)).status).toBe(404);
});
