import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { anAssignment, aPath } from '../support/factories-paths';

async function aStepToRecognise() {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation);
  await aLesson(course);
  const path = await aPath(organisation, { slug: 'alku', courses: [course] });
  const learner = await aPerson({ organisation, name: 'Aino Koski' });
  const supervisor = await aPerson({ organisation, name: 'Mikko Virta' });
  await aTeam(organisation, { members: [learner], supervisor });
  await anAssignment(path, { person: learner });
  const [{ id: step }] = await asOwner(() => db().table('path_steps').where({ path_id: path.id }));
  return {
    organisation,
    course,
    learner,
    supervisor: await reload(supervisor),
    here: `/paths/alku/steps/${step}/recognition`,
  };
}

const rows = () => asOwner(() => db().table('path_recognitions').orderBy('asked_at'));
const told = () => asOwner(() => db().table('notifications').orderBy('created_at').pluck('kind'));

it('finishes the step and never the course, when the one who was asked says that it counts', async () => {
  const { learner, supervisor, here } = await aStepToRecognise();
  const sent = { id: randomUUID(), story: 'Opin tämän työssä', judge: supervisor.id };
  await as(learner).post(here, sent);
  await as(learner).post(here, sent);
  await as(learner).post(here, { ...sent, id: randomUUID() });
  expect(await rows()).toHaveLength(1);
  expect(page(await as(supervisor).get('/recognitions'))('main').text()).toContain('Aino Koski');
  const address = `/recognitions/${sent.id}`;
  expect((await as(supervisor).post(address, { counts: 'yes', reason: ' ' })).status).toBe(422);
  await as(supervisor).post(address, { counts: 'yes', reason: 'Olen nähnyt sen' });

  expect((await as(learner).get('/paths/alku')).text).toContain('Recognised');
  expect(await asOwner(() => db().table('enrolments').whereNotNull('completed_at'))).toEqual([]);
  expect(page(await as(learner).get(here))('main').text()).toContain('Olen nähnyt sen');
  expect(await told()).toEqual(['path.recognition-asked', 'path.recognised']);
});

it('may be asked again when it did not count, and be taken back while it waits', async () => {
  const { learner, supervisor, here } = await aStepToRecognise();
  const ask = () => as(learner).post(here, { id: randomUUID(), story: 'Osaan', judge: supervisor.id });
  await ask();
  const [first] = await rows();
  await as(supervisor).post(`/recognitions/${first.id}`, { counts: 'no', reason: 'Kerro lisää' });
  await as(supervisor).post(`/recognitions/${first.id}`, { counts: 'yes', reason: 'Toinen painallus' });
  expect((await as(learner).get('/paths/alku')).text).not.toContain('Recognised');
  await ask();
  await as(learner).post(`${here}/withdraw`);
  expect((await rows()).map(({ state }) => state).sort()).toEqual(['declined', 'withdrawn']);
  const second = (await rows()).find(({ state }) => state === 'withdrawn');
  expect((await as(supervisor).get(`/recognitions/${second.id}`)).status).toBe(404);
});

it('is read by the two only, whatever the others’ roles and organisations', async () => {
  const { organisation, learner, supervisor, here } = await aStepToRecognise();
  const reviewer = await aPerson({ organisation, roles: ['learner', 'reviewer', 'administrator'] });
  await as(learner).post(here, { id: randomUUID(), story: 'SALAISUUS', judge: supervisor.id });
  const [{ id }] = await rows();
  for (const other of [reviewer, await aPerson({ organisation: await anOrganisation(), roles: ['reviewer'] })]) {
    expect((await as(other).get(`/recognitions/${id}`)).status).toBe(404);
    expect((await as(other).post(`/recognitions/${id}`, { counts: 'yes', reason: 'x' })).status).toBe(404);
    expect((await as(other).get('/recognitions')).text).not.toContain('Aino Koski');
  }
  expect((await as(learner).get('/recognitions')).status).toBe(403);
});

it('asks again for what is missing, and asks nobody who may not judge', async () => {
  const { organisation, learner, supervisor, here } = await aStepToRecognise();
  const mate = await aPerson({ organisation });
  const empty = await as(learner).post(here, { story: ' ', judge: supervisor.id });
  expect([empty.status, page(empty)('#story-error').text().trim()]).toEqual([422, 'First tell what you have learnt']);
  for (const judge of [mate.id, learner.id, 'nobody']) {
    const refused = await as(learner).post(here, { story: 'Osaan', judge });
    expect([refused.status, page(refused)('#story').text().trim()]).toEqual([422, 'Osaan']);
  }
  expect(await rows()).toEqual([]);
});
