import { randomUUID } from 'node:crypto';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';
import { aCourse, aLesson } from '../support/factories-courses';
import { anObservation, theFramework } from '../support/factories-skills';
import { aProfile, given } from '../support/factories-targets';

const GOALS = '/skills/goals';

beforeEach(() => theFramework());

/** A learner of an organisation with a profile of 4.2 from 3 to 5, and lessons of that skill on levels 1 to 6. */
async function aLearner() {
  const { organisation, admin } = await anAdministrator();
  const code = await aProfile(admin, { name: 'Vertaisohjaaja', levels: { '4.2': [3, 5] } });
  const learner = await aPerson({ organisation });
  await given(admin, code, learner);
  const course = await aCourse(organisation);
  const lessons = [];
  for (const level of [6, 1, 4, 2, 3, 5]) lessons.push(await aLessonOf(course, level));
  return { organisation, admin, learner: await reload(learner), course, lessons };
}

async function aLessonOf(course: Parameters<typeof aLesson>[0], level: number, code = '4.2') {
  const lesson = await aLesson(course, { level, title: `Taso ${level}` });
  await asOwner(() => db().table('lesson_competences').insert({ lesson_id: lesson.id, competence_code: code }));
  return lesson;
}

const doneBy = (
  { id, organisation_id }: { id: string; organisation_id: string },
  lesson: { id: string; course_id: string },
) =>
  asOwner(() =>
    db().table('lesson_progress').insert({
      organisation_id,
      person_id: id,
      lesson_id: lesson.id,
      course_id: lesson.course_id,
      completed_at: new Date(),
    }),
  );

const titles = (response: { text: string }) => {
  const $ = page(response);
  return $('.suggestions a')
    .toArray()
    .map((a) => $(a).text());
};

it('shows where each skill stands in words, and lessons from the own level upward', async () => {
  const { learner } = await aLearner();
  await anObservation(learner, { level: 2 });
  const answer = await as(learner).get(GOALS);
  expect(answer.status).toBe(200);
  const $ = page(answer);
  expect($('.goal-list .tag').text()).toBe('One step to go');
  expect($('.lead').text()).toContain('Vertaisohjaaja');
  expect(titles(answer)).toEqual(['Taso 2', 'Taso 3', 'Taso 4']);
  expect($('.suggestions .soft').first().text()).toContain('Makes firm');
});

it('says that it does not know, and offers a try first', async () => {
  const { learner } = await aLearner();
  const $ = page(await as(learner).get(GOALS));
  expect($('#unknown').text()).toBe('These we do not know yet');
  expect($('#unknown').parent().find('a[href="/skills/self-assessment"]').length).toBe(1);
});

it('counts the target as reached from the least level, and offers nothing at the aim', async () => {
  const { learner } = await aLearner();
  await anObservation(learner, { level: 3 });
  expect(page(await as(learner).get(GOALS))('.goal-rows .tag').text()).toBe('Target reached');
  await anObservation(learner, { level: 8 });
  const there = page(await as(learner).get(GOALS));
  expect(there('.goal-rows .tag').text()).toBe('The whole target reached');
  expect(there('.suggestions')).toHaveLength(0);
});

it('does not offer again what is done, what is a draft, what is for others or what belongs to strangers', async () => {
  const { learner, lessons } = await aLearner();
  await anObservation(learner, { level: 2 });
  const theirs = await aLessonOf(await aCourse(await anOrganisation()), 2);
  const [draft, forClients, done] = [lessons[2], lessons[4], lessons[3]];
  await asOwner(async () => {
    await db().table('lessons').where({ id: draft?.id }).update({ published_at: null });
    await db()
      .table('lessons')
      .where({ id: forClients?.id })
      .update({ audience: ['client'] });
  });
  if (done) await doneBy(learner, done);
  const answer = await as(learner).get(GOALS);
  expect(titles(answer)).toEqual(['Taso 5']);
  expect(answer.text).not.toContain(theirs.slug);
});

