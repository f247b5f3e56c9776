import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { completeLesson } from '../../src/features/progress/progress.service';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { anAssignment, aPath } from '../support/factories-paths';

async function aWorld() {
  const organisation = await anOrganisation();
  const [learner, outsider] = [
    await aPerson({ organisation, name: 'Aino' }),
    await aPerson({ organisation, name: 'Outi', username: 'outi' }),
  ];
  const supervising = await aPerson({ organisation, name: 'Mikko' });
  const team = await aTeam(organisation, { name: 'Oma', members: [learner], supervisor: supervising });
  const otherTeam = await aTeam(organisation, { name: 'Muu', members: [outsider] });
  const course = await aCourse(organisation);
  const lesson = await aLesson(course);
  const path = await aPath(organisation, { slug: 'alku', courses: [course] });
  const administrator = await aPerson({ organisation, roles: ['administrator'] });
  const supervisor = await reload(supervising);
  return { organisation, learner, outsider, supervisor, administrator, team, otherTeam, course, lesson, path };
}

const ASSIGN = '/paths/manage/alku/assignments';
const assignments = () => asOwner(() => db().table('path_assignments').select('*', db().raw('due_on::text as due_on')));

const table: [method: 'get' | 'post', path: string, learner: number, supervisor: number, administrator: number][] = [
  ['get', '/paths', 200, 200, 200],
  ['get', '/paths/alku', 200, 200, 200],
  ['get', '/paths/manage', 403, 200, 200],
  ['get', '/paths/manage/new', 403, 403, 200],
  ['post', '/paths/manage/new', 403, 403, 422],
  ['get', '/paths/manage/alku/steps', 403, 403, 200],
  ['post', '/paths/manage/alku/steps', 403, 403, 422],
  ['get', '/paths/manage/alku', 403, 200, 200],
  ['get', '/paths/manage/alku/edit', 403, 403, 200],
  ['post', '/paths/manage/alku/edit', 403, 403, 422],
  ['post', ASSIGN, 403, 422, 422],
  ['post', `${ASSIGN}/${randomUUID()}/remove`, 403, 303, 303],
];

it('is for those who agree on training', async () => {
  const { learner, supervisor, administrator } = await aWorld();
  const statuses = [];
  for (const [method, path] of table) {
    const answer = async (actor: Actor) => (await as(actor)[method](path)).status;
    statuses.push([method, path, await answer(learner), await answer(supervisor), await answer(administrator)]);
  }
  expect(statuses).toEqual(table);
});

