import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { saveQuizContent, selectQuizContents } from '../../src/features/quizzes/quiz-content.model';
import { db } from '../../src/lib/db';
import { personTag } from '../../src/lib/device';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aQuizLesson } from '../support/factories-quizzes';

const NOW = Date.now();
const at = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();
/** Not structuredClone: its objects are of another realm in tests, and so never equal to ours. */
const copyOf = (value: unknown) => JSON.parse(JSON.stringify(value));
const rows = (table: string) => asOwner(() => db().table(table));

async function setting() {
  const actor = await aPerson();
  const lesson = await aQuizLesson({ id: actor.organisation_id }, { questions: [{}, {}, {}] });
  // As authors' quizzes have: the same question is known again when it is written anew.
  await asOwner(() => db().raw('update questions set exchange_id = id::text where quiz_id = ?', [lesson.quiz]));
  return { actor, lesson, base: lesson.base, device: randomUUID() };
}

/** The form of a question as a device keeps it: `letter` of the option, or 'dont-know'. */
async function form(actor: Actor, base: string, number: number, letter: string) {
  const $ = page(await as(actor).get(`${base}/questions/${number}`));
  const label = $('.options label').filter((_, text) => $(text).text().trim().endsWith(letter));
  const answer = letter === 'dont-know' ? letter : ($(`#${label.attr('for')}`).val() as string);
  const fields = Object.fromEntries(
    ['question', 'attempt', 'version'].map((name) => [name, $(`input[name=${name}]`).val() as string]),
  );
  const answer_id = randomUUID();
  const body = new URLSearchParams({ ...fields, answer_id, answer }).toString();
  return { key: answer_id, action: `${base}/questions/${number}`, body };
}

type Item = { key: string; action: string; body: string; sequence?: number; given_at?: string };

function send(actor: Actor, device: string, items: Item[], more: object = {}) {
  const numbered = items.map((item, index) => ({ sequence: index + 1, given_at: at(60), ...item }));
  const body = { person: personTag(actor), device, sent_at: at(0), items: numbered, ...more };
  return request(as(actor).app).post('/outbox').send(body);
}

const newest = (actor: Actor, base: string) =>
  as(actor)
    .get(`${base}/questions/1`)
    .then((response) => {
      const $ = page(response);
      return $(`label[for="${$('.options input:checked').attr('id')}"]`)
        .text()
        .trim();
    });

describe('answers from an outbox', () => {
  it('are stored, acknowledged by their keys, and sent again stored once', async () => {
    const { actor, base, device } = await setting();
    const items = [await form(actor, base, 1, 'a'), await form(actor, base, 2, 'b')];

    const first = await send(actor, device, items);
    const again = await send(actor, device, items);

    const stored = items.map(({ key }) => ({ key, outcome: 'kept' }));
    expect([first.body, again.body]).toEqual([{ stored }, { stored }]);
    expect(await rows('quiz_answers')).toHaveLength(2);
    expect((await rows('received_forms')).map(({ body }) => body)).toEqual([null, null]);
  });

  it('sent at the same moment by two tabs are stored once', async () => {
    const { actor, base, device } = await setting();
    const items = [await form(actor, base, 1, 'a')];
    const sent = await Promise.all([
      send(actor, device, items),
      send(actor, device, items),
      send(actor, device, items),
    ]);
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await rows('quiz_answers')).toHaveLength(1);
  });

  it('whose form had reached the server before the network went are the same answer', async () => {
    const { actor, base, device } = await setting();
    const item = await form(actor, base, 1, 'a');
    await as(actor).post(item.action, Object.fromEntries(new URLSearchParams(item.body)));
    expect((await send(actor, device, [item])).body.stored).toEqual([{ key: item.key, outcome: 'kept' }]);
    expect(await rows('quiz_answers')).toHaveLength(1);
  });

  it('count in the order they were given on the device, whatever order they arrive in and whatever its clock says', async () => {
    const { actor, base, device } = await setting();
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((letter) => form(actor, base, 1, letter)));
    await send(actor, device, [{ ...(c as Item), sequence: 3, given_at: at(50) }]);
    await send(actor, device, [{ ...(a as Item), sequence: 1, given_at: at(10) }]);
    // The clock was turned back between the first and the second.
    await send(actor, device, [{ ...(b as Item), sequence: 2, given_at: at(900) }]);
    const given = (await rows('quiz_answers')).toSorted((one, two) => one.sequence - two.sequence);
    expect(given.map(({ chosen }) => chosen[0])).toEqual(['a', 'b', 'c']);
    expect(given.map(({ given_at }) => given_at)).toEqual(
      given.map(({ given_at }) => given_at).toSorted((x, y) => x - y),
    );
    expect(await newest(actor, base)).toBe('Option 1c');
  });

  it('given before another device answered do not hide what was answered later there', async () => {
    const { actor, base, device, lesson } = await setting();
    const late = await form(actor, base, 1, 'a');
    await asOwner(() =>
      db()
        .table('quiz_attempts')
        .where({ quiz_id: lesson.quiz })
        .update({ started_at: new Date(NOW - 3600_000) }),
    );
    await send(actor, randomUUID(), [{ ...(await form(actor, base, 1, 'b')), given_at: at(5) }]);
    await send(actor, device, [{ ...late, given_at: at(600) }]);
    expect(await newest(actor, base)).toBe('Option 1b');
  });

  it.each([
    ['in the future', -3_000_000],
    ['before its attempt began', 3_000_000],
  ])('given %s by a clock that lies are between the beginning and now', async (_, seconds) => {
    const { actor, base, device } = await setting();
    await send(actor, device, [{ ...(await form(actor, base, 1, 'a')), given_at: at(seconds) }]);
    const [[answer], [attempt]] = [await rows('quiz_answers'), await rows('quiz_attempts')];
    expect(answer.given_at.getTime()).toBeGreaterThanOrEqual(attempt.started_at.getTime());
    expect(answer.given_at.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
  });

  it('do not open what was handed in: they are kept as they came, and the result stays', async () => {
    const { actor, base, device, lesson } = await setting();
    const late = await form(actor, base, 2, 'a');
    const attempt = new URLSearchParams(late.body).get('attempt') as string;
    const handIn = { key: randomUUID(), action: `${base}/hand-in`, body: `attempt=${attempt}` };
    const sent = await send(actor, device, [await form(actor, base, 1, 'b'), handIn]);
    expect(sent.body.stored.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['kept', 'kept']);
    const [before] = await rows('quiz_attempts');

    expect((await send(actor, device, [{ ...late, sequence: 9 }])).body.stored).toEqual([
      { key: late.key, outcome: 'late' },
    ]);
    expect(await rows('quiz_attempts')).toEqual([before]);
    expect((await rows('received_forms')).find(({ key }) => key === late.key)).toMatchObject({ body: late.body });
    expect(lesson.quiz).toBe(before.quiz_id);
  });
});

