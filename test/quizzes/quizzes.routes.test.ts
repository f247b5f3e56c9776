import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { aQuestion, aQuizLesson, type QuizLessonValues } from '../support/factories-quizzes';

async function setting(values: QuizLessonValues = {}, person: Parameters<typeof aPerson>[0] = {}) {
  const actor = await aPerson(person);
  const lesson = await aQuizLesson({ id: actor.organisation_id }, { questions: [{}, {}, {}], ...values });
  return { actor, lesson, base: lesson.base, browser: as(actor) };
}

const rows = (table: string) => asOwner(() => db().table(table));

/** The hidden fields of question `number`, and what its options send: by letter, and by 'dont-know'. */
async function fieldsOf(actor: Actor, base: string, number: number) {
  const $ = page(await as(actor).get(`${base}/questions/${number}`));
  const value = (name: string) => $(`input[name=${name}]`).val() as string;
  const sends = (letter: string) => {
    if (letter === 'dont-know') return letter;
    const label = $('.options label').filter((_, text) => $(text).text().endsWith(letter));
    return $(`#${label.attr('for')}`).val() as string;
  };
  return { sends, question: value('question'), answer_id: value('answer_id') };
}

/** Answers question `number` as the form in the page would. */
async function answer(actor: Actor, base: string, number: number, chosen: string | string[]) {
  const { sends, ...hidden } = await fieldsOf(actor, base, number);
  const form = { ...hidden, answer: [chosen].flat().map(sends) };
  return { form, sends, response: await as(actor).post(`${base}/questions/${number}`, form) };
}

describe('the introduction', () => {
  it('tells how many questions there are and begins at the first; nothing is opened yet', async () => {
    const { base, browser } = await setting();
    const response = await browser.get(`${base}/questions`);
    expect(response.status).toBe(200);
    expect(page(response)('.govuk-button').attr('href')).toBe(`${base}/questions/1`);
    expect(await rows('quiz_attempts')).toHaveLength(0);
  });
});

describe('a question', () => {
  it.each(['single', 'multi', 'truefalse'] as const)(
    'of type %s shows nothing of its key before the answer',
    async (type) => {
      const { base, browser } = await setting({ questions: [{ type, optionFeedback: true }] });
      const { text, status } = await browser.get(`${base}/questions/1`);

      expect(status).toBe(200);
      expect(text).not.toMatch(/advice|is_correct|correct|is-best|Safe way/i);
      const $ = page({ text });
      expect($('.options input').length).toBe(4);
      expect($('.options .is-dont-know').index()).toBe(3);
      expect($('.options input').last().val()).toBe('dont-know');
      expect($('h1').text()).toBe('Question number 1?');
    },
  );

  it('keeps the order of its options in one attempt', async () => {
    const { base, browser } = await setting({ questions: [{ options: 'aBcdefgh' }] });
    const order = async () =>
      page(await browser.get(`${base}/questions/1`))('.options input')
        .map((_, input) => page({ text: '' })(input).attr('value'))
        .get();
    expect(await order()).toEqual(await order());
  });

  it('opens one attempt and makes the lesson the one to continue', async () => {
    const { actor, lesson, base, browser } = await setting();
    await browser.get(`${base}/questions/1`);
    await browser.get(`${base}/questions/2`);
    expect(await rows('quiz_attempts')).toMatchObject([{ person_id: actor.id, number: 1, submitted_at: null }]);
    expect(await rows('enrolments')).toMatchObject([{ last_lesson_id: lesson.lesson, lessons_done: 0 }]);
    expect(await rows('lesson_progress')).toMatchObject([{ lesson_id: lesson.lesson, completed_at: null }]);
  });

  it('sends the same number of statements for three questions and for thirty', async () => {
    const { lesson, base, browser } = await setting();
    await browser.get(`${base}/questions/1`);
    const count = async (path: string) => {
      const before = statementsSent();
      expect((await browser.get(`${base}${path}`)).status).toBe(200);
      return statementsSent() - before;
    };
    const few = [await count('/questions/1'), await count('/overview')];
    for (let position = 4; position <= 30; position += 1) await aQuestion(lesson.quiz, position);
    expect([await count('/questions/1'), await count('/overview')]).toEqual(few);
  });
});

