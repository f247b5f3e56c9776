import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { CONTENTS } from '../quizzes/question-types/contents';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aQuizLesson, type QuestionValues } from '../support/factories-quizzes';
import { theFramework } from '../support/factories-skills';

const PATH = '/skills/practice';
const questions = (count: number, values: QuestionValues = {}): QuestionValues[] =>
  Array.from({ length: count }, (_, index) => ({ level: 1 + (index % 6), ...values }));

async function setting(count = 12, values: QuestionValues = {}) {
  await theFramework();
  const actor = await aPerson({ language: 'fi' });
  const quiz = await aQuizLesson({ id: actor.organisation_id }, { questions: questions(count, values) });
  return { actor, quiz };
}

const rows = (table: string) => asOwner(() => db().table(table));

async function begin(actor: Actor): Promise<string> {
  const { headers, status } = await as(actor).post(PATH, { code: '4.2' });
  expect(status).toBe(303);
  return String(headers.location);
}

/** Answers the waiting question by a letter of its option, or with 'dont-know'. */
async function answer(actor: Actor, at: string, letter: string) {
  const $ = page(await as(actor).get(at));
  const label = $('.options label').filter((_, text) => $(text).text().trim().endsWith(letter));
  const sends = letter === 'dont-know' ? letter : $(`#${label.attr('for')}`).val();
  return as(actor).post(at, { question: String($('input[name=question]').val()), answer: String(sends) });
}

const practised = () =>
  asOwner(() => db().table('observations').where({ origin_type: 'practice' }).select('level', 'source', 'person_id'));

