import type { Actor } from '../../src/features/organisations/organisations.model';
import { as } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { aQuizLesson } from '../support/factories-quizzes';

/** Every address, and what it gives: no one, a learner, an administrator of the same organisation, a person of another. */
const table: [method: 'get' | 'post', path: string, nobody: number, learner: number, admin: number, foreign: number][] =
  [
    ['get', '/questions', 303, 200, 200, 404],
    ['post', '/attempts', 403, 303, 303, 404],
    ['get', '/questions/1', 303, 200, 200, 404],
    ['post', '/questions/1', 403, 422, 422, 404],
    ['get', '/questions/1/feedback', 303, 303, 303, 404],
    ['get', '/overview', 303, 303, 303, 404],
    ['post', '/hand-in', 403, 303, 303, 404],
    ['get', '/result', 303, 303, 303, 404],
    ['get', '/help-level', 303, 200, 200, 404],
    ['post', '/help-level', 403, 422, 422, 404],
  ];

it.each(table)('%s %s', async (method, path, ...expected) => {
  const organisation = await anOrganisation();
  const { base } = await aQuizLesson(organisation);
  const learner = await aPerson({ organisation });
  const admin = await aPerson({ organisation, roles: ['administrator'] });
  const people: (Actor | undefined)[] = [undefined, learner, admin, await aPerson()];

  const statuses = [];
  for (const person of people) statuses.push((await as(person)[method](`${base}${path}`)).status);

  expect(statuses).toEqual(expected);
});

it('shows nobody the answers of another person, whatever their role', async () => {
  const organisation = await anOrganisation();
  const { base } = await aQuizLesson(organisation);
  const learner = await aPerson({ organisation });
  await as(learner).post(`${base}/questions/1`, { answer: 'dont-know' });
  await as(learner).post(`${base}/hand-in`);
  expect((await as(learner).get(`${base}/result`)).status).toBe(200);

  const admin = await aPerson({ organisation, roles: ['administrator', 'expert'] });
  expect((await as(admin).get(`${base}/result`)).status).toBe(303);
  expect((await as(admin).get(`${base}/questions/1/feedback`)).status).toBe(303);
});

it('is not found for a lesson of another kind, a draft or one that is not there', async () => {
  const actor = await aPerson();
  await aQuizLesson({ id: actor.organisation_id });
  for (const path of ['/learn/safety/nothing', '/learn/nothing/quiz']) {
    expect((await as(actor).get(`${path}/questions/1`)).status).toBe(404);
    expect((await as(actor).post(`${path}/questions/1`, { answer: 'b' })).status).toBe(404);
  }
});