describe('an author who edits meanwhile', () => {
  async function edited(change: (content: { questions: { options: object[] }[] }) => void) {
    const { actor, base, device, lesson } = await setting();
    const item = await form(actor, base, 1, 'b');
    await asOwner(async () => {
      const content = copyOf((await selectQuizContents([lesson.quiz])).get(lesson.quiz)) as never as Parameters<
        typeof change
      >[0];
      change(content);
      await saveQuizContent(actor.organisation_id, lesson.quiz, content as never);
    });
    const { body } = await send(actor, device, [item]);
    return { actor, base, outcome: body.stored[0].outcome as string };
  }

  it('loses no answer whose option is gone: it is scored by what the person saw, and they may answer again', async () => {
    const { actor, base, outcome } = await edited(({ questions }) => questions[0]?.options.splice(1, 1));
    expect(outcome).toBe('changed');
    expect(await rows('quiz_answers')).toMatchObject([{ chosen: ['b'], question_version: 1, points: '1.000' }]);
    const shown = await as(actor).get(`${base}/questions/1`);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('has changed since you answered');
    expect(page(shown)('.options input:checked')).toHaveLength(0);
    // What was given is shown as it was, though its option is gone.
    const given = page(await as(actor).get(`${base}/questions/1/feedback`));
    expect(given('.notice').text()).toContain('how the question was when you answered');
    expect(given('main').text()).toContain('Option 1b');
  });

  it('loses no answer whose question is retired', async () => {
    const { outcome } = await edited(({ questions }) => questions.splice(0, 1));
    expect(outcome).toBe('changed');
    expect(await rows('quiz_answers')).toHaveLength(1);
  });

  it('changes nothing for a question that stayed as it was', async () => {
    const { outcome } = await edited(({ questions }) => questions.splice(1, 1));
    expect(outcome).toBe('kept');
  });
});

describe('feedback on a lesson', () => {
  const press = (base: string, path: string, body: string) => ({
    key: randomUUID(),
    action: `${base}/feedback${path}`,
    body,
  });

  it('pressed without a network arrives once, in its order, and its makers hear one voice', async () => {
    const { actor, base, device } = await setting();
    const items = [
      press(base, '', 'useful=0'),
      press(base, '', 'useful=2'),
      press(base, '/what', 'what=hard&words=Outo'),
    ];
    for (const _ of [1, 2]) {
      const { body } = await send(actor, device, items);
      expect(body.stored.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['kept', 'kept', 'kept']);
    }
    expect(await rows('lesson_feedback')).toMatchObject([{ useful: 2, what: ['hard'], words: 'Outo' }]);
    expect(await rows('lesson_voices')).toMatchObject([{ useful: 2, what: ['hard'], words: 'Outo' }]);
    await send(actor, device, [press(base, '/removal', '')]);
    expect(await rows('lesson_voices')).toEqual([]);
  });

  it('from before what the person said since, on another device, changes nothing', async () => {
    const { actor, base, device } = await setting();
    await as(actor).post(`${base}/feedback`, { useful: '1' });
    await send(actor, device, [{ ...press(base, '', 'useful=0'), given_at: at(900) }]);
    expect(await rows('lesson_feedback')).toMatchObject([{ useful: 1 }]);
    expect(await rows('lesson_voices')).toMatchObject([{ useful: 1 }]);
  });

  it('that says nothing is kept as it came, and one of a lesson of others finds none', async () => {
    const { actor, base, device } = await setting();
    const { body } = await send(actor, device, [press(base, '', 'useful=9'), press('/learn/a/b', '', 'useful=1')]);
    expect(body.stored.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['unreadable', 'gone']);
    const stranger = { ...actor, organisation_id: (await anOrganisation()).id };
    const sent = await send(stranger, device, [press(base, '', 'useful=1')]);
    expect(sent.body.stored?.[0]?.outcome).toBe('gone');
    expect(await rows('lesson_feedback')).toEqual([]);
  });
});

