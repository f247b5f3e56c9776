import { randomUUID } from 'node:crypto';
import { unhurried } from '../../src/features/look/look.session';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { actionsOf, anAdministrator } from '../support/factories-admin';

const LOOK = { text_size: '2', contrast: 'strong', theme: 'dark', explains_words: 'yes' };

describe('how pages look', () => {
  it('is kept for the person, and on the device for pages before sign-in', async () => {
    const person = await aPerson();

    const response = await as(person).post('/account/look', LOOK);

    expect([response.status, response.headers.location]).toEqual([303, '/account/look?saved=yes']);
    expect(response.headers['set-cookie']?.[0]).toMatch(/^look=full-2-strong-dark; .*HttpOnly; SameSite=Lax/);
    const html = page(await as(await reload(person)).get('/account/look'))('html');
    expect([html.attr('data-text'), html.attr('data-contrast'), html.attr('data-theme')]).toEqual([
      '2',
      'strong',
      'dark',
    ]);
  });

  it('is chosen by a visitor too, and the sign-in page looks so', async () => {
    await as(undefined).post('/account/look', LOOK);
    const html = async (cookie: string) =>
      page(await as(undefined).get('/sign-in').set('Cookie', cookie))('html').attr('data-text');
    expect(await html('look=full-3-device-light')).toBe('3');
    expect(await html('look=full-9-device-light')).toBeUndefined();
    expect(await html('look="><script>')).toBeUndefined();
  });

  it('says what to choose when something odd is sent, and keeps nothing of it', async () => {
    const person = await aPerson();
    const response = await as(person).post('/account/look', { ...LOOK, text_size: '7', theme: ['dark', 'light'] });
    expect(response.status).toBe(422);
    expect(page(response)('#text_size-error').text()).toContain('Choose the text size');
    expect((await reload(person)).look).toEqual(person.look);
  });
});

describe('simple mode', () => {
  it('comes and goes by one press and leads back to the page', async () => {
    const person = await aPerson();
    const on = await as(person).post('/account/simple', { simple: 'on', back: '/skills' });
    expect([on.status, on.headers.location]).toEqual([303, '/skills']);
    const simple = await reload(person);
    expect(simple).toMatchObject({ look: { simple_mode: true }, offer_simple: false });
    const $ = page(await as(simple).get('/skills'));
    expect([$('.main-nav, .site-footer').length, $('.three li').length]).toEqual([0, 3]);
    await as(simple).post('/account/simple', { simple: 'off', back: 'https://evil.example' }).expect('location', '/');
    expect((await reload(person)).look.simple_mode).toBe(false);
  });

  it('is offered once, at the beginning', async () => {
    const person = await aPerson();
    const offer = async () => page(await as(await reload(person)).get('/'))('.offer').length;
    expect(await offer()).toBe(1);
    await as(person).post('/account/simple/offer', { answer: 'no' });
    expect([await offer(), (await reload(person)).look.simple_mode]).toEqual([0, false]);
  });

  it('leaves pages of those who write and lead as they are', async () => {
    const { admin } = await anAdministrator({ simple_mode: true });
    const $ = page(await as(admin).get('/organisation/people'));
    expect([$('.main-nav').length, $('.three').length]).toEqual([1, 0]);
  });

  it('front page has one next step and one other way; the list behind it is short', async () => {
    const person = await aPerson({ simple_mode: true });
    const $ = page(await as(person).get('/'));
    expect([$('main :is(a, button):not([data-read-aloud] *)').length, $('main .govuk-button').length]).toEqual([2, 1]);
    expect(page(await as(person).get('/something-else'))('main a').length).toBeLessThanOrEqual(5);
  });
});

describe('for another who asked', () => {
  const world = async () => {
    const { organisation, admin } = await anAdministrator();
    const learner = await aPerson({ organisation });
    const supervisor = await aPerson({ organisation });
    const team = await aTeam(organisation, { members: [learner], supervisor });
    return { organisation, admin, learner, supervisor: await reload(supervisor), team };
  };

  it('a supporter of the team and an administrator may; the person is told, and it is written down once', async () => {
    const { organisation, admin, learner, supervisor, team } = await world();
    const address = `/team/${team.id}/people/${learner.id}/simple`;
    for (let twice = 0; twice < 2; twice += 1)
      expect((await as(supervisor).post(address, { simple: 'on' })).status).toBe(303);
    expect((await reload(learner)).look.simple_mode).toBe(true);
    await as(admin).post(`/organisation/people/${learner.id}/simple`, { simple: 'off' });
    expect((await reload(learner)).look.simple_mode).toBe(false);
    expect((await actionsOf(organisation.id)).filter((action) => action.startsWith('simple'))).toEqual([
      'simple.on',
      'simple.off',
    ]);
    const told = await inScope(learner, () =>
      db()('notifications').where({ person_id: learner.id }).orderBy('created_at'),
    );
    expect(told.map(({ kind }) => kind).sort()).toEqual(['simple-off', 'simple-on']);
  });

  it('nobody else may, and no one of another organisation is even there', async () => {
    const { learner, supervisor, team, organisation } = await world();
    const foreign = await world();
    const colleague = await aPerson({ organisation });
    const answers = [
      [colleague, `/team/${team.id}/people/${learner.id}/simple`, 403],
      [colleague, `/organisation/people/${learner.id}/simple`, 403],
      [supervisor, `/organisation/people/${learner.id}/simple`, 403],
      [supervisor, `/team/${team.id}/people/${colleague.id}/simple`, 404],
      [foreign.supervisor, `/team/${foreign.team.id}/people/${learner.id}/simple`, 404],
      [foreign.supervisor, `/team/${team.id}/people/${learner.id}/simple`, 404],
      [foreign.admin, `/organisation/people/${learner.id}/simple`, 404],
      [foreign.admin, `/organisation/people/${randomUUID()}/simple`, 404],
      [foreign.admin, '/organisation/people/nonsense/simple', 404],
    ] as const;
    for (const [who, address, status] of answers)
      expect([address, (await as(who).post(address, { simple: 'on' })).status]).toEqual([address, status]);
    expect((await reload(learner)).look.simple_mode).toBe(false);
  });

  it('also for one whose account another organisation made', async () => {
    const { admin, organisation } = await world();
    const guest = await aPerson({ organisation: await anOrganisation() });
    await asOwner(() => db()('memberships').insert({ organisation_id: organisation.id, person_id: guest.id }));
    await as(admin).post(`/organisation/people/${guest.id}/simple`, { simple: 'on' });
    expect((await reload(guest)).look.simple_mode).toBe(true);
  });
});

describe('GET /stop', () => {
  it('says that all is saved and offers to sign out', async () => {
    const $ = page(await as(await aPerson({ simple_mode: true })).get('/stop'));
    expect($('h1').text()).toBe('Everything is saved');
    expect($('form[action="/sign-out"]').length).toBe(1);
  });
});

describe('the session of one in simple mode', () => {
  const lasts = (person: object, device?: string) => {
    const req = { visitor: person, user: { device }, session: { cookie: { maxAge: 1 } } };
    unhurried(req as never, {} as never, () => undefined);
    return req.session.cookie.maxAge > 1;
  };

  it('is long, but not on a shared device, nor for those who see the things of others', async () => {
    const person = await aPerson({ simple_mode: true });
    expect(lasts(person)).toBe(true);
    expect(lasts(person, 'shared')).toBe(false);
    expect(lasts({ ...person, roles: ['learner', 'administrator'] })).toBe(false);
    expect(lasts({ ...person, supervised_teams: ['t'] })).toBe(false);
    expect(lasts(await aPerson())).toBe(false);
  });
});
