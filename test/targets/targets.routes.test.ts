import { randomUUID } from 'node:crypto';
import { frameworkWords, frameworkWordsOn } from '../../src/features/skills/skills.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';
import { theFramework } from '../support/factories-skills';
import { aProfile, daysPass, given } from '../support/factories-targets';

const LIST = '/organisation/targets';
const today = () => dayOf(new Date());
const rangesOf = async (admin: { id: string; organisation_id: string }, code: string) => {
  const { targets, aims } = await inScope(admin, () => frameworkWords('fi'));
  return [...(targets.get(code) ?? [])].map(([skill, minimum]) => [skill, minimum, aims.get(code)?.get(skill)]);
};

beforeEach(() => theFramework());

it('makes a profile as a copy of a ready one, once, and opens its levels', async () => {
  const { admin } = await anAdministrator();
  const form = { key: randomUUID(), name: 'Vertaisohjaaja', about: 'Kaikille', copy_from: 'professional' };
  for (const _ of [1, 2]) {
    const answer = await as(admin).post(`${LIST}/new`, form);
    expect([answer.status, answer.headers.location]).toEqual([303, `${LIST}/${form.key}/edit?saved=made`]);
  }
  const { targets } = await inScope(admin, () => frameworkWords('fi'));
  expect(targets.get(form.key)).toEqual(targets.get('professional'));
  expect(targets.get(form.key)?.size).toBeGreaterThan(3);
  const list = page(await as(admin).get(LIST));
  expect(list('section[aria-labelledby=own] h3').text()).toContain('Vertaisohjaaja');
});

it('says by field what a new profile lacks, and keeps what was typed', async () => {
  const { admin } = await anAdministrator();
  await aProfile(admin, { name: 'Ohjaaja' });
  const post = (values: object) => as(admin).post(`${LIST}/new`, { key: randomUUID(), ...values });
  for (const [values, field] of [
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ name: 'OHJAAJA' }, 'name'],
    [{ name: 'Uusi', about: 'x'.repeat(1001) }, 'about'],
    [{ name: 'Uusi', copy_from: 'no such profile' }, 'copy_from'],
  ] as const) {
    const answer = await post(values);
    const $ = page(answer);
    expect([answer.status, $('.govuk-error-summary a').attr('href')]).toEqual([422, `#${field}`]);
    expect($('#name').val()).toBe('name' in values ? values.name : '');
  }
});

it('changes levels from today on: a report of yesterday reads what held then', async () => {
  const { organisation, admin } = await anAdministrator();
  const code = await aProfile(admin, { levels: { '4.2': [3, 5], '1.1': [2, 2] } });
  await daysPass(organisation, 10);
  const $ = page(await as(admin).get(`${LIST}/${code}/edit`));
  expect([$('[name="min_4.2"]').val(), $('[name="aim_4.2"]').val()]).toEqual(['3', '5']);
  const form = { name: 'Uusi nimi', about: '', seen: $('[name=seen]').val(), 'min_4.2': '4', 'aim_4.2': '6' };
  expect((await as(admin).post(`${LIST}/${code}/edit`, form)).status).toBe(303);
  expect(await rangesOf(admin, code)).toEqual([['4.2', 4, 6]]);
  const before = await inScope(admin, () => frameworkWordsOn('fi', addCalendarDays(today(), -1)));
  expect([...(before.targets.get(code) ?? [])].sort()).toEqual([
    ['1.1', 2],
    ['4.2', 3],
  ]);
  const long = await inScope(admin, () => frameworkWordsOn('fi', addCalendarDays(today(), -11)));
  expect(long.targets.has(code)).toBe(false);
  const history = page(await as(admin).get(`${LIST}/${code}`))('.target-history').text();
  expect(history).toContain('not in the profile');
});

