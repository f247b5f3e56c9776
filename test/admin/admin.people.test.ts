import { db } from '../../src/lib/db';
import { hashPassword, passwordFits } from '../../src/lib/passwords';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { actionsOf, anAdministrator, membershipOf, terms } from '../support/factories-admin';

const personNamed = (username: string) => asOwner(() => db()('people').where({ username }).first());
const hashOf = async (personId: string) =>
  (await asOwner(() => db().table('credentials').where({ person_id: personId }).first()))?.password_hash;

describe('adding a person', () => {
  it('makes an account with a user name from the name, a membership, a team and a password for paper', async () => {
    const { organisation, admin } = await anAdministrator();
    const team = await aTeam(organisation);

    const response = await as(admin).post('/organisation/people', {
      name: 'Åsa Mäki-Öst',
      ...terms({ roles: ['learner', 'author'], relation: 'volunteer', teams: [team.id] }),
    });

    const $ = page(response);
    const [username, password] = $('.as-typed')
      .toArray()
      .map((element) => $(element).text());
    expect([response.status, username]).toEqual([201, 'asa.maki-ost']);
    const person = await personNamed('asa.maki-ost');
    expect(person).toMatchObject({ name: 'Åsa Mäki-Öst', email: null, home_organisation_id: organisation.id });
    expect(await passwordFits(await hashOf(person?.id ?? ''), password ?? '')).toBe(true);
    expect(await membershipOf(organisation.id, person?.id ?? '')).toMatchObject({
      roles: ['learner', 'author'],
      relation: 'volunteer',
    });
    const added = await reload({ id: person?.id ?? '', organisation_id: organisation.id });
    expect(added.must_change).toBe(true);
    expect(page(await as(admin).get(`/organisation/people/${added.id}`))('a').text()).toContain(team.name);
    expect(await actionsOf(organisation.id)).toEqual(['member.added']);
    expect(JSON.stringify(await asOwner(() => db()('audit_events').select('*')))).not.toContain(password);
  });

  it('gives the second Aino Koski a number', async () => {
    const { admin } = await anAdministrator();
    for (const username of ['aino.koski', 'aino.koski2']) {
      const $ = page(await as(admin).post('/organisation/people', { name: 'Aino Koski', ...terms() }));
      expect($('.as-typed').first().text()).toBe(username);
    }
  });

  it('makes one account of a form sent twice, and the password that was seen last is good', async () => {
    const { organisation, admin } = await anAdministrator();
    const { admin: stranger } = await anAdministrator();
    const id = String(page(await as(admin).get('/organisation/people/new'))('[name=key]').val());
    const send = (who = admin) => as(who).post('/organisation/people', { key: id, name: 'Aino Koski', ...terms() });
    await send();
    const $ = page(await send());
    expect($('.as-typed').first().text()).toBe('aino.koski');
    expect(await passwordFits(await hashOf(id), $('.as-typed').eq(1).text())).toBe(true);
    expect(await actionsOf(organisation.id)).toEqual(['member.added', 'member.password-reset']);
    expect(await personNamed('aino.koski2')).toBeUndefined();

    await asOwner(() => db()('credentials').where({ person_id: id }).update({ must_change: false }));
    const before = await hashOf(id);
    expect((await send()).status).toBe(422);
    expect(await hashOf(id)).toBe(before);
    // Another organisation that learnt the number gets nowhere with it.
    expect((await send(stranger)).status).toBe(409);
  });

  it('keeps what was typed and says what to mend by each field', async () => {
    const { admin } = await anAdministrator();
    await aPerson({ username: 'taken', email: 'taken@example.org' });
    const form = { name: 'Aino Koski', username: 'Taken', email: 'not an address', ...terms({ roles: [] }) };
    const response = await as(admin).post('/organisation/people', form);
    const $ = page(response);
    expect(response.status).toBe(422);
    expect($('#name').val()).toBe('Aino Koski');
    expect($('#email-error').length + $('#roles-error').length).toBe(2);

    const taken = { name: 'Aino Koski', username: 'Taken', ...terms() };
    expect(page(await as(admin).post('/organisation/people', taken))('#username-error').text()).toContain('Somebody');
    const email = { name: 'Aino Koski', email: 'TAKEN@example.org', ...terms() };
    expect(page(await as(admin).post('/organisation/people', email))('#email-error').length).toBe(1);
  });

  it('takes nothing from the form but what it asks: no other organisation, id or rights', async () => {
    const { organisation, admin } = await anAdministrator();
    const other = await anOrganisation();
    const foreignTeam = await aTeam(other);
    const response = await as(admin).post('/organisation/people', {
      name: 'Aino Koski',
      ...terms({ teams: [foreignTeam.id] }),
      id: admin.id,
      organisation_id: other.id,
      home_organisation_id: other.id,
      suspended_at: '2020-01-01',
      shows_role: 'true',
    });
    expect(response.status).toBe(201);
    const person = await personNamed('aino.koski');
    expect(person).toMatchObject({ home_organisation_id: organisation.id, suspended_at: null });
    expect(await membershipOf(other.id, person?.id ?? '')).toBeUndefined();
    expect(await membershipOf(organisation.id, person?.id ?? '')).toMatchObject({ shows_role: false });
    expect(await asOwner(() => db()('team_members').where({ person_id: person?.id }))).toEqual([]);
    const bad = await as(admin).post('/organisation/people', { name: 'Eve', ...terms({ roles: ['superuser'] }) });
    expect(bad.status).toBe(422);
  });
});

