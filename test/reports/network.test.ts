import { partnersOf } from '../../src/features/reports/network.queries';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aNetwork, anAgreedCourse, anEnrolment, aTeamOf, levels, withFramework } from '../support/factories-reports';

const row = (code: string, people: number | null, reached: number | null) => ({
  network_id: 'n',
  organisation_id: 'o',
  organisation_name: 'Järvi',
  smallest_group: 5,
  code,
  people,
  reached,
});

const figures = (networkId: string) => db().raw('select * from network_figures(?, now())', [networkId]);

/** Two organisations of twelve and of four people, and one that coordinates. */
async function arrange() {
  await withFramework();
  const [large, small, home] = [
    await anOrganisation({ name: 'Suuri ry' }),
    await anOrganisation({ name: 'Pieni ry' }),
    await anOrganisation({ name: 'Koti ry' }),
  ];
  for (const [organisation, people] of [
    [large, 12],
    [small, 4],
  ] as const) {
    const { members, team } = await aTeamOf({ organisation, people, target_profile: 'professional' });
    await levels(
      members,
      '4.2',
      members.map((_, index) => [null, index % 2 ? 6 : 2] as const),
    );
    const course = await anAgreedCourse(organisation, { team });
    for (const member of members.slice(0, 7)) await anEnrolment(member, course, 4);
  }
  return { large, small, home, network: await aNetwork([large, small, home]) };
}

it('shows figures of each organisation, hides those of few people, and names nobody', async () => {
  const { network } = await arrange();
  const response = await as(await network.coordinator()).get('/network');
  const $ = page(response);
  const columns = $('thead th')
    .toArray()
    .map((cell) => $(cell).text());
  const rows = $('tbody tr')
    .toArray()
    .map((line) =>
      $(line)
        .find('td')
        .toArray()
        .map((cell) => $(cell).text().replace(/\s+/g, ' ').trim()),
    );
  expect(columns).toEqual(['What', 'Koti ry', 'Pieni ry', 'Suuri ry']);
  expect(rows).toEqual([
    ['–', 'Hidden: fewer than 5 people', '58 % 7 / 12'],
    ['–', 'Hidden: fewer than 5 people', '50 % 6 / 12'],
  ]);
  expect(response.text).not.toContain('Jäsen');
  expect(response.text).not.toContain('Tiimi ');
});

it('gives nothing to anyone but a coordinator of that very network', async () => {
  const { network, large, home } = await arrange();
  const other = await aNetwork([await anOrganisation()]);
  const coordinator = await network.coordinator();
  const outsiders = [
    await other.coordinator(),
    await aPerson({ organisation: large }),
    await aPerson({ organisation: home, roles: ['administrator'] }),
  ];
  expect((await inScope(coordinator, () => figures(network.id))).rows.length).toBeGreaterThan(0);
  for (const outsider of outsiders) {
    expect((await inScope(outsider, () => figures(network.id))).rows).toEqual([]);
    if (outsider.coordinated_networks.length === 0) expect((await as(outsider).get('/network')).status).toBe(403);
  }
  // The same coordinator, at work for another organisation, is no coordinator there.
  const elsewhere = { id: coordinator.id, organisation_id: large.id };
  expect((await inScope(elsewhere, () => figures(network.id))).rows).toEqual([]);
});

it('gives out no count of a group under the limit, and a higher limit where there are clients', async () => {
  const { network, large } = await arrange();
  const coordinator = await network.coordinator();
  const rows = async () => (await inScope(coordinator, () => figures(network.id))).rows;
  expect((await rows()).filter((one: { people: number | null }) => one.people !== null && one.people < 5)).toEqual([]);
  const of = async (name: string) =>
    (await rows())
      .filter((one: { organisation_name: string }) => one.organisation_name === name)
      .map((one: { people: number; reached: number; smallest_group: number }) => [
        one.smallest_group,
        one.people,
        one.reached,
      ]);
  expect(await of('Pieni ry')).toEqual([
    [5, null, null],
    [5, null, null],
  ]);
  expect(await of('Suuri ry')).toEqual([
    [5, 12, 6],
    [5, 12, 7],
  ]);
  await asOwner(() => db()('memberships').where({ organisation_id: large.id }).update({ relation: 'client' }));
  expect(await of('Suuri ry')).toEqual([
    [10, 12, 6],
    [10, 12, 7],
  ]);
});

it('hides one more figure with a single hidden one, and says small parts in a word', () => {
  const [partner] = partnersOf([row('training', 12, 10), row('1.2', null, null), row('2.1', 6, 3), row('4.2', 12, 6)]);
  expect(partner?.training).toMatchObject({ shown: true, reached: { exact: false, most: 'reached' } });
  expect([...(partner?.skills ?? [])].map(([code, figure]) => [code, figure.shown || figure.reason])).toEqual([
    ['1.2', 'small'],
    ['2.1', 'protects-another'],
    ['4.2', true],
  ]);
});