describe('practice', () => {
  it('begins with a question that shows nothing of its key, goes on where it was, and never twice with the same', async () => {
    const { actor } = await setting();
    const at = await begin(actor);
    const { text } = await as(actor).get(at);
    expect(text).not.toMatch(/advice|is_correct|is-best|difficulty/i);
    const prompt = page({ text })('h1').text();
    expect(await begin(actor)).toBe(at);
    expect(page(await as(actor).get(at))('h1').text()).toBe(prompt);

    await answer(actor, at, 'b');
    expect(page(await as(actor).get(at))('h1').text()).not.toBe(prompt);
  });

  it('asks easier questions of who misses and harder ones of who knows, and shows the number to nobody', async () => {
    const { actor, quiz } = await setting(18);
    const askedBy = async (letter: string) => {
      const person = await aPerson({ organisation: { id: actor.organisation_id } });
      const at = await begin(person);
      for (let count = 0; count < 4; count += 1) await answer(person, at, letter);
      const [session] = (await rows('practice_sessions')).filter(({ person_id }) => person_id === person.id);
      const { level } = (await rows('questions')).find(({ id }) => id === session.question_id);
      return { level, text: (await as(person).get(at)).text };
    };
    const [knows, misses] = [await askedBy('b'), await askedBy('a')];
    expect(knows.level).toBeGreaterThan(misses.level);
    expect(knows.text).not.toMatch(/logit|ability|difficulty|\b\d\.\d{2,}/);
    expect(quiz.questions).toHaveLength(18);
  });

  it('ends after ten answers with words and one observation, at a whole level', async () => {
    const { actor } = await setting();
    const at = await begin(actor);
    for (let count = 0; count < 10; count += 1) await answer(actor, at, 'b');
    const $ = page(await as(actor).get(at));
    expect($('h1').text()).toBe('Tästä on hyvä jatkaa');
    const [seen, ...more] = await practised();
    expect(more).toEqual([]);
    expect(seen).toMatchObject({ source: 'quiz', person_id: actor.id });
    expect(Number.isInteger(seen.level)).toBe(true);
    expect(seen.level).toBeGreaterThanOrEqual(5);
  });

  it('tells nothing of the level when fewer than six were answered', async () => {
    const { actor } = await setting();
    const at = await begin(actor);
    for (let count = 0; count < 5; count += 1) await answer(actor, at, 'b');
    await as(actor).post(`${at}/end`, {});
    await as(actor).post(`${at}/end`, {});
    expect(page(await as(actor).get(at))('main').text()).toContain('vähintään 6');
    expect(await practised()).toEqual([]);
  });

  it('does not ask again what was answered in the last 30 days, in practice or in a quiz', async () => {
    const { actor, quiz } = await setting(3);
    const at = await begin(actor);
    for (let count = 0; count < 3; count += 1) await answer(actor, at, 'a');
    expect((await rows('practice_answers')).map(({ question_id }) => question_id).sort()).toEqual(
      [...quiz.questions].sort(),
    );
    expect(page(await as(actor).get(PATH))('main').text()).toContain('Nyt ei ole uusia kysymyksiä');
  });

  it('keeps one answer of a form that is sent twice, and learns how hard the question is from the first', async () => {
    const { actor } = await setting();
    const at = await begin(actor);
    const $ = page(await as(actor).get(at));
    const form = { question: String($('input[name=question]').val()), answer: 'dont-know' };
    await Promise.all([as(actor).post(at, form), as(actor).post(at, form)]);
    expect(await rows('practice_answers')).toMatchObject([{ dont_know: true, question_id: form.question }]);
    expect(await rows('question_difficulties')).toMatchObject([{ question_id: form.question, answers: 1 }]);
  });

  it('asks kindly again when nothing or nonsense was chosen', async () => {
    const { actor } = await setting();
    const at = await begin(actor);
    const question = String(page(await as(actor).get(at))('input[name=question]').val());
    for (const chosen of [{}, { answer: ['x', 'dont-know'] }, { answer: { a: 'b' } }]) {
      expect((await as(actor).post(at, { question, ...chosen })).status).toBe(422);
    }
    expect((await as(actor).post(at, { question: randomUUID(), answer: 'dont-know' })).status).toBe(303);
    expect((await as(actor).post(PATH, { code: '9.9' })).status).toBe(422);
    expect(await rows('practice_answers')).toEqual([]);
  });

  it('is not found for anyone else, of the same organisation or of another', async () => {
    const { actor } = await setting();
    const at = await begin(actor);
    const colleague = await aPerson({ organisation: { id: actor.organisation_id }, roles: ['administrator'] });
    for (const other of [colleague, await aPerson()]) {
      expect((await as(other).get(at)).status).toBe(404);
      expect((await as(other).post(at, { question: randomUUID(), answer: 'dont-know' })).status).toBe(404);
      expect((await as(other).post(`${at}/end`, {})).status).toBe(404);
    }
    expect((await as(actor).get(`${PATH}/not-an-id`)).status).toBe(404);
  });

  it('never asks the questions of another organisation, or those for another audience', async () => {
    const { actor } = await setting(8, { audience: ['supporter'] });
    await aQuizLesson(await anOrganisation(), { questions: questions(8) });
    expect(page(await as(actor).get(PATH))('input[name=code]')).toHaveLength(0);
    expect((await as(actor).post(PATH, { code: '4.2' })).status).toBe(422);
  });
});

describe('practice with other types of questions', () => {
  it('keeps the state of an order between its moves and what was answered in the end', async () => {
    const { actor } = await setting(2, { type: 'ordering', content: CONTENTS.ordering });
    const at = await begin(actor);
    const $ = page(await as(actor).get(at));
    const question = String($('input[name=question]').val());
    const order = String($('input[name=order]').val());
    const last = order.split('.').at(-1);
    const moved = await as(actor).post(at, { question, order, move: `up:${last}` });
    expect(moved.headers.location).toContain(`${at}?given=`);
    const next = String(
      page(await as(actor).get(String(moved.headers.location).split('#')[0] ?? ''))('input[name=order]').val(),
    );
    expect(next.split('.').indexOf(String(last))).toBe(2);

    expect((await as(actor).post(at, { question, order: next })).status).toBe(303);
    const [kept] = await rows('practice_answers');
    expect(kept.response.order.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(page(await as(actor).get(`${at}/answers/${question}`))('ol.options li').length).toBe(4);
  });

  it('asks nothing that only the person could judge', async () => {
    const { actor } = await setting(3, { type: 'scenario', content: CONTENTS.scenario });
    expect((await as(actor).post(PATH, { code: '4.2' })).status).toBe(422);
  });
});