describe('the list of people', () => {
  it('finds by name, user name, team and role, and pages', async () => {
    const { organisation, admin } = await anAdministrator();
    const [aino] = [
      await aPerson({ organisation, name: 'Aino Koski', username: 'aino', roles: ['learner', 'author'] }),
      await aPerson({ organisation, name: 'Bo Ek', username: 'bo_100%' }),
    ];
    const team = await aTeam(organisation, { members: [aino], supervisor: aino });
    const names = async (query: string) =>
      page(await as(admin).get(`/organisation/people?${query}`))('.people h3').toArray().length;

    expect(await names('')).toBe(3);
    expect(await names('q=koski')).toBe(1);
    expect(await names('q=_100%25')).toBe(1);
    expect(await names('q=%25')).toBe(1);
    expect(await names(`team=${team.id}`)).toBe(1);
    expect(await names('role=author')).toBe(1);
    expect(await names('role=supervisor')).toBe(1);
    expect(await names('team=nonsense&role=nonsense&page=-3&state=x')).toBe(0);
    for (let index = 0; index < 24; index += 1) await aPerson({ organisation, name: `Nimi ${index}` });
    expect(await names('')).toBe(25);
    expect(await names('page=2')).toBe(2);
  });

  it('shows the role of an expert by experience only when the person shows it', async () => {
    const { organisation, admin } = await anAdministrator();
    const expert = await aPerson({ organisation, name: 'Eeva', roles: ['expert'], relation: 'independent' });
    const list = async (query = '') => page(await as(admin).get(`/organisation/people${query}`))('.people').text();

    expect(await list()).not.toContain('Expert by experience');
    expect(await list('?role=expert')).not.toContain('Eeva');
    expect((await as(expert).post('/account/shown-role', { shown: 'yes' })).status).toBe(303);
    expect(await list()).toContain('Expert by experience');
    expect(await list('?role=expert')).toContain('Eeva');
  });
});

