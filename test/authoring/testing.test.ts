import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { aDraftOf, aPair, newId, rewrite, sign, stored, toldTo } from '../support/factories-together';

const here = (draft: { id: string }) => `/write/drafts/${draft.id}/testing`;
const invite = (actor: Actor, draft: { id: string }, people: Actor[], id = newId()) =>
  as(actor).post(here(draft), { id, language: 'fi', person: people.map((person) => person.id) });
const testOf = async (draft: { id: string }): Promise<string> =>
  asOwner(async () => (await db().table('field_tests').where({ draft_id: draft.id }).first()).id);

async function aTest() {
  const pair = await aPair();
  const draft = await aDraftOf(pair.expert, ['Ensimmäinen osa.', 'Toinen osa.'], { state: 'in_review' });
  const testers = [pair.learner];
  for (let number = 2; number <= 6; number += 1)
    testers.push(await aPerson({ organisation: pair.organisation, name: `Testaaja ${number}` }));
  const [first, ...others] = testers as [Actor, ...Actor[]];
  await invite(pair.expert, draft, testers.slice(0, 5));
  const id = await testOf(draft);
  const step = (actor: Actor, path: string, body: object) => as(actor).post(`/testing/${id}/${path}`, body);
  const finish = async (actor: Actor, how = 'finished', words = '') => {
    await step(actor, 'answer', { answer: 'yes' });
    return step(actor, 'end', { how, words });
  };
  return { ...pair, draft, first, others, id, step, finish };
}

it('asks five at most, each of whom hears once; another in place of one who declines', async () => {
  const { expert, draft, first, others, step, finish } = await aTest();
  const states = () => asOwner(() => db().table('field_testers').pluck('state'));
  expect(await states()).toHaveLength(5);
  expect(await toldTo(first)).toEqual(['draft.test-asked']);
  const asked = async (who: Actor) => page(await as(who).get('/'))('a[href="/testing"]').length;
  expect([await asked(first), await asked(expert)]).toEqual([1, 0]);
  const sixth = others[4] as Actor;
  expect((await invite(expert, draft, [sixth])).headers.location).toContain('done=full');
  await step(first, 'answer', { answer: 'no' });
  expect((await invite(expert, draft, [first, sixth])).headers.location).toContain('done=invited');
  expect((await states()).sort()).toEqual(['declined', ...Array(5).fill('invited')]);
  // Whoever said no may still change their mind.
  await finish(first);
  expect(await states()).toContain('finished');
});

it('lets a tester mark where they stopped by one press or in words, take it back, and end', async () => {
  const { expert, first, draft, id, step } = await aTest();
  expect(page(await as(first).get(`/testing/${id}`))('main form button')).toHaveLength(2);
  expect((await step(first, 'marks', { id: newId(), piece: 'part1', why: 'long' })).status).toBe(303);
  expect(await asOwner(() => db().table('field_test_marks').pluck('id'))).toEqual([]);
  await step(first, 'answer', { answer: 'yes' });
  const mark = newId();
  for (const _ of [1, 2]) await step(first, 'marks', { id: mark, piece: 'part1', why: 'hard_word' });
  await step(first, 'marks', { id: newId(), piece: 'part2', why: 'other', words: 'En löytänyt nappia.' });
  const odd = await step(first, 'marks', { id: newId(), piece: 'part2', why: 'other', words: '' });
  expect([odd.status, page(odd)('#words-part2').length, page(odd)('.govuk-error-message').length]).toEqual([422, 1, 1]);
  expect((await step(first, 'marks', { id: newId(), piece: 'nothing', why: 'long' })).status).toBe(404);
  expect(
    (await step(first, 'marks', { id: newId(), piece: 'part1', why: 'other', words: 'a'.repeat(1001) })).status,
  ).toBe(422);
  expect(page(await as(first).get(`/testing/${id}`))('.trying__mark')).toHaveLength(2);

  // The writers change the text meanwhile; the tester reads what was there when they were asked.
  await as(expert).post(`/write/drafts/${draft.id}/back`);
  await rewrite(expert, draft, 'Uusi teksti.');
  expect((await as(first).get(`/testing/${id}`)).text).toContain('Ensimmäinen osa.');
  await step(first, `marks/${mark}/removal`, {});
  for (const _ of [1, 2]) await step(first, 'end', { how: 'stopped', words: 'Väsyin.' });
  expect(await toldTo(expert)).toEqual(['draft.test-ended']);
  const $ = page(await as(expert).get(here(draft)));
  expect($('.stops').text()).toContain('En löytänyt nappia.');
  expect($('.stops li.card')).toHaveLength(1);
  expect($('.big-line').text()).toMatch(/One has tried it\.\s+Nobody read/);
});

