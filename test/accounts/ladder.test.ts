import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { actionsOf, anAdministrator } from '../support/factories-admin';
import {
  PASSWORD,
  PICTURES_OF_ALL,
  press,
  signedInBrowser,
  withCard,
  withPassword,
  withPictures,
} from '../support/factories-sign-in';
import { aBrowser } from '../support/real-browser';

const sidOf = async () => (await db().table('sessions').select('sid')).map(({ sid }: { sid: string }) => sid);

describe('pictures', () => {
  it('are chosen twice by their person, and open the door in their order', async () => {
    const aino = await withPassword({ username: 'aino' });
    const home = await signedInBrowser(aino);
    const first = PICTURES_OF_ALL.join(',');
    const form = { chosen: 'cat,sun,boat', picture: 'key' };
    expect((await home.post('/account/ways/pictures', form)).status).toBe(200);
    expect((await home.post('/account/ways/pictures', { ...form, picture: 'cup', first })).status).toBe(422);
    expect((await home.post('/account/ways/pictures', { chosen: 'cat,cat,cat', picture: 'sun' })).status).toBe(422);
    expect((await home.post('/account/ways/pictures', { ...form, first })).headers.location).toBe(
      '/account/ways?saved=picture',
    );

    const browser = aBrowser();
    expect((await press(browser, { username: 'Aino', next: '/skills' })).headers.location).toBe('/skills');
    expect((await browser.get('/skills')).status).toBe(200);
    expect(await actionsOf(aino.organisation_id)).toEqual(expect.arrayContaining(['account.way-added']));
    const told = await inScope(aino, () => db()('notifications').where({ person_id: aino.id }));
    expect(told.map(({ kind }) => kind)).toEqual(['sign-in.picture']);
    const stored = await asOwner(() => db()('sign_in_ways').first());
    expect(JSON.stringify(stored)).not.toMatch(/boat/);
  });

  it('answer the same for wrong ones, for a name without pictures and for nobody’s name', async () => {
    await withPictures(await withPassword({ username: 'aino' }));
    await withPassword({ username: 'pekka' });
    const answers = [];
    for (const username of ['aino', 'pekka', 'nobody']) {
      const answer = await press(aBrowser(), { username }, ['cat', 'sun', 'boat', 'cup']);
      answers.push(`${answer.status} ${answer.text.replaceAll(username, '…')}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^422/);
  });

  it('are no way in by guessing: ten tries from one place, twenty a day from all', async () => {
    await withPictures(await withPassword({ username: 'aino' }));
    const wrong = { username: 'aino', chosen: 'cat,sun,boat', picture: 'cup' };
    for (let tries = 0; tries < 10; tries += 1)
      expect((await aBrowser().post('/sign-in/pictures', wrong)).status).toBe(422);
    expect((await aBrowser().post('/sign-in/pictures', { ...wrong, picture: 'key' })).status).toBe(429);
  });

  it('let a supervisor in as a learner only, who goes on by the password where they were going', async () => {
    const organisation = await anOrganisation();
    const helena = await withPassword({ organisation, username: 'helena', roles: ['administrator', 'learner'] });
    await withPictures(helena);
    const learner = await aPerson({ organisation, name: 'Oona Oppija' });
    const team = await aTeam(organisation, { supervisor: helena, members: [learner] });
    const browser = aBrowser();
    await press(browser, { username: 'helena' });
    const address = `/team/${team.id}`;

    for (const closed of [
      address,
      `${address}/people/${learner.id}`,
      '/organisation/people',
      `/organisation/people/${learner.id}`,
    ]) {
      const answer = await browser.get(closed);
      expect([closed, [403, 404].includes(answer.status)]).toEqual([closed, true]);
      expect(answer.text).not.toContain('Oona Oppija');
    }
    for (const elsewhere of ['/notifications', '/talks']) {
      const { location } = (await browser.get(elsewhere)).headers;
      expect(location).toBe(`/sign-in/stronger?next=${encodeURIComponent(elsewhere)}`);
    }
    expect((await browser.post('/organisation/teams', { name: 'Oma tiimi' })).status).toBe(403);
    const link = page(await browser.get(address))(`a[href="/sign-in/stronger?next=${encodeURIComponent(address)}"]`);
    expect(link.length).toBeGreaterThan(0);

    const before = await sidOf();
    expect((await browser.post('/sign-in/stronger/password', { password: 'arvaus', next: address })).status).toBe(422);
    const stronger = await browser.post('/sign-in/stronger/password', { password: PASSWORD, next: address });
    expect((await browser.get(stronger.headers.location as string)).headers.location).toBe(address);
    expect((await browser.get(address)).status).toBe(200);
    const after = await sidOf();
    expect(after.filter((sid) => before.includes(sid))).toEqual([]);
  });
});

describe('a card', () => {
  it('opens lessons only, until its person chooses pictures; a new card ends the old one and its session', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await aPerson({ organisation, username: 'aino' });
    const made = await as(admin).post(`/sign-in-help/people/${aino.id}/card`);
    expect(made.status).toBe(201);
    const code = page(made)('.code-card .as-typed').text();
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);

    const browser = aBrowser();
    const scanned = await browser.get(`/sign-in/card?code=${code}`);
    expect(scanned.headers.location).toBe('/sign-in/card');
    expect(page(await browser.get('/sign-in/card'))('#code').val()).toBe(code.toLowerCase());
    expect((await browser.post('/sign-in/card', { code: code.replaceAll('-', ' ') })).headers.location).toBe('/learn');
    expect((await browser.get('/learn')).status).toBe(200);
    expect((await browser.get('/')).headers.location).toBe('/learn');
    for (const closed of ['/skills', '/account', '/account/data', '/account/data/file.json', '/talks'])
      expect((await browser.get(closed)).headers.location).toMatch(/^\/sign-in\/stronger\?next=/);
    expect((await browser.post('/account/shown-role', { shown: 'yes' })).status).toBe(403);
    expect((await browser.get('/account/ways/pictures')).status).toBe(200);

    const second = page(await as(admin).post(`/sign-in-help/people/${aino.id}/card`))('.code-card .as-typed').text();
    expect((await browser.get('/learn')).headers.location).toMatch(/^\/sign-in\?/);
    expect((await aBrowser().post('/sign-in/card', { code })).status).toBe(422);
    expect((await aBrowser().post('/sign-in/card', { code: second })).status).toBe(303);
    expect(await actionsOf(organisation.id)).toEqual(expect.arrayContaining(['member.way-added', 'account.signed-in']));
  });

  it('does not replace what is stronger: whoever holds the card changes no way in', async () => {
    const aino = await withPassword({ username: 'aino' });
    const code = await withCard(aino);
    const finder = aBrowser();
    await finder.post('/sign-in/card', { code });
    for (const address of ['/account/ways/pictures', '/account/ways/number', '/account/ways/app'])
      expect((await finder.get(address)).headers.location).toMatch(/^\/sign-in\/stronger\?why=again/);
    const form = { chosen: 'cat,sun,boat', picture: 'key', first: 'cat,sun,boat,key' };
    expect((await finder.post('/account/ways/pictures', form)).headers.location).toMatch(/^\/sign-in\/stronger/);
    expect(await asOwner(() => db()('sign_in_ways').where({ kind: 'picture' }))).toHaveLength(0);
  });

  it('asks the number that its person chose, and closes after five wrong ones', async () => {
    const aino = await withPassword({ username: 'aino' });
    const code = await withCard(aino);
    const home = await signedInBrowser(aino);
    expect((await home.post('/account/ways/number', { number: '1234' })).status).toBe(422);
    expect((await home.post('/account/ways/number', { number: '7391' })).status).toBe(303);

    const browser = aBrowser();
    expect(page(await browser.post('/sign-in/card', { code }))('#number')).toHaveLength(1);
    expect((await browser.post('/sign-in/card', { code, number: '7391' })).status).toBe(303);
    expect((await browser.get('/skills')).status).toBe(200);
    for (let tries = 0; tries < 5; tries += 1)
      expect((await aBrowser().post('/sign-in/card', { code, number: '0000' })).status).toBe(422);
    const closed = await aBrowser().post('/sign-in/card', { code, number: '7391' });
    expect(closed.status).toBe(422);
    expect(page(closed)('#number-error').text()).toContain('lukossa');
  });
});

describe('who helps whom in', () => {
  it('is an administrator of the organisation that made the account, or a supervisor of a team of a plain learner', async () => {
    const { organisation, admin } = await anAdministrator();
    const learner = await aPerson({ organisation });
    const reviewer = await aPerson({ organisation, roles: ['reviewer'] });
    const outsider = await aPerson({ organisation });
    const supervisor = await aPerson({ organisation });
    await aTeam(organisation, { supervisor, members: [learner, reviewer] });
    const { admin: foreign } = await anAdministrator();
    const deputy = await aPerson({ organisation });
    await aTeam(organisation, { supervisor: deputy });
    await aTeam(organisation, { supervisor, members: [deputy] });
    const helena = await reload(supervisor);
    const statuses = async (actor: typeof admin, person: typeof admin) => [
      (await as(actor).get(`/sign-in-help/people/${person.id}`)).status,
      (await as(actor).post(`/sign-in-help/people/${person.id}/card`)).status,
    ];
    expect(await statuses(admin, learner)).toEqual([200, 201]);
    expect(await statuses(admin, reviewer)).toEqual([200, 201]);
    expect(await statuses(admin, admin)).toEqual([403, 403]);
    expect(await statuses(helena, learner)).toEqual([200, 201]);
    expect(await statuses(helena, reviewer)).toEqual([403, 403]);
    expect(await statuses(helena, outsider)).toEqual([403, 403]);
    // Who leads another team sees others' information: a card made by a colleague would open it.
    expect(await statuses(helena, deputy)).toEqual([403, 403]);
    expect(await statuses(helena, admin)).toEqual([403, 403]);
    expect(await statuses(learner, outsider)).toEqual([403, 403]);
    expect(await statuses(foreign, learner)).toEqual([404, 404]);
  });

  it('closes what is lost in one press: cards and keys open nothing, and every session ends', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await withPassword({ organisation, username: 'aino' });
    await withPictures(aino);
    const code = await withCard(aino);
    const [byCard, byPassword] = [aBrowser(), await signedInBrowser(aino)];
    await byCard.post('/sign-in/card', { code });
    await as(admin).post(`/sign-in-help/people/${aino.id}/lost`);
    expect((await byCard.get('/learn')).headers.location).toMatch(/^\/sign-in\?/);
    expect((await byPassword.get('/learn')).headers.location).toMatch(/^\/sign-in\?/);
    expect((await aBrowser().post('/sign-in/card', { code })).status).toBe(422);
    expect((await press(aBrowser(), { username: 'aino' })).status).toBe(303);
  });
});

describe('one’s own sign-ins', () => {
  it('are listed without their secrets, and end one by one', async () => {
    const aino = await withPassword({ username: 'aino' });
    const [here, there] = [await signedInBrowser(aino), await signedInBrowser(aino)];
    const list = await here.get('/account/ways');
    for (const sid of await sidOf()) expect(list.text).not.toContain(sid);
    const action = page(list)('form[action^="/account/ways/sessions/"]').first().attr('action') as string;
    const pekka = await signedInBrowser(await withPassword({ username: 'pekka' }));
    expect((await pekka.post(action)).status).toBe(404);
    expect((await here.post(action)).status).toBe(303);
    expect((await there.get('/account')).headers.location).toMatch(/^\/sign-in\?/);
    expect((await here.get('/account')).status).toBe(200);
  });

  it('are asked again before a sensitive act when they are old', async () => {
    const aino = await withPassword({ username: 'aino' });
    const browser = await signedInBrowser(aino);
    expect((await browser.get('/account/data/file.json')).status).toBe(200);
    await db().raw(
      `update sessions set sess = jsonb_set(sess::jsonb, '{passport,user,at}', to_jsonb(?::bigint))::json`,
      [Date.now() - 16 * 60_000],
    );
    const asked = await browser.get('/account/data/file.json');
    expect(asked.headers.location).toBe('/sign-in/stronger?why=again&next=%2Faccount%2Fdata%2Ffile.json');
    expect((await browser.post('/account/data/erasure', { sure: 'yes' })).headers.location).toMatch(
      /^\/sign-in\/stronger/,
    );
    expect((await browser.get(asked.headers.location as string)).status).toBe(200);
    const next = '/account/data/file.json';
    await browser.post('/sign-in/stronger/password', { password: PASSWORD, next });
    expect((await browser.get(next)).status).toBe(200);
  });
});
