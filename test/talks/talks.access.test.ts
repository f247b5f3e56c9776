import { randomUUID } from 'node:crypto';
import type { Talk } from '../../src/features/talks/talks.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { inDays } from '../support/days';
import { aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { anObservation, monthsAgo, withFramework } from '../support/factories-reports';
import { aTalk, storedTalk, twoForTalk } from '../support/factories-talks';

async function arrange() {
  await withFramework();
  const two = await twoForTalk();
  const talk = await aTalk(two.aino, two.supervisor, { agreement: 'MERKKISOPIMUS' });
  const { organisation, aino } = two;
  await aTeam(organisation, { members: [await aPerson({ organisation })], supervisor: aino });
  const otherSupervisor = await aPerson({ organisation });
  await aTeam(organisation, { members: [two.mikko], supervisor: otherSupervisor });
  return {
    ...two,
    talk,
    outsiders: {
      colleague: two.mikko,
      administrator: await aPerson({ organisation, roles: ['learner', 'administrator'] }),
      'supervisor of another team': await reload(otherSupervisor),
      'another organisation': await aPerson({ roles: ['learner', 'administrator'] }),
    },
  };
}

const FORMS: [path: string, form: object][] = [
  ['/day', { planned_on: inDays(40) }],
  ['/removal', {}],
  ['/preparation', { version: 0, well: 'x' }],
  ['/preparation/removal', {}],
  ['/sharing', { shared: 'own' }],
  ['/goals', { words: 'x' }],
  ['/agreement', { text_version: 0, agreement: 'x' }],
  ['/confirmation', { version: 0 }],
  ['/supervisor', { supervisor: randomUUID() }],
];

it('is there for the two, and for nobody else there is no such talk', async () => {
  const { aino, supervisor, talk, outsiders } = await arrange();
  for (const insider of [aino, supervisor]) expect((await as(insider).get(`/talks/${talk}`)).text).toContain('MERKKI');
  for (const [who, actor] of Object.entries(outsiders)) {
    expect([who, (await as(actor).get(`/talks/${talk}`)).status]).toEqual([who, 404]);
    for (const [path, form] of FORMS)
      expect([who, path, (await as(actor).post(`/talks/${talk}${path}`, form)).status]).toEqual([who, path, 404]);
    expect((await as(actor).get('/talks')).text).not.toContain(`/talks/${talk}`);
    const rows = await inScope(actor, () => db().table('talks').where({ id: talk }));
    expect([who, rows]).toEqual([who, []]);
  }
  expect(await storedTalk(talk)).toMatchObject({ agreement: 'MERKKISOPIMUS', version: 0 });
});

it('closes for a supervisor who supervises the person no more; the person may give it to the new one', async () => {
  const { organisation, team, aino, supervisor, talk } = await arrange();
  const next = await aPerson({ organisation });
  await asOwner(() => db().table('team_supervisors').where({ team_id: team.id }).delete());
  await aTeam(organisation, { members: [aino], supervisor: next });
  expect((await as(await reload(supervisor)).get(`/talks/${talk}`)).status).toBe(404);
  expect((await as(await reload(next)).get(`/talks/${talk}`)).status).toBe(404);

  expect((await as(aino).post(`/talks/${talk}/supervisor`, { supervisor: supervisor.id })).status).toBe(404);
  expect((await as(aino).post(`/talks/${talk}/supervisor`, { supervisor: next.id })).status).toBe(303);
  expect((await as(await reload(next)).get(`/talks/${talk}`)).status).toBe(200);
});

it('does not carry over to the new supervisor what was said or shown to the former one alone', async () => {
  const { organisation, aino, supervisor, talk } = await arrange();
  const next = await aPerson({ organisation });
  await aTeam(organisation, { members: [aino], supervisor: next });
  await as(supervisor).post(`/talks/${talk}/preparation`, { version: 0, well: 'MERKKIVANHA', is_shown: 'yes' });
  await as(aino).post(`/talks/${talk}/preparation`, { version: 0, well: 'MERKKIAINO', is_shown: 'yes' });
  await as(aino).post(`/talks/${talk}/sharing`, { shared: ['own', 'peers'] });
  const { version } = (await storedTalk(talk)) as Talk;
  await as(supervisor).post(`/talks/${talk}/confirmation`, { version });
  expect((await as(aino).post(`/talks/${talk}/supervisor`, { supervisor: next.id })).status).toBe(303);

  const { text } = await as(await reload(next)).get(`/talks/${talk}`);
  expect(text).not.toContain('MERKKIVANHA');
  expect(text).not.toContain('MERKKIAINO');
  expect(await storedTalk(talk)).toMatchObject({ shared: [], supervisor_confirmed_at: null, version: version + 1 });
  // What the former supervisor said yes to is no yes of the new one.
  await as(aino).post(`/talks/${talk}/confirmation`, { version: version + 1 });
  expect(await storedTalk(talk)).toMatchObject({ held_at: null });
});

it('is not given to somebody with whom a talk is open already: the page says so', async () => {
  const { organisation, aino, talk } = await arrange();
  const next = await aPerson({ organisation });
  await aTeam(organisation, { members: [aino], supervisor: next });
  await aTalk(aino, next);
  const response = await as(aino).post(`/talks/${talk}/supervisor`, { supervisor: next.id });
  expect(response.status).toBe(422);
  expect(page(response)('#supervisor-error').length).toBe(1);
});

it('that was held is told of as it was: the new supervisor confirmed nothing', async () => {
  const { organisation, aino, supervisor } = await arrange();
  const next = await aPerson({ organisation, name: 'Uusi Esihenkilö' });
  await aTeam(organisation, { members: [aino], supervisor: next });
  const at = new Date();
  const held = { held_at: at, person_confirmed_at: at, supervisor_confirmed_at: at, agreement: 'x' };
  const talk = await aTalk(aino, supervisor, held);
  expect((await as(aino).post(`/talks/${talk}/supervisor`, { supervisor: next.id })).status).toBe(303);
  const $ = page(await as(aino).get(`/talks/${talk}`));
  expect($('dl.facts').text()).toContain(aino.name);
  expect($('dl.facts').text()).not.toContain('Uusi Esihenkilö');
});

it('shows the supervisor of skills what was seen at work, and the rest only as the person shares it', async () => {
  const { aino, supervisor, talk } = await arrange();
  const see = async (who: typeof aino) => page(await as(who).get(`/talks/${talk}`))('.talk-skills').text();
  await anObservation(aino, { source: 'self', level: 8, at: monthsAgo(1) });
  await anObservation(aino, { source: 'quiz', level: 7, at: monthsAgo(1) });
  await anObservation(aino, { source: 'peer', level: 6, at: monthsAgo(1) });
  await anObservation(aino, { source: 'demonstration', level: 2, at: monthsAgo(1) });
  const columns = async (who: typeof aino) => {
    const $ = page(await as(who).get(`/talks/${talk}`));
    return $('.talk-skills thead th')
      .toArray()
      .map((cell) => $(cell).text());
  };

  expect(await columns(aino)).toEqual(['Skill', 'Target', 'Own view', 'Seen at work', 'Colleagues', 'Quiz']);
  expect(await columns(supervisor)).toEqual(['Skill', 'Target', 'Seen at work']);
  expect(await see(supervisor)).not.toMatch(/level [678]/);

  await as(aino).post(`/talks/${talk}/sharing`, { shared: 'own' });
  expect(await columns(supervisor)).toEqual(['Skill', 'Target', 'Seen at work', 'Own view']);
  expect(await see(supervisor)).toMatch(/level 8/);
  expect(await see(supervisor)).not.toMatch(/level [67]/);

  await as(aino).post(`/talks/${talk}/sharing`, { shared: ['own', 'peers'] });
  expect(await see(supervisor)).toMatch(/level 6/);
  expect(await see(supervisor)).not.toMatch(/level 7/);

  await as(aino).post(`/talks/${talk}/sharing`, {});
  expect(await columns(supervisor)).toEqual(['Skill', 'Target', 'Seen at work']);
});

it('lets only the person say what is shared', async () => {
  const { supervisor, talk } = await arrange();
  expect((await as(supervisor).post(`/talks/${talk}/sharing`, { shared: ['own', 'peers'] })).status).toBe(403);
  expect((await storedTalk(talk)).shared).toEqual([]);
});

it('offers disagreement as something to talk about, from what the reader may see', async () => {
  const { aino, supervisor, talk } = await arrange();
  const topics = async (who: typeof aino) => page(await as(who).get(`/talks/${talk}`))('.talk-topics').text();
  await anObservation(aino, { source: 'self', level: 4, at: monthsAgo(1) });
  await anObservation(aino, { source: 'peer', level: 2, at: monthsAgo(1) });
  await anObservation(aino, { source: 'task', level: 3, at: monthsAgo(1) });
  expect(await topics(aino)).toMatch(/own view 4/);
  expect(await topics(aino)).toMatch(/colleague 2/);
  expect(await topics(supervisor)).toBe('');
  await as(aino).post(`/talks/${talk}/sharing`, { shared: ['own', 'peers'] });
  expect(await topics(supervisor)).toMatch(/own view 4/);
});

it('tells an administrator’s list of changes nothing of talks', async () => {
  const { aino, supervisor, talk, outsiders } = await arrange();
  await as(aino).post(`/talks/${talk}/agreement`, { text_version: 0, agreement: 'Sovittu' });
  const { version } = await storedTalk(talk);
  for (const who of [aino, supervisor]) await as(who).post(`/talks/${talk}/confirmation`, { version });
  expect((await storedTalk(talk)).held_at).not.toBeNull();
  expect((await as(outsiders.administrator).get('/organisation/audit')).text).not.toContain(aino.name);
});
