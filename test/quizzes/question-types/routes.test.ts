import fc from 'fast-check';
import { CONTENT_TYPES, type ContentTypeName, typeOf } from '../../../src/features/quizzes/question-types/registry';
import { sealOf } from '../../../src/features/quizzes/question-types/seal';
import { tell } from '../../../src/features/quizzes/question-types/words';
import { db } from '../../../src/lib/db';
import { as, page } from '../../support/browser';
import { aPerson, asOwner } from '../../support/factories';
import { aQuizLesson } from '../../support/factories-quizzes';
import { CONTENTS } from './contents';

/** Words that only the author and those who have answered may know. */
const SECRETS: Record<ContentTypeName, RegExp> = {
  matching: /"(a|b|c)"/,
  ordering: /value="(a|b|c|d)"/,
  cloze: /password|Hang up|salasanaa/,
  shorttext: /two-step|two step|Two-step/i,
  // Not within the random keys of a page.
  numeric: /\b112\b/,
  hotspot: /is_correct|is-best|>Yes</,
  scenario: /Node c|Node d|Call the bank|Well done/,
};

async function setting(type: ContentTypeName) {
  const actor = await aPerson({ language: 'en' });
  const lesson = await aQuizLesson({ id: actor.organisation_id }, { questions: [{ type, content: CONTENTS[type] }] });
  return { actor, browser: as(actor), lesson, address: `${lesson.base}/questions/1` };
}

const rows = () => asOwner(() => db().table('quiz_answers').orderBy('answered_at'));

describe.each(CONTENT_TYPES)('%s', (type) => {
  it('tells nothing of the answer before it is given, and all of it after "I do not know"', async () => {
    const { browser, address, lesson } = await setting(type);
    const asked = await browser.get(address);
    expect(asked.status).toBe(200);
    expect(asked.text).not.toMatch(SECRETS[type]);
    expect(asked.text).not.toMatch(/General advice/);

    const answered = await browser.post(address, { question: lesson.questions[0], answer: 'dont-know' });
    expect(answered.status).toBe(303);
    const feedback = await browser.get(`${address}/feedback`);
    expect(page(feedback)('.feedback h2').text()).toBe('Good that you looked');
    expect((await rows()).map(({ dont_know, points, response }) => [dont_know, Number(points), response])).toEqual([
      [true, 0, null],
    ]);
  });

  it('asks again kindly when nothing was answered, and stores nothing', async () => {
    const { browser, address, lesson } = await setting(type);
    // The order that stands is an answer to a question of order.
    if (type === 'ordering') return;
    const response = await browser.post(address, { question: lesson.questions[0] });
    expect(response.status).toBe(422);
    const link = page(response)('.govuk-error-summary a').attr('href') ?? '';
    expect(page(response)(link).length).toBe(1);
    expect(await rows()).toEqual([]);
  });

  it('stands what no form of ours sends', () => {
    const content = CONTENTS[type];
    const seal = sealOf('attempt', 'question');
    const names = [
      'answer',
      'order',
      'move',
      'path',
      'text',
      'same',
      'number',
      'unit',
      'gap_1',
      'gap_2',
      'place_a',
      '__proto__',
    ];
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'NaN',
        'Infinity',
        '1e9',
        '-0',
        '9'.repeat(5000),
        'a.b',
        '.'.repeat(5000),
        'constructor',
        'x'.repeat(50_000),
      ),
      fc.array(fc.string(), { maxLength: 300 }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (sent) => {
        const reading = typeOf(type).read(content, sent, seal, 'en');
        if (reading.kind === 'answer') {
          expect(typeOf(type).response.safeParse(reading.response).success).toBe(true);
          const points = typeOf(type).score(content, reading.response);
          expect(points >= 0 && points <= 1).toBe(true);
        }
        typeOf(type).ask(tell(content, ['en']) as object, { sent }, seal);
      }),
    );
  });
});

it('keeps what was answered beside its points, and an answer to a foreign key is asked again', async () => {
  const { browser, address, lesson } = await setting('numeric');
  const question = lesson.questions[0];
  await browser.post(address, { question, number: '112,0 €', unit: '' });
  await browser.post(address, { question, number: '112', unit: 'metres' });
  expect((await rows()).map(({ response, points }) => [response, Number(points)])).toEqual([
    [{ value: 112, unit: '€' }, 1],
    [{ value: 112, unit: 'metres' }, 0.5],
  ]);
  for (const number of ['NaN', 'Infinity', '1e3', '0x70', '1,2,3', '', ' ']) {
    expect([number, (await browser.post(address, { question, number, unit: '€' })).status]).toEqual([number, 422]);
  }
  expect(await rows()).toHaveLength(2);
});

it('gives evidence only of what can be judged', async () => {
  const actor = await aPerson({ language: 'en' });
  const open = { judged_by: 'nobody', accepted: {}, model: { en: 'Anything' }, almost: false };
  const questions = [1, 2, 3].map(() => ({ type: 'shorttext' as const, content: open }));
  const lesson = await aQuizLesson({ id: actor.organisation_id }, { questions });
  const browser = as(actor);
  for (const [index, question] of lesson.questions.entries()) {
    await browser.post(`${lesson.base}/questions/${index + 1}`, { question, text: 'My thoughts' });
  }
  await browser.post(`${lesson.base}/hand-in`);
  expect((await rows()).map(({ points }) => Number(points))).toEqual([1, 1, 1]);
  expect(await asOwner(() => db().table('observations'))).toEqual([]);
});

it('lets a story go on only by its own choices', async () => {
  const { browser, address, lesson } = await setting('scenario');
  const question = lesson.questions[0];
  const choices = (html: { text: string }) =>
    page(html as never)('input[type=radio]')
      .toArray()
      .map((one) => one.attribs.value);
  const first = choices(await browser.get(address));
  expect(first).toHaveLength(2);
  const answers = await Promise.all(first.map((answer) => browser.post(address, { question, answer })));
  const on = answers.find(({ headers }) => headers.location?.includes('given='));
  expect(answers.filter(({ headers }) => headers.location?.endsWith('/feedback'))).toHaveLength(1);

  const next = await browser.get(on?.headers.location?.split('#')[0] ?? '');
  expect(page(next)('#here').text()).toContain('Node b');
  const path = page(next)('input[name=path]').attr('value');
  expect((await browser.post(address, { question, path, answer: first[0] })).status).toBe(422);
  expect((await browser.post(address, { question, path: 'f'.repeat(16), answer: first[0] })).status).toBe(422);
  await Promise.all(choices(next).map((answer) => browser.post(address, { question, path, answer })));
  expect((await rows()).map(({ response }) => response.end).toSorted()).toEqual(['c', 'd', 'd']);
});