it('does not let a later save hide one that the person did not see', async () => {
  const { admin } = await anAdministrator();
  const code = await aProfile(admin, { name: 'Ohjaaja' });
  const seen = page(await as(admin).get(`${LIST}/${code}/edit`))('[name=seen]').val();
  const save = (level: string) =>
    as(admin).post(`${LIST}/${code}/edit`, { name: 'Ohjaaja', about: '', seen, 'min_4.2': level });
  expect((await save('4')).status).toBe(303);
  const second = await save('2');
  expect([second.status, page(second)('[name="min_4.2"]').val()]).toEqual([422, '2']);
  expect(await rangesOf(admin, code)).toEqual([['4.2', 4, 4]]);
});

it('shows the message beside its field', async () => {
  const { admin } = await anAdministrator();
  const code = await aProfile(admin);
  const answer = await as(admin).post(`${LIST}/${code}/edit`, { name: 'Nimi', 'min_4.2': '5', 'aim_4.2': '3' });
  const $ = page(answer);
  expect(answer.status).toBe(422);
  expect($('[id="aim_4.2-error"]').text()).toContain('lower');
  expect($('[name="aim_4.2"]').val()).toBe('3');
});

it('gives a profile to a team, a role, a relation and a person in one action, and remembers who had what when', async () => {
  const { organisation, admin } = await anAdministrator();
  const code = await aProfile(admin);
  const member = (values: object = {}) => aPerson({ organisation, target_profile: 'professional', ...values });
  const [inTeam, author, peer, alone] = [
    await member(),
    await member({ roles: ['learner', 'author'] }),
    await member({ relation: 'peer' }),
    await member({ username: `yksin-${randomUUID().slice(0, 8)}` }),
  ];
  const team = await aTeam(organisation, { members: [inTeam] });
  const give = (form: object) => as(admin).post(`${LIST}/${code}/give`, form);
  const has = async (person: typeof peer) => (await reload(person)).target_profile === code;

  expect((await give({ who: `team:${team.id}` })).headers.location).toMatch(/saved=given&people=1$/);
  expect([await has(inTeam), await has(author), await has(peer)]).toEqual([true, false, false]);
  await give({ who: 'role:author' });
  await give({ who: 'relation:peer' });
  expect([await has(author), await has(peer), await has(alone)]).toEqual([true, true, false]);
  expect((await give({ username: alone.username.toUpperCase() })).status).toBe(303);
  expect(await has(alone)).toBe(true);
  expect((await give({ who: `team:${team.id}` })).headers.location).toMatch(/people=0$/);

  const days = await asOwner(() =>
    db().table('profile_days').where({ person_id: inTeam.id }).orderBy('from_day').select('profile', 'given_by'),
  );
  expect(days).toEqual([
    { profile: 'professional', given_by: expect.anything() },
    { profile: code, given_by: admin.id },
  ]);
  expect(page(await as(admin).get(`${LIST}/${code}`))('tbody tr')).toHaveLength(4);
});

it('gives nothing to nobody, to people elsewhere, of an empty profile, of an archived one, or by being an expert', async () => {
  const { admin } = await anAdministrator();
  const other = await anOrganisation();
  const stranger = await aPerson({ organisation: other });
  const theirTeam = await aTeam(other, { members: [stranger] });
  const code = await aProfile(admin);
  const empty = await aProfile(admin, { levels: {} });
  const give = async (profile: string, form: object) => (await as(admin).post(`${LIST}/${profile}/give`, form)).status;
  expect(await give(code, {})).toBe(422);
  expect(await give(code, { who: 'everybody' })).toBe(422);
  expect(await give(code, { who: `team:${theirTeam.id}` })).toBe(422);
  expect(await give(code, { username: stranger.username })).toBe(422);
  expect(await give(code, { who: 'role:expert' })).toBe(422);
  expect(await give(empty, { who: 'role:learner' })).toBe(422);
  await give(code, { who: `person:${stranger.id}` });
  expect((await reload(stranger)).target_profile).toBeNull();
  await as(admin).post(`${LIST}/${code}/archive`);
  expect(await give(code, { who: 'role:learner' })).toBe(422);
});