it('makes a path in one press, once, which then stands on the front page', async () => {
  const { learner } = await aLearner();
  const $ = page(await as(learner).get(GOALS));
  const key = $('form[action="/skills/goals/path"] [name=key]').val();
  for (const _ of [1, 2]) {
    const answer = await as(learner).post(`${GOALS}/path`, { key });
    expect([answer.status, answer.headers.location]).toEqual([303, `${GOALS}/path?saved=made`]);
  }
  const path = page(await as(learner).get(`${GOALS}/path`));
  const steps = path('.trail h3')
    .toArray()
    .map((h) => path(h).text().trim());
  expect(steps).toEqual(['Self-assessment', 'Taso 1', 'Taso 2', 'Taso 3']);
  expect(await asOwner(() => db().table('personal_paths').where({ person_id: learner.id }))).toHaveLength(1);
  expect((await as(learner).get('/')).text).toContain('/skills/goals/path');
});

it('takes a step as done by doing it, and says when all is done', async () => {
  const { learner, lessons } = await aLearner();
  await anObservation(learner, { level: 4 });
  await as(learner).post(`${GOALS}/path`, { key: randomUUID() });
  const before = page(await as(learner).get(`${GOALS}/path`));
  expect(before('.trail .is-now h3').text()).toContain('Taso 4');
  for (const lesson of lessons) await doneBy(learner, lesson);
  expect((await as(learner).get(`${GOALS}/path`)).text).toContain('You have walked the path');
  expect((await as(learner).get('/')).text).not.toContain('/skills/goals/path');
});

it('puts a path away and makes a new one, keeping the old', async () => {
  const { learner } = await aLearner();
  for (const _ of [1, 2]) await as(learner).post(`${GOALS}/path`, { key: randomUUID() });
  expect((await as(learner).post(`${GOALS}/path/end`)).headers.location).toBe(`${GOALS}?saved=ended`);
  expect(page(await as(learner).get(`${GOALS}/path`))('.trail')).toHaveLength(0);
  expect(await asOwner(() => db().table('personal_paths').where({ person_id: learner.id }))).toHaveLength(2);
});

it('leaves a path of another person alone, whatever key is sent', async () => {
  const [one, two] = [await aLearner(), await aLearner()];
  const key = randomUUID();
  await as(one.learner).post(`${GOALS}/path`, { key });
  expect((await as(two.learner).post(`${GOALS}/path`, { key })).status).toBe(303);
  expect((await as(two.learner).post(`${GOALS}/path`, { key: 'no key' })).status).toBe(303);
  const steps = await asOwner(() => db().table('personal_path_steps').where({ path_id: key }));
  expect(new Set(steps.map((step: { person_id: string }) => step.person_id))).toEqual(new Set([one.learner.id]));
});

it('shows nobody the path of another, not even their supervisor or administrator', async () => {
  const { organisation, admin, learner } = await aLearner();
  await as(learner).post(`${GOALS}/path`, { key: randomUUID() });
  const supervisor = await aPerson({ organisation });
  await aTeam(organisation, { members: [learner], supervisor });
  for (const other of [admin, await reload(supervisor)]) {
    const seen = await inScope(other, () => db().table('personal_path_steps'));
    expect(seen).toEqual([]);
  }
});

it('tells a person without a profile what they can do', async () => {
  const answer = await as(await aPerson()).get(GOALS);
  expect([answer.status, page(answer)('.empty').length]).toEqual([200, 1]);
  expect((await as(await aPerson()).post(`${GOALS}/path`, { key: randomUUID() })).headers.location).toBe(GOALS);
});

it('sends a visitor to sign in', async () => {
  expect((await as(undefined).get(GOALS)).headers.location).toBe('/sign-in?next=%2Fskills%2Fgoals');
});

it('asks as few questions of the database for many lessons as for few', async () => {
  const { learner, course } = await aLearner();
  const count = async () => {
    const before = statementsSent();
    await as(learner).get(GOALS);
    return statementsSent() - before;
  };
  await count();
  const few = await count();
  for (let n = 0; n < 20; n += 1) await aLessonOf(course, 2);
  expect(await count()).toBe(few);
});
