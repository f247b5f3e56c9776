import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { newContent } from '../../src/features/authoring/drafts.document';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aDraft, temporaryStorage } from '../support/factories-authoring';
import { theFramework } from '../support/factories-skills';

let removeFiles: () => void;
beforeAll(() => {
  removeFiles = temporaryStorage();
});
afterAll(() => removeFiles());

/** A published lesson whose author has made a rubric of one thing in the editor. */
async function aLessonWithRubric(kind: 'text' | 'quiz' = 'text') {
  await theFramework();
  const organisation = await anOrganisation();
  const expert = await aPerson({ organisation, roles: ['expert'], language: 'en' });
  const judge = await aPerson({ organisation, name: 'Pekka', roles: ['reviewer'], language: 'en' });
  const learner = await aPerson({ organisation, name: 'Aino', language: 'en', relation: 'client' });
  const content = newContent('en', 'A safe password', kind);
  const [block] = content.blocks;
  const [question] = content.questions;
  if (question) {
    question.texts.en = { prompt: 'Which one?', feedback: '' };
    question.options.forEach((option, index) => {
      Object.assign(option, { correct: index === 0, texts: { en: { text: `Answer ${index}`, feedback: '' } } });
    });
  }
  if (block) block.texts.en = { text: 'Long is good.', follows: 1 };
  const draft = await aDraft(expert, { kind, content: { ...content, competences: ['4.2'] } });
  const address = `/write/drafts/${draft.id}`;
  const stored = async () => asOwner(() => db()('lesson_drafts').where({ id: draft.id }).first());

  await as(expert).post(address, { version: '1', do: 'add-criterion' }).expect(303);
  const key = (await stored())?.content.rubric?.[0]?.key ?? '';
  const levels = {
    [`r_${key}_0_en`]: 'You told it.',
    [`r_${key}_1_en`]: 'You showed it.',
    [`r_${key}_2_en`]: 'They did it.',
  };
  await as(expert)
    .post(address, { version: '2', ...levels, [`r_${key}_name_en`]: 'Who does it', do: 'submit' })
    .expect(303);
  const version = String((await stored())?.version);
  for (const [actor, kind] of [
    [expert, 'true_to_life'],
    [judge, 'correct_and_safe'],
  ] as const)
    await as(actor).post(`${address}/signatures`, { kind, version, shown: 'full' }).expect(303);
  return { organisation, expert, judge, learner, lesson: (await stored())?.lesson_id ?? '', key, address };
}

async function aTask(learner: Actor, judge: { id: string }, lesson: string): Promise<string> {
  const key = randomUUID();
  await as(learner)
    .post('/skills/tasks/new', { key, skills: ['4.2'], lesson })
    .expect(303);
  const address = `/skills/tasks/${key}`;
  const form = page(await as(learner).get(address))('main').text();
  const sending = request(as(learner).app).post(address);
  for (const [name, value] of Object.entries({
    story: 'I helped to change a password.',
    done_on: '2026-05-14',
    judge: judge.id,
    go: 'send',
  }))
    sending.field(name, value);
  await sending.expect(303);
  return form.includes('Who does it') && form.includes('They did it.') ? address : 'no rubric shown';
}

test.each(['text', 'quiz'] as const)(
  'the author of a %s lesson words a rubric, the learner reads it first, the judge chooses by it, and the learner sees what and in which words',
  async (kind) => {
    const { judge, learner, lesson, key } = await aLessonWithRubric(kind);
    const address = await aTask(learner, judge, lesson);
    const judging = `/skills/tasks/to-judge/${address.split('/').pop()}`;
    const seen = (await theFramework()).nodes.find(
      (node) => node.kind === 'observation' && node.parent_code === '4.2',
    )?.code;

    const missing = await as(judge).post(judging, { seen, feedback: 'Good.', go: 'recognise', [`rubric_${key}`]: '7' });
    expect(missing.status).toBe(422);
    expect(page(missing)('main').text()).toContain('Choose what you saw in this');
    expect(page(missing)('[name=feedback]').val()).toBe('Good.');

    await as(judge)
      .post(judging, { feedback: '', go: 'keep', [`rubric_${key}`]: '1' })
      .expect(303);
    expect(page(await as(judge).get(judging))(`[name=rubric_${key}]:checked`).val()).toBe('1');
    expect(page(await as(learner).get(address))('main').text()).not.toContain('You showed it.');

    await as(judge)
      .post(judging, { seen, feedback: 'Good.', go: 'recognise', [`rubric_${key}`]: '2' })
      .expect(303);
    const result = page(await as(learner).get(address))('main').text();
    expect(result).toContain('Does it on one’s own: They did it.');
    expect(result).not.toContain('You told it.');
  },
);

