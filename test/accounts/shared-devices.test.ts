import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { actionsOf } from '../support/factories-admin';
import { press, signedInBrowser, withPassword, withPictures } from '../support/factories-sign-in';
import { aBrowser } from '../support/real-browser';

async function aSharedDevice() {
  const organisation = await anOrganisation();
  const [aino, pekka, admin] = [
    await aPerson({ organisation, name: 'Aino Koski' }),
    await aPerson({ organisation, name: 'Pekka Puro' }),
    await withPassword({ organisation, username: 'paivi', roles: ['administrator'] }),
  ];
  await withPictures(aino);
  const team = await aTeam(organisation, { members: [aino, pekka] });
  const browser = await signedInBrowser(admin);
  const form = { name: 'Kirjaston tabletti', team: team.id, days: '30', names: 'yes' };
  expect((await browser.post('/sign-in-help/devices', form)).headers.location).toBe(
    '/sign-in-help/devices?saved=trusted',
  );
  await browser.post('/sign-out');
  return { organisation, aino, pekka, admin, team, browser, form };
}

const names = (response: { text: string }) =>
  page(response)('.door-names button')
    .toArray()
    .map((one) => page(response)(one).text());

it('shows names of its team before sign-in, of those who chose pictures, and no other browser does', async () => {
  const { browser, aino } = await aSharedDevice();
  const door = await browser.get('/sign-in');
  expect(names(door)).toEqual(['Aino K.']);
  expect(door.text).not.toContain('Koski');
  expect(names(await aBrowser().get('/sign-in'))).toEqual([]);
  const forged = as(undefined);
  for (const cookie of ['shared-device=x', `shared-device=${'A'.repeat(43)}`, 'shared-device=%E0%A4%A'])
    expect(names(await forged.get('/sign-in').set('Cookie', cookie))).toEqual([]);

  const person = page(door)('.door-names button').val() as string;
  const opened = await press(browser, { person });
  expect(opened.headers.location).toBe('/');
  expect((await browser.get('/skills')).status).toBe(200);
  const session = await db().table('sessions').orderBy('expire').first();
  expect(new Date(session.expire).getTime() - Date.now()).toBeLessThan(21 * 60_000);
  expect(session.sess.passport.user).toMatchObject({ personId: aino.id, by: 'picture' });
  const out = await browser.post('/sign-out');
  expect(out.headers['clear-site-data']).toBe('"cache", "storage"');

  // The same choice is nothing elsewhere.
  expect((await press(aBrowser(), { person })).status).toBe(422);
});

it('ends with whoever is in when its trust is taken away, and after its day', async () => {
  const { browser, admin } = await aSharedDevice();
  const person = page(await browser.get('/sign-in'))('.door-names button').val() as string;
  await press(browser, { person });
  const device = await asOwner(() => db()('shared_devices').first());
  const { admin: foreign } = { admin: await aPerson({ roles: ['administrator'] }) };
  expect((await as(foreign).post(`/sign-in-help/devices/${device?.id}/removal`)).status).toBe(404);
  expect((await browser.get('/skills')).status).toBe(200);
  expect((await as(admin).post(`/sign-in-help/devices/${device?.id}/removal`)).status).toBe(303);
  expect((await browser.get('/skills')).headers.location).toMatch(/^\/sign-in\?/);
  expect(names(await browser.get('/sign-in'))).toEqual([]);

  const other = await aSharedDevice2(admin);
  expect(names(await other.get('/sign-in'))).toHaveLength(1);
  await asOwner(() => db().raw('update shared_devices set until = current_date - 1'));
  expect(names(await other.get('/sign-in'))).toEqual([]);
});

async function aSharedDevice2(admin: Awaited<ReturnType<typeof withPassword>>) {
  const team = await asOwner(() => db().table('teams').where({ organisation_id: admin.organisation_id }).first());
  const browser = await signedInBrowser(admin);
  await browser.post('/sign-in-help/devices', { name: 'Toinen tabletti', team: team.id, days: '7', names: 'yes' });
  await browser.post('/sign-out');
  return browser;
}

it('is marked by supervisors for their own teams, and by nobody for a team elsewhere', async () => {
  const { organisation, team, form } = await aSharedDevice();
  const helena = await aPerson({ organisation });
  const own = await aTeam(organisation, { supervisor: helena });
  const supervisor = await reload(helena);
  const statuses = async (id: string) =>
    (await as(supervisor).post('/sign-in-help/devices', { ...form, team: id })).status;
  expect([await statuses(own.id), await statuses(team.id)]).toEqual([303, 422]);
  expect((await as(supervisor).post('/sign-in-help/rules', { second: 'yes' })).status).toBe(403);
  const foreign = await aPerson({ roles: ['administrator'] });
  expect((await as(foreign).post('/sign-in-help/devices', form)).status).toBe(422);
  for (const wrong of [{ name: 'x' }, { days: '9999' }, { days: 'pitkään' }, { team: 'ei' }])
    expect((await as(supervisor).post('/sign-in-help/devices', { ...form, team: own.id, ...wrong })).status).toBe(422);
});

describe('without names', () => {
  const setNames = (actor: Parameters<typeof as>[0], id: string | undefined, shows: string) =>
    as(actor).post(`/sign-in-help/devices/${id}/names`, { shows });

  it('tells nobody who comes there, and people come in by their user name', async () => {
    const { browser, admin, aino } = await aSharedDevice();
    const person = page(await browser.get('/sign-in'))('.door-names button').val() as string;
    const device = await asOwner(() => db()('shared_devices').first());
    const foreign = await aPerson({ roles: ['administrator'] });
    expect((await setNames(foreign, device?.id, 'no')).status).toBe(404);
    expect((await setNames(aino, device?.id, 'no')).status).toBe(403);
    expect((await setNames(admin, device?.id, 'no')).status).toBe(303);

    const door = await browser.get('/sign-in');
    expect([names(door), door.text.includes('Aino')]).toEqual([[], false]);
    expect(page(door)('main a[href="/sign-in/pictures"]').length).toBeGreaterThan(0);
    // A choice kept from before the names went opens nothing.
    expect((await press(browser, { person })).status).toBe(422);
    expect((await press(browser, { username: aino.username })).status).toBe(303);
    await browser.post('/sign-out');
    await setNames(admin, device?.id, 'yes');
    expect(names(await browser.get('/sign-in'))).toEqual(['Aino K.']);
  });

  it('is how new devices begin where the organisation says so, and who marks one may choose otherwise', async () => {
    const { admin, form, organisation } = await aSharedDevice();
    const box = async () => page(await as(admin).get('/sign-in-help/devices'))('#names').attr('checked');
    expect(await box()).toBe('checked');
    await as(admin).post('/sign-in-help/rules', { nameless: 'yes' });
    expect(await box()).toBeUndefined();
    const { names: _, ...nameless } = form;
    await as(admin).post('/sign-in-help/devices', nameless);
    await as(admin).post('/sign-in-help/devices', form);
    const devices = await asOwner(() => db()('shared_devices').where({ organisation_id: organisation.id }));
    // The first one, marked before the rule, stays as it was.
    expect(devices.map(({ shows_names }) => shows_names).sort()).toEqual([false, true, true]);
    expect(await actionsOf(organisation.id)).toEqual(expect.arrayContaining(['organisation.sign-in-rules']));
  });
});