describe('an answer', () => {
  it('is stored, then answered with what is safe, kindly', async () => {
    const { actor, base, browser } = await setting();

    const { response } = await answer(actor, base, 1, 'a');

    expect([response.status, response.headers.location]).toEqual([303, `${base}/questions/1/feedback`]);
    expect(await rows('quiz_answers')).toMatchObject([{ person_id: actor.id, chosen: ['a'], dont_know: false }]);
    const $ = page(await browser.get(`${base}/questions/1/feedback`));
    expect($('.feedback h2').text()).toBe('Many people think so');
    expect($('.feedback p').text()).toBe('General advice 1');
    expect($('.is-best').text()).toContain('Option 1b');
    expect($('.is-yours').text()).toContain('Option 1a');
    expect($('.saved').text()).toContain('Your answer is saved');
    expect($('.actions a').first().attr('href')).toBe(`${base}/questions/2`);
  });

  it('sent twice is one row; another choice from the same form is another', async () => {
    const { actor, base, browser } = await setting();
    const { form, sends } = await answer(actor, base, 1, 'a');
    await browser.post(`${base}/questions/1`, form);
    expect(await rows('quiz_answers')).toHaveLength(1);
    await browser.post(`${base}/questions/1`, { ...form, answer: sends('b') });
    expect(await rows('quiz_answers')).toHaveLength(2);
  });

  it('of an option with words of its own gets these, and the other options theirs', async () => {
    const { actor, base, browser } = await setting({ questions: [{ optionFeedback: true }] });
    await answer(actor, base, 1, 'b');
    const $ = page(await browser.get(`${base}/questions/1/feedback`));
    expect($('.feedback.is-right h2').text()).toBe('Just so');
    expect($('.feedback p').text()).toBe('Own advice 1b');
    expect($('.option-shown__more').length).toBe(2);
  });

  it('"I do not know" shows the answer and is thanked for', async () => {
    const { actor, base, browser } = await setting();
    await answer(actor, base, 1, 'dont-know');
    expect(await rows('quiz_answers')).toMatchObject([{ chosen: [], dont_know: true }]);
    const $ = page(await browser.get(`${base}/questions/1/feedback`));
    expect($('.feedback h2').text()).toBe('Good that you looked');
    expect($('.is-yours').length).toBe(0);
  });

  it('with several right ones gets part of the points', async () => {
    const { actor, base, browser } = await setting({ questions: [{ type: 'multi', options: 'ABcD' }] });
    await answer(actor, base, 1, ['a', 'b']);
    expect((await rows('quiz_answers')).map(({ points }) => Number(points))).toEqual([0.667]);
    expect(page(await browser.get(`${base}/questions/1/feedback`))('.feedback h2').text()).toBe('A good start');
  });

  it.each([
    ['nothing', [], 'Choose an answer'],
    ['an option that is not there', ['zzz'], 'The question has changed'],
    ['two of one', ['a', 'b'], 'Choose only one'],
    ['an option and "I do not know"', ['a', 'dont-know'], 'not both'],
    ['very much', Array.from({ length: 200 }, () => 'a'), ''],
    ['a very long text', ['x'.repeat(200_000)], 'has changed'],
  ])('of %s is asked again, kindly, and stores nothing', async (_, chosen, words) => {
    const { actor, base, browser } = await setting();
    const { sends, ...hidden } = await fieldsOf(actor, base, 1);
    const sent = chosen.map((letter) => sends(letter) ?? letter);
    const response = await browser.post(`${base}/questions/1`, { ...hidden, answer: sent });
    const $ = page(response);
    expect(response.status).toBe(422);
    expect($('#answer-error').text()).toContain(words);
    expect($('.govuk-error-summary a').attr('href')).toBe('#answer');
    expect(response.text).not.toMatch(/advice/);
    expect(await rows('quiz_answers')).toHaveLength(0);
  });

  it('keeps what was ticked when it is asked again', async () => {
    const { actor, base } = await setting({ questions: [{ type: 'multi' }] });
    const { response } = await answer(actor, base, 1, ['a', 'c', 'dont-know']);
    const $ = page(response);
    expect($('input:checked').length).toBe(3);
  });

  it('goes to the question that the form showed, when the author has moved or retired it since', async () => {
    const { actor, lesson, base, browser } = await setting();
    const { sends, ...hidden } = await fieldsOf(actor, base, 2);
    const [first, second] = lesson.questions;
    await db().table('questions').where({ id: first }).update({ retired_at: new Date() });

    const moved = await browser.post(`${base}/questions/2`, { ...hidden, answer: sends('b') });
    expect(moved.headers.location).toBe(`${base}/questions/1/feedback`);
    await db().table('questions').where({ id: second }).update({ retired_at: new Date() });
    const retired = await browser.post(`${base}/questions/2`, { ...hidden, answer: sends('a') });

    expect(retired.headers.location).toBe(`${base}/questions`);
    expect((await rows('quiz_answers')).map(({ question_id }) => question_id)).toEqual([second, second]);
    expect((await as(actor).get(`${base}/questions`)).headers.location).toBe(`${base}/questions/1`);
  });

  it('never fails on addresses and bodies made by hand', async () => {
    const { base, browser } = await setting();
    for (const number of ['0', '-1', '1.5', '999', 'x', '99999999999999999999', "1'%20or%201", '%00']) {
      expect([number, (await browser.get(`${base}/questions/${number}`)).status < 500]).toEqual([number, true]);
      expect([number, (await browser.post(`${base}/questions/${number}`, { answer: 'a' })).status < 500]).toEqual([
        number,
        true,
      ]);
    }
    for (const body of [{ answer: { toString: 1 } }, { answer: [[{}], null] }, [], { question: {} }]) {
      const sent = request(browser.app).post(`${base}/questions/1`).send(body);
      expect((await sent).status).toBe(422);
    }
    for (const body of [
      { answer: 'b', question: ['x', 'y'] },
      { answer: 'b', question: randomUUID() },
      { answer: 'b', answer_id: ['1'] },
    ]) {
      expect((await browser.post(`${base}/questions/1`, body)).status).toBeLessThan(500);
    }
  });
});

