import { closeMonths } from '../../src/features/reports/closing/closings.service';
import { type FigureRow, partnersOf } from '../../src/features/reports/pages/network.queries';
import { newestMonthEnd } from '../../src/features/reports/period';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aNetwork, anAgreedCourse, anEnrolment, aTeamOf, levels, withFramework } from '../support/factories-reports';

const figures = (networkId: string) => db().raw('select * from network_figures(?, ?)', [networkId, newestMonthEnd()]);

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
    ['–', '–', '50 % 6 / 12'],
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
  const own = await arrange();
  const withClients = await arrange();
  await asOwner(() =>
    db()('memberships').where({ organisation_id: withClients.large.id }).update({ relation: 'client' }),
  );
  for (const { id } of [own.large, own.small, withClients.large]) await closeMonths(id);
  const of = async ({ network }: typeof own, name: string) => {
    const { rows } = await inScope(await network.coordinator(), () => figures(network.id));
    return rows
      .filter((one: { organisation_name: string }) => one.organisation_name === name)
      .map((one: FigureRow) => [one.code, one.smallest_group, one.people, one.reached, one.figures?.n]);
  };
  expect(await of(own, 'Pieni ry')).toEqual([['training', 5, null, null, undefined]]);
  expect(await of(own, 'Suuri ry')).toEqual([
    ['4.2', 5, null, null, 12],
    ['training', 5, 12, 7, undefined],
  ]);
  expect(await of(withClients, 'Suuri ry')).toEqual([
    ['4.2', 5, null, null, 12],
    ['training', 10, 12, 7, undefined],
  ]);
});

it('says small parts of training in a word', () => {
  const [partner] = partnersOf([
    {
      network_id: 'n',
      organisation_id: 'o',
      organisation_name: 'Järvi',
      smallest_group: 5,
      code: 'training',
      people: 12,
      reached: 10,
      figures: null,
      is_closed: true,
    },
  ]);
  expect(partner?.training).toMatchObject({ shown: true, reached: { exact: false, most: 'reached' } });
});

it('closes partners that are behind, and their figures stand from then on', async () => {
  const { network, large } = await arrange();
  const coordinator = await network.coordinator();
  const before = (await as(coordinator).get('/network')).text;
  await asOwner(async () => {
    await db()('memberships').where({ organisation_id: large.id }).update({ target_profile: null });
    await db().table('enrolments').where({ organisation_id: large.id }).delete();
  });
  expect((await as(coordinator).get('/network')).text).toBe(before);
});