describe('a member', () => {
  it('gets other roles at the next request, with who and what in the changes', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await aPerson({ organisation, name: 'Aino Koski' });
    const form = { ...terms({ roles: ['reviewer'] }), person_id: admin.id, name: 'Eve', started_on: '1999-01-01' };
    expect((await as(admin).post(`/organisation/people/${aino.id}/terms`, form)).status).toBe(303);
    expect(await reload(aino)).toMatchObject({ roles: ['reviewer'], name: 'Aino Koski' });
    const changes = page(await as(admin).get('/organisation/audit'))('tbody').text();
    expect(changes).toContain('Changed roles: Aino Koski');
    expect(changes).toContain('Before: Learner. Now: Professional who reviews.');
  });

  it('is suspended and returned: sessions here end, those elsewhere go on', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await aPerson({ organisation });
    const elsewhere = await anOrganisation();
    const session = (sid: string, organisationId: string) =>
      db()
        .table('sessions')
        .insert({
          sid,
          sess: JSON.stringify({ passport: { user: { personId: aino.id, organisationId } } }),
          expire: new Date(Date.now() + 60_000),
        });
    await session('here', organisation.id);
    await session('there', elsewhere.id);

    expect((await as(admin).post(`/organisation/people/${aino.id}/suspension`)).status).toBe(303);
    expect(await db().table('sessions').pluck('sid')).toEqual(['there']);
    await expect(reload(aino)).rejects.toThrow();
    expect((await as(admin).post(`/organisation/people/${aino.id}/return`)).status).toBe(303);
    expect(await reload(aino)).toMatchObject({ id: aino.id });
  });

  it('leaves with teams and tasks, and can be taken back', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await aPerson({ organisation });
    await aTeam(organisation, { members: [aino], supervisor: aino });

    expect((await as(admin).post(`/organisation/people/${aino.id}/end`)).status).toBe(303);
    await expect(reload(aino)).rejects.toThrow();
    expect((await as(admin).post(`/organisation/people/${aino.id}/terms`, terms())).status).toBe(403);
    expect((await as(admin).post(`/organisation/people/${aino.id}/return`)).status).toBe(303);
    expect(await reload(aino)).toMatchObject({ supervised_teams: [] });
    const $ = page(await as(admin).get(`/organisation/people/${aino.id}`));
    expect($('body').text()).toContain('Not in any team yet.');
  });

  it('gets a new password on paper; the old one and all sessions end', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await aPerson({ organisation });
    await inScope(aino, async () =>
      db()
        .table('credentials')
        .insert({ person_id: aino.id, password_hash: await hashPassword('the old password') }),
    );
    const response = await as(admin).post(`/organisation/people/${aino.id}/password`);
    const $ = page(response);
    const hash = await hashOf(aino.id);
    expect(await passwordFits(hash, $('.as-typed').last().text())).toBe(true);
    expect(await passwordFits(hash, 'the old password')).toBe(false);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('has an account that only the organisation that made it can take over or rename', async () => {
    const home = await anOrganisation();
    const aino = await aPerson({ organisation: home, username: 'aino' });
    const { organisation, admin } = await anAdministrator();
    await asOwner(() => db()('memberships').insert({ organisation_id: organisation.id, person_id: aino.id }));

    const names = { name: 'Eve', username: 'eve' };
    expect((await as(admin).post(`/organisation/people/${aino.id}/password`)).status).toBe(403);
    expect((await as(admin).post(`/organisation/people/${aino.id}/names`, names)).status).toBe(403);
    expect((await as(admin).get(`/organisation/people/${aino.id}`)).text).toContain('made in another organisation');
    const { admin: atHome } = await anAdministrator({ organisation: home });
    expect((await as(atHome).post(`/organisation/people/${aino.id}/names`, names)).status).toBe(303);
    expect(await personNamed('eve')).toMatchObject({ id: aino.id, name: 'Eve' });
  });
});

it('says in words that the last administrator stays, whatever is tried', async () => {
  const { organisation, admin } = await anAdministrator();
  for (const [what, form] of [
    ['terms', terms()],
    ['suspension', {}],
    ['end', {}],
  ] as const) {
    const response = await as(admin).post(`/organisation/people/${admin.id}/${what}`, form);
    expect([what, response.status]).toEqual([what, 422]);
    expect(page(response)('.govuk-error-summary').text()).toContain('at least one administrator');
  }
  await aPerson({ organisation, roles: ['administrator'] });
  expect((await as(admin).post(`/organisation/people/${admin.id}/terms`, terms())).status).toBe(303);
});