describe('coming back', () => {
  it('goes on at the first unanswered question, then to the overview; leaving hands nothing in', async () => {
    const { actor, base, browser } = await setting();
    await answer(actor, base, 1, 'b');
    await answer(actor, base, 3, 'b');
    expect((await browser.get(`${base}/questions`)).headers.location).toBe(`${base}/questions/2`);
    await answer(actor, base, 2, 'a');
    expect((await browser.get(`${base}/questions`)).headers.location).toBe(`${base}/overview`);
    expect(await rows('quiz_attempts')).toMatchObject([{ submitted_at: null }]);
  });
});

describe('handing in', () => {
  it('names unanswered questions first, with a way to each', async () => {
    const { actor, base, browser } = await setting();
    await answer(actor, base, 1, 'b');
    const $ = page(await browser.get(`${base}/overview`));
    expect($('.lead').text()).toBe('2 questions still wait for an answer.');
    expect(
      $('.quiz-list a')
        .map((_, link) => $(link).attr('href'))
        .get(),
    ).toEqual([1, 2, 3].map((number) => `${base}/questions/${number}`));
    expect($('.quiz-list .is-done').length).toBe(1);
  });

  it('of nothing at all says what to do', async () => {
    const { base, browser } = await setting();
    await browser.get(`${base}/questions/1`);
    const response = await browser.post(`${base}/hand-in`);
    expect(response.status).toBe(422);
    expect(page(response)('.govuk-error-summary').text()).toContain('Answer at least one question first');
  });

  it('closes, scores, completes the lesson and the course, and records what the first answers prove', async () => {
    const { actor, base, browser } = await setting();
    for (const number of [1, 2, 3]) await answer(actor, base, number, 'b');

    const response = await browser.post(`${base}/hand-in`);

    expect([response.status, response.headers.location]).toEqual([303, `${base}/help-level`]);
    expect(await rows('quiz_attempts')).toMatchObject([{ points: '3.00', points_possible: '3.00' }]);
    expect((await rows('enrolments'))[0]).toMatchObject({ lessons_done: 1, lessons_total: 1 });
    expect((await rows('enrolments'))[0].completed_at).toBeInstanceOf(Date);
    expect(await rows('observations')).toMatchObject([{ source: 'quiz', competence_code: '4.2' }]);
    expect((await browser.post(`${base}/hand-in`)).headers.location).toBe(`${base}/questions`);
    expect(await rows('observations')).toHaveLength(1);
  });

  it('refuses an answer that comes after, and says that the rest is safe', async () => {
    const { actor, base, browser } = await setting();
    const { form, sends } = await answer(actor, base, 1, 'a');
    await browser.post(`${base}/hand-in`);
    const late = await browser.post(`${base}/questions/1`, { ...form, answer: sends('b') });
    expect(late.headers.location).toBe(`${base}/result?late=yes`);
    expect(await rows('quiz_answers')).toHaveLength(1);
    expect(page(await browser.get(`${base}/result?late=yes`))('.notice').text()).toContain(
      'All earlier answers are safe',
    );
  });
});