describe('hostile input', () => {
  it('for somebody else is refused: the outbox waits for its own person', async () => {
    const { actor, base, device } = await setting();
    const items = [await form(actor, base, 1, 'a')];
    const other = await aPerson();
    expect((await send(other, device, items, { person: personTag(actor) })).status).toBe(409);
    expect(await rows('quiz_answers')).toHaveLength(0);
  });

  it('with an attempt of somebody else touches nothing of theirs', async () => {
    const { actor, base, device } = await setting();
    const item = await form(actor, base, 1, 'a');
    const other = await aPerson({ organisation: { id: actor.organisation_id } });
    const mine = await send(other, device, [item, { key: randomUUID(), action: `${base}/hand-in`, body: item.body }]);
    expect(mine.body.stored.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['gone', 'gone']);
    expect(await rows('quiz_answers')).toHaveLength(0);
    expect((await rows('quiz_attempts')).every(({ submitted_at }) => submitted_at === null)).toBe(true);
  });

  it("with somebody else's key is a form of one's own", async () => {
    const { actor, base, device } = await setting();
    const item = await form(actor, base, 1, 'a');
    await send(actor, device, [item]);
    const other = await aPerson({ organisation: { id: actor.organisation_id } });
    const own = { ...(await form(other, base, 1, 'b')), key: item.key };
    expect((await send(other, device, [own])).body.stored).toEqual([{ key: item.key, outcome: 'kept' }]);
    expect(await rows('quiz_answers')).toHaveLength(2);
  });

  it('from another organisation finds no lesson', async () => {
    const { actor, base, device } = await setting();
    const item = await form(actor, base, 1, 'a');
    const stranger = { ...actor, organisation_id: (await anOrganisation()).id };
    expect((await send(stranger, device, [item])).body.stored?.[0]?.outcome).toBe('gone');
    expect(await rows('quiz_answers')).toHaveLength(0);
  });

  const one = { key: randomUUID(), action: '/learn/a/b/done', body: '' };
  it.each([
    ['no items', []],
    ['ten thousand items', Array.from({ length: 10_000 }, () => ({ ...one, key: randomUUID() }))],
    ['a body of 30 kilobytes', [{ ...one, body: 'x'.repeat(30_000) }]],
    ['another address', [{ ...one, action: '/account/password' }]],
    ['an address with dots', [{ ...one, action: '/learn/../x/hand-in?y' }]],
    ['no key', [{ ...one, key: 'mine' }]],
    ['a sequence that is none', [{ ...one, sequence: 1e300 }]],
    ['a day that is none', [{ ...one, given_at: 'yesterday' }]],
  ])('with %s is refused whole', async (_, items) => {
    const actor = await aPerson();
    expect((await send(actor, randomUUID(), items)).status).toBe(422);
    expect(await rows('received_forms')).toHaveLength(0);
  });

  it('of many megabytes is refused', async () => {
    const actor = await aPerson();
    const items = [{ ...one, body: 'x'.repeat(3_000_000) }];
    expect((await send(actor, randomUUID(), items)).status).toBe(413);
  });

  it('with a form that says nothing is acknowledged and kept as it came', async () => {
    const { actor, base, device } = await setting();
    const items = [
      { key: randomUUID(), action: `${base}/questions/1`, body: 'question=%00%ff&answer=zzz' },
      { key: randomUUID(), action: `${base}/help-level`, body: 'help_level=9' },
      { key: randomUUID(), action: '/learn/nowhere/nothing/done', body: '' },
    ];
    const { body } = await send(actor, device, items);
    expect(body.stored.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'unreadable',
      'unreadable',
      'gone',
    ]);
  });

  it('without a session waits', async () => {
    const { actor, base, device } = await setting();
    const item = { ...(await form(actor, base, 1, 'a')), sequence: 1, given_at: at(1) };
    const body = { person: personTag(actor), device, sent_at: at(0), items: [item] };
    expect((await request(as(undefined).app).post('/outbox').send(body)).status).toBe(401);
  });
});