describe('an invitation', () => {
  it('brings a person of another organisation in by their own yes', async () => {
    const { organisation, admin } = await anAdministrator();
    const aino = await aPerson({ username: 'aino' });
    const form = { username: 'Aino', ...terms({ roles: ['expert'], relation: 'independent' }) };
    expect((await as(admin).post('/organisation/invitations', form)).status).toBe(303);
    expect(await membershipOf(organisation.id, aino.id)).toBeUndefined();

    const $ = page(await as(aino).get('/account'));
    const action = $('form[action$="/acceptance"]').attr('action') ?? '';
    expect($('body').text()).toContain(organisation.name);
    const stranger = await aPerson();
    expect((await as(stranger).post(action)).status).toBe(404);
    expect((await as(aino).post(action)).status).toBe(303);

    expect((await reload(aino)).organisations.map(({ id }) => id).sort()).toEqual(
      [aino.organisation_id, organisation.id].sort(),
    );
    expect(await membershipOf(organisation.id, aino.id)).toMatchObject({ roles: ['expert'], relation: 'independent' });
    expect(await actionsOf(organisation.id)).toEqual(['invitation.made', 'invitation.accepted']);
    expect((await as(aino).post(action)).status).toBe(404);
  });

  it('looks the same whether the account exists or not, and can be declined or taken back', async () => {
    const { admin } = await anAdministrator();
    const aino = await aPerson({ username: 'aino' });
    for (const username of ['aino', 'nobody'])
      await as(admin).post('/organisation/invitations', { username, ...terms() });
    const $ = page(await as(admin).get('/organisation/people'));
    const taking = $('form[action$="/removal"]')
      .toArray()
      .map((form) => $(form).attr('action') ?? '');
    expect(taking).toHaveLength(2);

    const decline = page(await as(aino).get('/account'))('form[action$="/refusal"]').attr('action') ?? '';
    expect((await as(aino).post(decline)).status).toBe(303);
    expect((await Promise.all(taking.map((path) => as(admin).post(path)))).map(({ status }) => status).sort()).toEqual([
      303, 409,
    ]);
  });
});

it('takes no role from a member who says yes to an invitation of their own organisation', async () => {
  const { organisation, admin } = await anAdministrator({ username: 'only.admin' });
  await as(admin).post('/organisation/invitations', { username: 'only.admin', ...terms({ relation: 'independent' }) });
  const [invitation] = await asOwner(() => db()('invitations').where({ organisation_id: organisation.id }));
  expect((await as(admin).post(`/account/invitations/${invitation?.id}/acceptance`)).status).toBe(303);
  expect((await membershipOf(organisation.id, admin.id))?.roles).toEqual(['administrator']);
});

it('names nobody as an expert by experience in the list of changes, unless the person shows it', async () => {
  const { organisation, admin } = await anAdministrator();
  const person = await aPerson({ organisation, name: 'Elli Esimerkki', roles: ['learner'] });
  const change = (roles: string[]) => as(admin).post(`/organisation/people/${person.id}/terms`, terms({ roles }));
  await change(['learner', 'expert']);
  await change(['learner', 'expert', 'author']);
  await as(await reload(person)).post('/account/shown-role', { shown: 'no' });
  const list = async () => page(await as(admin).get('/organisation/audit'))('tbody').text();
  expect(await list()).toMatch(/Elli Esimerkki/);
  expect(await list()).toMatch(/Now: .*author/i);
  expect(await list()).not.toMatch(/expert|own role shows/i);

  await as(await reload(person)).post('/account/shown-role', { shown: 'yes' });
  expect(await list()).toMatch(/expert/i);
  expect(await list()).not.toMatch(/own role shows/i);
});