describe('the result', () => {
  it('says what went well, what to practise, and how many times are left', async () => {
    const { actor, base, browser } = await setting({ attempts_allowed: 2 });
    await answer(actor, base, 1, 'b');
    await answer(actor, base, 2, 'a');
    await answer(actor, base, 2, 'b');
    await browser.post(`${base}/hand-in`);

    const $ = page(await browser.get(`${base}/result`));

    expect($('.lead').text()).toBe('Of 3 questions 2 went right.');
    expect(
      $('.quiz-list li .soft')
        .map((_, words) => $(words).text())
        .get(),
    ).toEqual(['You knew this at once', 'You knew this after reading the feedback', 'You did not answer this one']);
    expect($('main').text()).toContain('You can do the questions one more time. The best time counts.');
    expect((await browser.get(`${base}/questions/1/feedback`)).status).toBe(200);
    expect((await browser.get(`${base}/questions/1`)).headers.location).toBe(`${base}/result`);
  });

  it('tells no number when nothing went right', async () => {
    const { actor, base, browser } = await setting();
    await answer(actor, base, 1, 'a');
    await browser.post(`${base}/hand-in`);
    const $ = page(await browser.get(`${base}/result`));
    expect($('.lead').text()).toBe('You went through the questions. Now you know what is worth practising.');
    expect($('#went-well').length).toBe(0);
  });

  it('begins another attempt by its own press, as long as the rule allows', async () => {
    const { actor, base, browser } = await setting({ attempts_allowed: 2 });
    for (const chosen of ['a', 'b']) {
      await browser.post(`${base}/attempts`);
      await answer(actor, base, 1, chosen);
      await browser.post(`${base}/hand-in`);
    }
    const $ = page(await browser.get(`${base}/result`));
    expect($('main').text()).toContain('You have used all your times.');
    expect($('main').text()).toContain('Now it is time 2.');
    expect($('form[action$="/attempts"]').length).toBe(0);

    await browser.post(`${base}/attempts`);
    expect(await rows('quiz_attempts')).toHaveLength(2);
    expect((await browser.get(`${base}/questions`)).headers.location).toBe(`${base}/result`);
  });
});

describe('how it went', () => {
  it('is kept as the own view of each competence, once for one form', async () => {
    const { actor, base, browser } = await setting({ questions: [{}, { competence_code: '2.3' }] });
    const form = { help_level: '1', answer_id: randomUUID() };
    for (let times = 0; times < 2; times += 1) {
      const response = await browser.post(`${base}/help-level`, form);
      expect([response.status, response.headers.location]).toEqual([303, `${base}/result`]);
    }
    expect(await rows('help_levels')).toMatchObject([{ person_id: actor.id, help_level: 1 }]);
    expect(
      await rows('observations').then((all) =>
        all.map((row) => [row.source, row.competence_code, row.help_level, row.level]).sort(),
      ),
    ).toEqual([
      ['self', '2.3', 1, 1],
      ['self', '4.2', 1, 1],
    ]);
  });

  it.each([{}, { help_level: '4' }, { help_level: ['1', '2'] }, { help_level: 'x'.repeat(9999) }])(
    'asks again for %j',
    async (form) => {
      const { base, browser } = await setting();
      const response = await browser.post(`${base}/help-level`, form);
      expect(response.status).toBe(422);
      expect(page(response)('#help_level-error').text()).toContain('Choose how it went');
      expect(await rows('help_levels')).toHaveLength(0);
    },
  );

  it('may be skipped: the way on stands beside it', async () => {
    const { base, browser } = await setting();
    const $ = page(await browser.get(`${base}/help-level`));
    expect($(`main a[href="${base}/result"]`).text()).toContain('I don’t want to answer');
  });
});

it('speaks the language of content that the reader chose', async () => {
  const { base, browser } = await setting({}, { language: 'en', content_language: 'fi' });
  const $ = page(await browser.get(`${base}/questions/1`));
  expect($('h1').text()).toBe('Kysymys numero 1?');
  expect($('legend').attr('lang')).toBe('fi');
  expect($('.langs button[name=language][aria-current]').val()).toBe('fi');
  expect($('.langs button[name=language]').length).toBe(2);
});

it('shows a client no question that is meant for others', async () => {
  const { base, browser } = await setting(
    { questions: [{}, { audience: ['peer_supporter', 'staff'] }] },
    { relation: 'client' },
  );
  expect((await browser.get(`${base}/questions/2`)).status).toBe(404);
  expect(page(await browser.get(`${base}/questions/1`))('.steps').text()).toContain('Question 1 / 1');
});