describe('agreeing on a path', () => {
  it('with a team or a person of one’s own, once each; a second time gives a new day', async () => {
    const { supervisor, team, learner, path } = await aWorld();
    const browser = as(supervisor);
    expect((await browser.post(ASSIGN, { who: `team:${team.id}`, due_on: '31.5.2031' })).status).toBe(303);
    await browser.post(ASSIGN, { who: `team:${team.id}`, due_on: '2031-06-30' });
    await browser.post(ASSIGN, { who: `person:${learner.id}`, due_on: '' });

    expect(await assignments()).toMatchObject([
      { path_id: path.id, person_id: learner.id, due_on: '2031-06-30', assigned_by: supervisor.id },
    ]);
    expect(await asOwner(() => db()('audit_events').where({ action: 'path.agreed' }))).toHaveLength(3);
    expect(page(await as(learner).get('/'))('main').text()).toContain('Digiturvan alku');
  });

  it('is not for a supervisor with others’ people, nor for anyone with people elsewhere', async () => {
    const { supervisor, administrator, outsider, otherTeam } = await aWorld();
    const foreign = await aPerson();
    const foreignTeam = await aTeam({ id: foreign.organisation_id });
    const refused = async (actor: Actor, who: string) => (await as(actor).post(ASSIGN, { who })).status;
    for (const who of [`person:${outsider.id}`, `team:${otherTeam.id}`, `person:${supervisor.id}`])
      expect([who, await refused(supervisor, who)]).toEqual([who, 422]);
    for (const who of [`person:${foreign.id}`, `team:${foreignTeam.id}`, 'team:nonsense', `person:${randomUUID()}`])
      expect([who, await refused(administrator, who)]).toEqual([who, 422]);
    expect(await assignments()).toEqual([]);
  });

  it('finds one person by user name for an administrator', async () => {
    const { administrator, outsider } = await aWorld();
    expect((await as(administrator).post(ASSIGN, { username: 'OUTI' })).status).toBe(303);
    expect(await assignments()).toMatchObject([{ person_id: outsider.id }]);
    const unknown = await as(administrator).post(ASSIGN, { username: 'nobody' });
    expect(unknown.status).toBe(422);
  });

  it.each([
    ['31.2.2031', 'There is no such day in the calendar. Write the day like this: 31.5.2027'],
    ['tomorrow', 'There is no such day in the calendar. Write the day like this: 31.5.2027'],
    ['1.1.2020', 'That day has passed. Choose today or a later day'],
    ['1.1.2931', 'That day is more than five years away. Check the year'],
  ])('asks kindly about the day %s and keeps what was chosen', async (due_on, sentence) => {
    const { supervisor, team } = await aWorld();
    const response = await as(supervisor).post(ASSIGN, { who: `team:${team.id}`, due_on });
    const $ = page(response);
    expect(response.status).toBe(422);
    expect($('#due_on-error').text().trim()).toBe(sentence);
    expect($('#due_on').val()).toBe(due_on);
    expect($('#who option[selected]').attr('value')).toBe(`team:${team.id}`);
  });

  it('is taken back by those who may, and twice is once', async () => {
    const { supervisor, otherTeam, path, team } = await aWorld();
    const [own, others] = [await anAssignment(path, { team }), await anAssignment(path, { team: otherTeam })];
    expect((await as(supervisor).post(`${ASSIGN}/${others}/remove`)).status).toBe(403);
    for (const _ of [1, 2]) expect((await as(supervisor).post(`${ASSIGN}/${own}/remove`)).status).toBe(303);
    expect(await assignments()).toMatchObject([{ id: others }]);
  });
});

describe('how far people are', () => {
  it('is seen by the administrator of all, and by a supervisor of their own people', async () => {
    const { supervisor, administrator, learner, lesson, path, team, otherTeam } = await aWorld();
    await anAssignment(path, { team, due_on: '2031-05-31' });
    await anAssignment(path, { person: learner, due_on: '2031-04-30' });
    await anAssignment(path, { team: otherTeam });
    await inScope(learner, () => completeLesson(learner, lesson));
    const rows = async (actor: Actor) => {
      const $ = page(await as(actor).get('/paths/manage/alku'));
      return $('tbody tr')
        .map((_, row) => $(row).text().replace(/\s+/g, ' ').trim())
        .get();
    };
    expect(await rows(supervisor)).toEqual([expect.stringMatching(/^AinoDone .*30 Apr 2031$/)]);
    expect(await rows(administrator)).toEqual([expect.stringMatching(/^Aino/), expect.stringMatching(/^Outi0 \/ 1/)]);
    const $ = page(await as(supervisor).get('/paths/manage/alku'));
    expect($('.agreed').text()).not.toContain('Muu');
    expect($('#who').text()).not.toMatch(/Outi|Muu/);
  });

  it('takes as many queries for a large team as for a small one', async () => {
    const { organisation, supervisor, path, team } = await aWorld();
    await anAssignment(path, { team });
    const count = async () => {
      const before = statementsSent();
      await as(supervisor).get('/paths/manage/alku');
      return statementsSent() - before;
    };
    const few = await count();
    for (let more = 0; more < 8; more += 1) {
      const person = await aPerson({ organisation });
      await asOwner(() =>
        db().table('team_members').insert({ organisation_id: organisation.id, team_id: team.id, person_id: person.id }),
      );
    }
    expect(await count()).toBe(few);
  });
});

