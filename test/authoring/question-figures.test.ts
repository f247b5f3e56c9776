import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aQuizLesson } from '../support/factories-quizzes';

const SHORT = { judged_by: 'accepted', accepted: { en: 'password' }, model: {}, almost: true };

/** A quiz of three questions; each of `people` is the keys chosen for the first two, and a short answer. */
async function answered(people: [first: string, second: string, written?: string][], others = 0) {
  const organisation = await anOrganisation();
  const partner = await anOrganisation();
  const quiz = await aQuizLesson(organisation, { questions: [{}, {}, { type: 'shorttext', content: SHORT }] });
  await asOwner(() => db().table('course_shares').insert({ course_id: quiz.course }));
  for (const [index, [first, second, written]] of people.entries()) {
    const learner = await aPerson({ organisation: index < others ? partner : organisation, relation: 'client' });
    const ours = { organisation_id: learner.organisation_id, person_id: learner.id };
    const id = randomUUID();
    const submitted_at = new Date();
    const answer = (n: number, chosen: string[], points: number, more: object = {}) => ({
      id: randomUUID(),
      ...ours,
      attempt_id: id,
      question_id: quiz.questions[n],
      chosen,
      points,
      dont_know: chosen.length === 0 && n < 2,
      ...more,
    });
    const keys = (letter: string) => (letter === '-' ? [] : [letter]);
    await asOwner(async () => {
      await db()
        .table('quiz_attempts')
        .insert({ id, ...ours, quiz_id: quiz.quiz, number: 1, language: 'en', submitted_at });
      await db()
        .table('quiz_answers')
        .insert([
          answer(0, keys(first), Number(first === 'b')),
          answer(1, keys(second), Number(second === 'b')),
          ...(written
            ? [answer(2, [], 0, { response: JSON.stringify({ text: written }), labels: ['other'], dont_know: false })]
            : []),
        ]);
    });
  }
  const author = await aPerson({ organisation, roles: ['expert'], language: 'en' });
  return { organisation, partner, quiz, author, address: `/write/questions/${quiz.lesson}` };
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('the author reads which question to look at and which wrong answer most choose, of own people and partners together', async () => {
  const { author, address, quiz } = await answered(
    [...times<[string, string]>(12, ['a', 'b']), ...times<[string, string]>(6, ['b', 'b'])],
    4,
  );
  const $ = page(await as(author).get(address));
  const card = (n: number) => $(`section[aria-labelledby=question-${n}]`).text();
  expect(card(1)).toContain('most choose “Option 1a”');
  expect(card(1)).toContain('about 30%');
  expect(card(1)).toContain('12 (67%)');
  expect(card(2)).toContain('at least 90%');
  expect(card(3)).toContain('Fewer than five');
  expect($(`section[aria-labelledby=question-1] rect[width="67%"]`)).toHaveLength(1);
  expect((await as(author).get('/write/questions')).text).toContain(`/write/questions/${quiz.lesson}`);
});

test('tells nothing under five people, hides small numbers and those that would tell them, and never what was written', async () => {
  const four = await answered(times<[string, string]>(4, ['a', 'b']));
  const few = page(await as(four.author).get(four.address))('main').text();
  expect(few.match(/Fewer than five/g)).toHaveLength(3);
  expect(few).not.toContain('100');

  const more = await answered([
    ...times<[string, string, string]>(7, ['a', '-', 'my own secret words']),
    ...times<[string, string, string]>(8, ['b', 'b', 'my own secret words']),
    ...times<[string, string, string]>(2, ['c', 'b', 'my own secret words']),
  ]);
  const $ = page(await as(more.author).get(more.address));
  const rows = $('section[aria-labelledby=question-1] .answer-bars li')
    .toArray()
    .map((row) => $(row).text().trim());
  // Two chose c: with the 17 who answered, the others' numbers would tell it, so the next smallest is hidden too.
  expect(rows.filter((row) => row.includes('not shown'))).toHaveLength(2);
  expect(rows[0]).toContain('8 (47%)');
  expect($('section[aria-labelledby=question-2]').text()).toContain('many answer “I don’t know”');
  expect($('section[aria-labelledby=question-3]').text()).toContain('another answer');
  expect($('main').text()).not.toContain('secret');
});

test('says when those who did well elsewhere do worse here, from twenty people on', async () => {
  const crossed = (count: number) =>
    answered([...times<[string, string]>(count, ['b', 'a']), ...times<[string, string]>(count, ['a', 'b'])]);
  const enough = await crossed(10);
  expect(page(await as(enough.author).get(enough.address))('main').text()).toContain(
    'Is the right answer marked right?',
  );
  const tooFew = await crossed(6);
  expect(page(await as(tooFew.author).get(tooFew.address))('main').text()).not.toContain('marked right');
});

test('only writers of the organisation that owns the quiz, and no partner, see the figures', async () => {
  const { organisation, partner, address } = await answered(times<[string, string]>(6, ['a', 'b']), 6);
  const status = async (person: Parameters<typeof aPerson>[0]) => (await as(await aPerson(person)).get(address)).status;
  expect(await status({ organisation, roles: ['reviewer'] })).toBe(200);
  expect(await status({ organisation, roles: ['learner'] })).toBe(403);
  expect(await status({ organisation, roles: ['administrator'] })).toBe(403);
  expect(await status({ organisation: partner, roles: ['expert'] })).toBe(404);
  const foreign = await aPerson({ organisation: partner, roles: ['expert'] });
  expect((await as(foreign).get('/write/questions')).text).not.toContain(address);
  expect((await as(foreign).get('/write/questions/x')).status).toBe(404);
});
