import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { actionsOf, anAdministrator } from '../support/factories-admin';

const teamNamed = (name: string) => asOwner(() => db()('teams').where({ name }).first());
const day = (days: number) => addCalendarDays(dayOf(new Date()), days);

it('makes a tree of teams, renames and moves, and closes no circle', async () => {
  const { organisation, admin } = await anAdministrator();
  const make = (name: string, parent_id = '') => as(admin).post('/organisation/teams', { name, parent_id });
  await make('Koti');
  const home = await teamNamed('Koti');
  await make('Lähi', home?.id);
  const near = await teamNamed('Lähi');
  await make('Ilta', near?.id);
  const evening = await teamNamed('Ilta');

  const $ = page(await as(admin).get('/organisation/teams'));
  expect(
    $('.team-tree a')
      .toArray()
      .map((link) => $(link).text()),
  ).toEqual(['Koti', 'Lähi', 'Ilta']);
  expect((await make('koti')).status).toBe(422);

  const change = (id: string | undefined, form: object) => as(admin).post(`/organisation/teams/${id}`, form);
  for (const parent of [home, near, evening]) {
    const response = await change(home?.id, { name: 'Koti', parent_id: parent?.id });
    expect(page(response)('#parent_id-error').length).toBe(1);
  }
  const foreign = await aTeam(await anOrganisation());
  expect((await change(home?.id, { name: 'Koti', parent_id: foreign.id })).status).toBe(422);
  expect((await change(evening?.id, { name: 'Aamu', parent_id: '' })).status).toBe(303);
  expect(await teamNamed('Aamu')).toMatchObject({ id: evening?.id, parent_id: null });
  expect(await actionsOf(organisation.id)).toEqual(['team.added', 'team.added', 'team.added', 'team.changed']);
});

it('places members, supervisors and a deputy until a day, at the next request', async () => {
  const { organisation, admin } = await anAdministrator();
  const [aino, team] = [await aPerson({ organisation }), await aTeam(organisation)];
  const place = (form: object) => as(admin).post(`/organisation/teams/${team.id}/people`, { person: aino.id, ...form });

  expect((await place({ place: 'member' })).status).toBe(303);
  for (const ends_on of ['', '2020-01-01', day(500), 'soon']) {
    const response = await place({ place: 'deputy', ends_on });
    expect([ends_on, response.status, page(response)('#ends_on-error').length]).toEqual([ends_on, 422, 1]);
  }
  expect((await place({ place: 'deputy', ends_on: day(30) })).status).toBe(303);
  expect((await reload(aino)).supervised_teams).toEqual([team.id]);

  await asOwner(() =>
    db()
      .table('team_supervisors')
      .update({ ends_on: new Date('2020-01-01') }),
  );
  expect((await reload(aino)).supervised_teams).toEqual([]);

  await place({ place: 'supervisor' });
  const remove = (what: string) =>
    as(admin).post(`/organisation/teams/${team.id}/people/${aino.id}/removal`, { place: what });
  expect((await remove('supervisor')).status).toBe(303);
  expect((await remove('supervisor')).status).toBe(404);
  expect((await reload(aino)).supervised_teams).toEqual([]);
  expect((await remove('member')).status).toBe(303);
  expect((await place({ place: 'member' })).status).toBe(303);
});

it('names coordinators of the networks that the organisation belongs to, and of no other', async () => {
  const { organisation, admin } = await anAdministrator();
  const aino = await aPerson({ organisation, name: 'Aino Koski' });
  const network = async (name: string, member: { id: string }) =>
    asOwner(async () => {
      const [row] = await db()('networks').insert({ organisation_id: member.id, name }).returning('id');
      await db()('network_organisations').insert({ network_id: row?.id, organisation_id: member.id });
      return row?.id;
    });
  const ours = await network('Meidän', organisation);
  const theirs = await network('Heidän', await anOrganisation());

  const name = (id: string | undefined, person: string) =>
    as(admin).post(`/organisation/networks/${id}/coordinators`, { person });
  expect((await name(theirs, aino.id)).status).toBe(404);
  expect((await name(ours, (await aPerson()).id)).status).toBe(404);
  expect((await name(ours, aino.id)).status).toBe(303);
  expect((await reload(aino)).coordinated_networks).toEqual([ours]);
  const text = page(await as(admin).get('/organisation/networks'))('main').text();
  expect(text).toContain('Aino Koski');
  expect(text).not.toContain('Heidän');
  expect((await as(admin).post(`/organisation/networks/${ours}/coordinators/${aino.id}/removal`)).status).toBe(303);
  expect((await reload(aino)).coordinated_networks).toEqual([]);
});