test('what was judged stays as it was when the author words the rubric anew, and earlier learning has none', async () => {
  const { judge, learner, lesson, key } = await aLessonWithRubric();
  const address = await aTask(learner, judge, lesson);
  const judging = `/skills/tasks/to-judge/${address.split('/').pop()}`;
  await as(judge)
    .post(judging, { feedback: 'Try once more.', go: 'not_yet', [`rubric_${key}`]: '0' })
    .expect(303);
  await asOwner(() => db().table('lessons').where({ id: lesson }).update({ rubric: null }));
  expect(page(await as(learner).get(address))('main').text()).toContain('First steps: You told it.');

  const earlier = randomUUID();
  await as(learner)
    .post('/skills/earlier/new', { key: earlier, skills: ['4.2'], lesson })
    .expect(303);
  expect(page(await as(learner).get(`/skills/earlier/${earlier}`))('main').text()).not.toContain('Who does it');
});

test('another organisation neither edits nor reads the rubric', async () => {
  const { lesson, address } = await aLessonWithRubric();
  const stranger = await aPerson({ roles: ['expert'], language: 'en' });
  expect((await as(stranger).post(address, { version: '3', do: 'add-criterion' })).status).toBe(404);
  const key = randomUUID();
  await as(stranger)
    .post('/skills/tasks/new', { key, skills: ['4.2'], lesson })
    .expect(303);
  expect((await as(stranger).get(`/skills/tasks/${key}`)).text).not.toContain('Who does it');
});

test('no more than five things are looked at, and one may be taken away', async () => {
  const expert = await aPerson({ roles: ['expert'] });
  const draft = await aDraft(expert);
  for (let version = 1; version <= 6; version++)
    await as(expert).post(`/write/drafts/${draft.id}`, { version: String(version), do: 'add-criterion' });
  const stored = async () =>
    (await asOwner(() => db()('lesson_drafts').where({ id: draft.id }).first()))?.content.rubric ?? [];
  const five = await stored();
  expect(five).toHaveLength(5);
  await as(expert).post(`/write/drafts/${draft.id}`, { version: '6', do: `remove-criterion:${five[1]?.key}` });
  expect((await stored()).map(({ key }) => key)).not.toContain(five[1]?.key);
});

test('a level without the name of what is looked at is asked for by its place, and in a language beside', async () => {
  const expert = await aPerson({ roles: ['expert'], language: 'en' });
  const draft = await aDraft(expert);
  const address = `/write/drafts/${draft.id}`;
  await as(expert).post(address, { version: '1', do: 'add-criterion' });
  const stored = await asOwner(() => db()('lesson_drafts').where({ id: draft.id }).first());
  const key = stored?.content.rubric?.[0]?.key ?? '';
  const levels = { [`r_${key}_0_fi`]: 'Näytit.', [`r_${key}_2_sv`]: 'De gjorde.' };
  const answer = await as(expert).post(address, { version: '2', variant: 'sv', ...levels, do: 'submit' });
  expect(answer.status).toBe(422);
  const $ = page(answer);
  const links = $('.govuk-error-summary a').toArray();
  expect(links.map((link) => $(link).text())).toEqual([
    'Thing 1, Finnish: Write also what is looked at',
    'Thing 1, Swedish: Write also what is looked at',
  ]);
  for (const link of links) expect($(String($(link).attr('href'))).attr('aria-invalid')).toBe('true');

  // A language that does not stand beside the original is shown when nothing else is left to mend.
  await as(expert).post(address, { version: '3', variant: 'sv', [`r_${key}_name_fi`]: 'Kuka' });
  const other = page(await as(expert).post(address, { version: '4', variant: 'en', do: 'submit' }));
  expect(other('[name=variant]').val()).toBe('sv');
  expect(other('.govuk-error-summary a').attr('href')).toBe(`#r_${key}_name_sv`);
  expect(other(`#r_${key}_2_sv`).val()).toBe('De gjorde.');
});