it('shows who tried it to the people of the draft alone, and keeps that they looked', async () => {
  const { organisation, expert, professional, learner, draft, finish } = await aTest();
  await finish(learner, 'finished', 'Hyvä.');
  const reader = await aPerson({ organisation, roles: ['reviewer'] });
  const seen = async (actor: Actor) => (await as(actor).get(here(draft))).text;
  expect(await seen(expert)).toContain('Aino Koski');
  for (const other of [professional, reader]) {
    expect(await seen(other)).not.toContain('Aino Koski');
    expect(await seen(other)).toContain('One has tried it');
  }
  await sign(professional, draft, 'correct_and_safe');
  expect(await seen(professional)).toContain('Aino Koski');
  const looks = await asOwner(() =>
    db().table('looks').where({ person_id: learner.id, what: 'field-test' }).pluck('viewer_id'),
  );
  expect(looks.sort()).toEqual([expert.id, professional.id].sort());
});

it('gives readers of the lesson two numbers, of the tests since the publication before', async () => {
  const { expert, professional, draft, first, others, finish } = await aTest();
  await finish(first);
  for (const other of others.slice(0, 3)) await finish(other);
  await finish(others[3] as Actor, 'stopped');
  const publish = async () => {
    await sign(expert, draft, 'true_to_life');
    await sign(professional, draft, 'correct_and_safe');
    const { lesson_id } = await stored(expert, draft.id);
    return asOwner(() =>
      db()
        .table('lessons as l')
        .join('courses as c', 'c.id', 'l.course_id')
        .where('l.id', lesson_id)
        .first('l.*', 'c.slug as course'),
    );
  };
  const lesson = await publish();
  expect([lesson.tested_with, lesson.tested_finished]).toEqual([5, 4]);
  const read = page(await as(first).get(`/learn/${lesson.course}/${lesson.slug}`));
  expect(read('.tested').text()).toContain('5 readers. 4 read to the end.');
  // Without a new test the numbers stay; they tell of the lesson, not of one edit.
  await as(expert).post(`/write/drafts/${draft.id}/again`);
  await rewrite(expert, draft, 'Uusi alku.');
  await as(expert).post(`/write/drafts/${draft.id}`, {
    version: String((await stored(expert, draft.id)).version),
    do: 'submit',
  });
  expect((await publish()).tested_with).toBe(5);
});

it("is nobody else's: not of another draft, person or organisation, and over when it is closed", async () => {
  const { expert, stranger, professional, draft, id, step, first, others } = await aTest();
  const sixth = others[4] as Actor;
  for (const actor of [stranger, professional, sixth]) {
    expect((await as(actor).get(`/testing/${id}`)).status).toBe(404);
    for (const path of ['answer', 'marks', 'end'])
      expect(
        (
          await as(actor).post(`/testing/${id}/${path}`, {
            answer: 'yes',
            how: 'finished',
            piece: 'part1',
            why: 'long',
          })
        ).status,
      ).toBe(404);
  }
  expect((await invite(expert, draft, [stranger])).headers.location).toContain('done=full');
  expect((await as(expert).post(here(draft), { person: 'x' })).status).toBe(422);
  expect((await as(expert).post(here(draft), {})).status).toBe(422);
  expect((await as(first).get(here(draft))).status).toBe(403);
  expect((await as(stranger).get(here(draft))).status).toBe(404);
  const other = await aDraftOf(expert, ['Muu.']);
  expect((await as(expert).post(`${here(other)}/${id}/close`)).status).toBe(404);
  expect((await as(expert).get('/testing/nonsense')).status).toBe(404);

  await step(first, 'answer', { answer: 'yes' });
  for (const _ of [1, 2]) expect((await as(expert).post(`${here(draft)}/${id}/close`)).status).toBe(303);
  await step(first, 'end', { how: 'finished' });
  expect(await asOwner(() => db().table('field_testers').where({ person_id: first.id }).pluck('state'))).toEqual([
    'accepted',
  ]);
  expect((await as(first).get(`/testing/${id}`)).text).toContain('already over');
  const again = newId();
  for (const _ of [1, 2]) await invite(expert, draft, [first], again);
  expect(await asOwner(() => db().table('field_tests').where({ draft_id: draft.id }).pluck('id'))).toHaveLength(2);
});

it('finds people by a part of their name, and those whom the organisation serves by the whole name alone', async () => {
  const { organisation, expert, draft } = await aTest();
  await aPerson({ organisation, name: 'Kalle Asiakas', relation: 'client' });
  const find = async (q: string) => page(await as(expert).get(`${here(draft)}?q=${encodeURIComponent(q)}`));
  await asOwner(() => db().table('field_testers').delete());
  expect((await find('testaaja'))('input[name=person]')).toHaveLength(5);
  for (const [q, count] of [
    ['Kalle', 0],
    ['kalle asiakas', 1],
    ['%', 0],
    [' ', 0],
  ] as const)
    expect([q, (await find(q))('input[name=person]').length]).toEqual([q, count]);
});