it('archives without taking it from those who have it, and offers it no more', async () => {
  const { organisation, admin } = await anAdministrator();
  const code = await aProfile(admin, { name: 'Vanha tehtävä' });
  const person = await aPerson({ organisation });
  await given(admin, code, person);
  expect((await as(admin).post(`${LIST}/${code}/archive`)).status).toBe(303);
  expect((await reload(person)).target_profile).toBe(code);
  expect(await rangesOf(admin, code)).toEqual([['4.2', 3, 5]]);
  const options = async (path: string) => page(await as(admin).get(path))(`option[value="${code}"]`).length;
  expect(await options('/organisation/people/new')).toBe(0);
  expect(await options(`/organisation/people/${person.id}`)).toBe(1);
  expect(page(await as(admin).get(LIST))('section[aria-labelledby=archived]').text()).toContain('Vanha tehtävä');
  await as(admin).post(`${LIST}/${code}/restore`);
  expect(await options('/organisation/people/new')).toBe(1);
});

it('keeps profiles within their organisation, in pages, words and memory', async () => {
  const [ours, theirs] = [await anAdministrator(), await anAdministrator()];
  const code = await aProfile(ours.admin, { name: 'Meidän oma' });
  for (const _ of [1, 2]) {
    expect((await inScope(ours.admin, () => frameworkWords('fi'))).profiles.get(code)).toBe('Meidän oma');
    expect((await inScope(theirs.admin, () => frameworkWords('fi'))).profiles.has(code)).toBe(false);
    expect((await frameworkWords('fi')).profiles.has(code)).toBe(false);
  }
  for (const path of ['', '/edit']) expect((await as(theirs.admin).get(`${LIST}/${code}${path}`)).status).toBe(404);
  for (const path of ['/edit', '/give', '/archive', '/restore'])
    expect((await as(theirs.admin).post(`${LIST}/${code}${path}`, { name: 'Viety' })).status).toBe(404);
  expect((await as(theirs.admin).get(LIST)).text).not.toContain('Meidän oma');
  const copy = await as(theirs.admin).post(`${LIST}/new`, { key: randomUUID(), name: 'Kopio', copy_from: code });
  expect(copy.status).toBe(422);
});

it('counts an own profile as reached from its least level on, wherever targets are read', async () => {
  const { organisation, admin } = await anAdministrator();
  const code = await aProfile(admin, { name: 'Vertaisohjaaja', levels: { '4.2': [3, 5] } });
  const person = await aPerson({ organisation, roles: ['learner'] });
  await given(admin, code, person);
  const reviewer = await aPerson({ organisation, roles: ['reviewer'] });
  const $ = page(await as(reviewer).get(`/skills/observe/${person.id}`));
  expect(
    $('main a[href*="/skills/observe/"]')
      .toArray()
      .map((a) => $(a).attr('href')),
  ).toContain(`/skills/observe/${person.id}/4.2`);
  expect((await as(await reload(person)).get('/skills/4.2')).text).toContain('Vertaisohjaaja');
});

const PATHS: [method: 'get' | 'post', path: string][] = [
  ['get', ''],
  ['get', '/new'],
  ['post', '/new'],
  ['get', '/PROFILE'],
  ['get', '/PROFILE/edit'],
  ['post', '/PROFILE/edit'],
  ['post', '/PROFILE/give'],
  ['post', '/PROFILE/archive'],
  ['post', '/PROFILE/restore'],
];

it.each(PATHS)('lets only an administrator %s %s', async (method, path) => {
  const { organisation, admin } = await anAdministrator();
  const code = await aProfile(admin);
  const supervisor = await aPerson({ organisation });
  await aTeam(organisation, { supervisor });
  const address = `${LIST}${path.replace('PROFILE', code)}`;
  const people = [
    await aPerson({ organisation }),
    await reload(supervisor),
    await aPerson({ organisation, roles: ['expert'] }),
  ];
  for (const person of people) expect((await as(person)[method](address)).status).toBe(403);
  expect([200, 303, 422]).toContain((await as(admin)[method](address)).status);
});
