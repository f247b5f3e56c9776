import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aQuizLesson } from '../support/factories-quizzes';

const SHORT = { judged_by: 'accepted', accepted: { en: 'password' }, model: {}, almost: true };

type Given = [first: string, second: string, written?: string];

/** A quiz of three questions; each of `people` is the keys chosen for the first two, and a short answer. */
async function answered(people: Given[], others = 0) {
  const organisation = await anOrganisation();
  const partner = await anOrganisation();
  const quiz = await aQuizLesson(organisation, { questions: [{}, {}, { type: 'shorttext', content: SHORT }] });
  await asOwner(() => db().table('course_shares').insert({ course_id: quiz.course }));
  const give = async ([first, second, written]: Given, who: Parameters<typeof aPerson>[0] = { organisation }) => {
    const learner = await aPerson({ relation: 'employee', ...who });
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
    return learner;
  };
  for (const [index, given] of people.entries())
    await give(given, { organisation: index < others ? partner : organisation });
  const author = await aPerson({ organisation, roles: ['expert'], language: 'en' });
  return { organisation, partner, quiz, author, give, address: `/write/questions/${quiz.lesson}` };
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
  // All were right, and of no group it is told that all were: one counts as another answer.
  expect(card(2)).not.toContain('18 (100%)');
  expect(card(1)).toContain('12 (67%)');
  expect(card(2)).toContain('at least 90%');
  expect(card(3)).toContain('Too few have answered');
  expect($(`section[aria-labelledby=question-1] rect[width="67%"]`)).toHaveLength(1);
  expect((await as(author).get('/write/questions')).text).toContain(`/write/questions/${quiz.lesson}`);
});

test('tells nothing under five people, hides small numbers and those that would tell them, and never what was written', async () => {
  const four = await answered(times<[string, string]>(4, ['a', 'b']));
  const few = page(await as(four.author).get(four.address))('main').text();
  expect(few.match(/Too few have answered/g)).toHaveLength(3);
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
  // Two chose c: with the 17 who answered, the others' numbers would tell it, so the next smallest is hidden too. That
  // nobody pressed "I don't know" looks the same as that some did.
  expect(rows.filter((row) => row.includes('not shown'))).toHaveLength(3);
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

describe('an attacker who opens the page again and again', () => {
  const told = async ({ author, address }: { author: Actor; address: string }) =>
    page(await as(author).get(address))('main').text();

  it('sees nothing change until a whole group has answered, whichever organisation they are of', async () => {
    const world = await answered(times<Given>(5, ['a', 'b']));
    const { give, partner, organisation } = world;
    const before = await told(world);
    expect(before).toContain('People who answered');
    for (const given of times<Given>(2, ['b', 'a'])) await give(given, { organisation: partner });
    for (const given of times<Given>(2, ['b', 'a'])) await give(given, { organisation });
    expect(await told(world)).toBe(before);
    await give(['b', 'a'], { organisation: partner });
    expect(await told(world)).not.toBe(before);
  });

  it('learns nothing of one who was erased, before or after being counted', async () => {
    const world = await answered(times<Given>(4, ['a', 'b']));
    const gone = await world.give(['c', 'c']);
    const before = await told(world);
    const forget = ({ id }: { id: string }) =>
      asOwner(async () => {
        await db().table('quiz_answers').where({ person_id: id }).delete();
        await db().table('quiz_attempts').where({ person_id: id }).delete();
      });
    await forget(gone);
    expect(await told(world)).toBe(before);
    await forget(await world.give(['c', 'c']));
    expect(await told(world)).toBe(before);
  });

  it('cannot fill a group with answers of writers', async () => {
    const world = await answered(times<Given>(1, ['c', 'c']));
    const { give, organisation } = world;
    for (let n = 0; n < 4; n += 1) await give(['a', 'a'], { organisation, roles: ['expert'] });
    expect((await told(world)).match(/Too few/g)).toHaveLength(3);
  });

  it('waits for ten where there are clients, and for more where the organisation says so', async () => {
    const world = await answered(times<Given>(5, ['a', 'b']));
    await asOwner(() => db().table('organisations').where({ id: world.organisation.id }).update({ smallest_group: 6 }));
    expect(await told(world)).not.toContain('People who answered');
    await world.give(['a', 'b'], { organisation: world.organisation, relation: 'client' });
    expect(await told(world)).not.toContain('People who answered');
    for (const given of times<Given>(4, ['b', 'b'])) await world.give(given);
    expect(await told(world)).toContain('People who answered');
  });

  it('never reads that all of a group were right, or what somebody typed', async () => {
    const world = await answered(times<Given>(5, ['b', '-', 'right']));
    const text = await told(world);
    expect(text).not.toMatch(/100|at least 90/);
    expect(text).not.toMatch(/5 \(/);
  });
});

it('asks the database as often for many questions and people as for few', async () => {
  const statements = async (people: number, questions: number) => {
    const world = await answered(times<Given>(people, ['a', 'b']));
    const known = String(world.quiz.questions[0]);
    await asOwner(async () => {
      for (let number = 0; number < questions; number += 1)
        await db().raw(
          `with one as (insert into questions (quiz_id, exchange_id, position, type) select quiz_id, ?, 50, type from questions
             where id = ? returning id)
           insert into question_texts (question_id, language, prompt, feedback) select id, 'en', 'More', '' from one`,
          [`more-${number}`, known],
        );
    });
    const opened = async () => {
      const before = statementsSent();
      expect((await as(world.author).get(world.address)).status).toBe(200);
      return statementsSent() - before;
    };
    return [await opened(), await opened()];
  };
  const few = await statements(5, 0);
  expect(few[1]).toBeLessThan(few[0] ?? 0);
  expect(await statements(12, 20)).toEqual(few);
});