describe('making a path', () => {
  it('takes names in any language and the courses in the order of their numbers; sent twice it is one', async () => {
    const { organisation, administrator, course } = await aWorld();
    const second = await aCourse(organisation);
    const shared = await aCourse(await anOrganisation(), { sharedWith: 'all' });
    const foreign = await aCourse(await anOrganisation());
    const form = {
      id: randomUUID(),
      title_sv: 'Manage',
      summary_sv: 'För alla',
      [`place_${second.id}`]: '1',
      [`place_${course.id}`]: '3',
      [`place_${shared.id}`]: '2',
      [`place_${foreign.id}`]: '4',
    };
    for (const _ of [1, 2]) expect((await as(administrator).post('/paths/manage/new', form)).status).toBe(303);

    const made = await asOwner(() => db().table('learning_paths').where({ id: form.id }));
    expect(made).toMatchObject([{ slug: 'manage-2' }]);
    const courses = await asOwner(() =>
      db().table('path_courses').where({ path_id: form.id }).orderBy('position').pluck('course_id'),
    );
    expect(courses).toEqual([second.id, shared.id, course.id]);
  });

  it('asks for a name and numbers, and keeps what was typed', async () => {
    const { administrator, course } = await aWorld();
    const nothing = page(await as(administrator).post('/paths/manage/new', { summary_fi: 'Kaikille' }));
    expect($text(nothing, '#title_fi-error')).toBe('Give the path a name in at least one language');
    expect(nothing('#summary_fi').text().trim()).toBe('Kaikille');
    const wrong = page(
      await as(administrator).post('/paths/manage/new', { title_fi: 'x', [`place_${course.id}`]: 'eka' }),
    );
    expect($text(wrong, '#courses-error')).toBe('The number must be a whole number, such as 1');
    expect(wrong(`#place_${course.id}`).val()).toBe('eka');
  });

  it('changes its name, and its steps stay', async () => {
    const { administrator, path } = await aWorld();
    const $ = page(await as(administrator).get('/paths/manage/alku/edit'));
    expect($('#title_fi').val()).toBe('Digiturvan alku');
    expect((await as(administrator).post('/paths/manage/alku/edit', { title_fi: 'Uusi nimi' })).status).toBe(303);
    const shown = page(await as(administrator).get(`/paths/${path.slug}`));
    expect([shown('h1').text(), shown('.trail__step').length]).toEqual(['Uusi nimi', 1]);
  });
});

const $text = ($: ReturnType<typeof page>, selector: string) => $(selector).text().trim();

describe('how long a completion is valid', () => {
  const valid = () => asOwner(() => db().table('path_courses').orderBy('position').select('valid_months'));
  const theStep = () => asOwner(() => db().table('path_steps').first());

  it('is set by step, and shown again as it was', async () => {
    const { administrator } = await aWorld();
    const address = `/paths/manage/alku/steps/${(await theStep()).id}`;
    expect((await as(administrator).post(address, { place: 'required', valid_months: '12' })).status).toBe(303);
    expect(await valid()).toEqual([{ valid_months: 12 }]);
    expect(page(await as(administrator).get(address))('#valid_months').val()).toBe('12');
    await as(administrator).post(address, { place: 'required', valid_months: '' });
    expect(await valid()).toEqual([{ valid_months: null }]);
  });

  it.each(['0', '121', '1.5', '-3', 'vuosi', '1e9'])('is not %s', async (months) => {
    const { administrator } = await aWorld();
    const address = `/paths/manage/alku/steps/${(await theStep()).id}`;
    const answer = await as(administrator).post(address, { place: 'required', valid_months: months });
    expect([answer.status, page(answer)('#valid_months').val()]).toEqual([422, months]);
    expect(await valid()).toEqual([{ valid_months: null }]);
  });

  it('refuses a renewal of no days, of parts of days and of years', async () => {
    const { administrator } = await aWorld();
    for (const days of ['0', '366', '2.5', 'pian']) {
      const answer = await as(administrator).post('/paths/manage/alku/edit', { title_fi: 'x', renewal_days: days });
      expect([days, answer.status, page(answer)('#renewal_days-error').length]).toEqual([days, 422, 1]);
    }
  });
});
