import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anH5pContent, anH5pLesson, sends } from '../support/factories-h5p';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const ANSWERED = {
  key: 'a'.repeat(32),
  statement: {
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
    result: { score: { min: 0, max: 1, raw: 1 }, completion: true },
  },
};

async function aScene(completionRule: object = { kind: 'completed-statement' }) {
  const organisation = await anOrganisation();
  const { id } = await anH5pContent(organisation);
  await asOwner(() =>
    db()('h5p_contents')
      .where({ id })
      .update({ completion_rule: JSON.stringify(completionRule) as never }),
  );
  const lesson = await anH5pLesson(organisation, id);
  const learner = await aPerson({ organisation });
  const completed = async () =>
    (await asOwner(() => db().table('lesson_progress').where({ lesson_id: lesson.id, person_id: learner.id }).first()))
      ?.completed_at ?? null;
  return { organisation, id, lesson, learner, completed };
}

it('shows the task in a titled frame, and a way on that needs no script', async () => {
  const { learner, lesson } = await aScene();
  const $ = page(await as(learner).get(lesson.address));
  expect($('iframe').attr('title')).toBe('Task: Kysyisitkö ensin?');
  expect($('iframe').attr('sandbox')).toBe('allow-scripts');
  expect($('[data-h5p]').attr('data-statements')).toBe(`${lesson.address}/statements`);
  expect($('script[src*="h5p-host"]')).toHaveLength(1);
  expect($(`form[action="${lesson.address}/done"]`)).toHaveLength(0);
  expect($('[data-h5p-undone] a')).toHaveLength(1);
});

it('completes the lesson when the rule is met, once, and gives no evidence of skill', async () => {
  const { learner, lesson, completed } = await aScene();
  await sends(learner, `${lesson.address}/statements`, { opened: true });
  expect(await completed()).toBeNull();

  for (let time = 0; time < 2; time += 1) {
    expect((await sends(learner, `${lesson.address}/statements`, ANSWERED)).body).toEqual({ completed: true });
  }
  expect(await completed()).toBeInstanceOf(Date);
  expect(await asOwner(() => db().table('observations'))).toEqual([]);
  expect(await asOwner(() => db().table('enrolments'))).toMatchObject([{ lessons_done: 1, person_id: learner.id }]);
});

it('is not completed by pressing "done", unless its rule leaves it to the person', async () => {
  const scene = await aScene();
  const refused = await as(scene.learner).post(`${scene.lesson.address}/done`);
  expect([refused.status, refused.headers.location]).toEqual([303, scene.lesson.address]);
  expect(await scene.completed()).toBeNull();

  const free = await aScene({ kind: 'self-declared' });
  const $ = page(await as(free.learner).get(free.lesson.address));
  expect($(`form[action="${free.lesson.address}/done"] button`).text()).toContain('I have done the task');
  await as(free.learner).post(`${free.lesson.address}/done`);
  expect(await free.completed()).toBeInstanceOf(Date);
});

it('keeps the state of the lesson for the next device', async () => {
  const { learner, lesson } = await aScene();
  const body = { owner: learner.id, version: 1, state: '{"chosen":1}' };
  expect((await sends(learner, `${lesson.address}/state`, body)).body).toEqual({ saved: true });
  const $ = page(await as(learner).get(lesson.address));
  const player = page(await as(learner).get($('iframe').attr('src') ?? ''));
  expect(player('#h5p-player').attr('data-options')).toContain('chosen');
});

it('is there for those only who may read the lesson', async () => {
  const { organisation, lesson, learner } = await aScene();
  await asOwner(() =>
    db()
      .table('lessons')
      .where({ id: lesson.id })
      .update({ audience: ['staff'] }),
  );
  const client = await aPerson({ organisation, relation: 'client' });
  const stranger = await aPerson({ roles: ['learner', 'author', 'administrator'] });
  for (const what of ['statements', 'state']) {
    const path = `${lesson.address}/${what}`;
    const body = what === 'state' ? { version: 1, state: '{}' } : ANSWERED;
    expect((await sends(learner, path, body)).status).toBe(200);
    expect((await sends(client, path, body)).status).toBe(404);
    expect((await sends(stranger, path, body)).status).toBe(404);
    expect((await sends(undefined, path, body)).status).toBe(401);
  }
});

it('ends with the question of how it went', async () => {
  const { learner, lesson } = await aScene();
  await sends(learner, `${lesson.address}/statements`, ANSWERED);
  const $ = page(await as(learner).get(lesson.address));
  expect($(`a[href="${lesson.address}/help-level"]`)).toHaveLength(1);
});

it('asks how it went also where the person says that the task is done', async () => {
  const { learner, lesson } = await aScene({ kind: 'self-declared' });
  const { status, headers } = await as(learner).post(`${lesson.address}/done`);
  expect([status, headers.location]).toEqual([303, `${lesson.address}/help-level`]);
});

it('keeps how it went before the lesson is done, and stays there', async () => {
  const { learner, lesson } = await aScene();
  const form = { help_level: '1', answer_id: '00000000-0000-4000-8000-000000000001' };
  const { status, headers } = await as(learner).post(`${lesson.address}/help-level`, form);
  expect([status, headers.location]).toEqual([303, `${lesson.address}?saved=help-level`]);
  expect(
    page(await as(learner).get(String(headers.location)))('.notice, .saved, [role=status]').length,
  ).toBeGreaterThan(0);
});
