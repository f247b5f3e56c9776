import { findEnrolment } from '../../src/features/progress/progress.model';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aLearner(values: { content_language?: 'sv' | 'fi-x-selko' } = {}) {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation, ...values });
  const course = await aCourse(organisation, { slug: 'course' });
  const first = await aLesson(course, { slug: 'first', practice: 'Look at\nyour phone.' });
  const last = await aLesson(course, { slug: 'last' });
  const enrolment = () => inScope(actor, () => findEnrolment(organisation.id, actor.id, course.id));
  return { organisation, actor, course, first, last, enrolment, browser: as(actor) };
}

describe('a lesson', () => {
  it('is shown with its practice, its place in the course and who sees what, and is then the one to continue', async () => {
    const { browser, first, enrolment } = await aLearner();
    const $ = page(await browser.get('/learn/course/first'));
    expect($('h1').text()).toBe('Hyvä salasana');
    expect($('.kicker').text()).toContain('Lesson 1 / 2');
    expect($('.prose p#spot-2').text()).toBe('Toka kappale.');
    expect($('.try p').html()).toBe('Look at<br>your phone.');
    expect($('.outline .is-now')).toHaveLength(1);
    expect($('.who-sees')).toHaveLength(1);
    expect((await enrolment())?.last_lesson_id).toBe(first.id);
  });

  it('is read with one press, as often as one likes, and leads to the next one and at last to the course', async () => {
    const { browser, enrolment } = await aLearner();
    expect((await browser.post('/learn/course/first/done')).headers.location).toBe('/learn/course/last');
    expect((await browser.post('/learn/course/first/done')).headers.location).toBe('/learn/course/last');
    expect(await enrolment()).toMatchObject({ lessons_done: 1, completed_at: null });
    expect((await browser.post('/learn/course/last/done')).headers.location).toBe('/learn/course');
    expect(await enrolment()).toMatchObject({ lessons_done: 2, completed_at: expect.any(Date) });
    expect(page(await browser.get('/learn/course'))('#completed-heading').text()).toBe('The course is done');
    expect(page(await browser.get('/learn/course/first'))('form[action$="/done"]')).toHaveLength(0);
  });

  it('leads to what is still undone when the last one was read first', async () => {
    const { browser } = await aLearner();
    expect((await browser.post('/learn/course/last/done')).headers.location).toBe('/learn/course/first');
  });

  it('leads to its questions, and a quiz is not read but answered', async () => {
    const { browser, course, organisation } = await aLearner();
    const [quiz] = await db().table('quizzes').insert({ organisation_id: organisation.id }).returning('id');
    await aLesson(course, { slug: 'quiz', kind: 'quiz', quiz_id: quiz.id });
    expect((await browser.post('/learn/course/last/done')).headers.location).toBe('/learn/course/quiz/questions');
    expect((await browser.get('/learn/course/quiz')).headers.location).toBe('/learn/course/quiz/questions');
    await browser.post('/learn/course/quiz/done');
    expect(page(await browser.get('/learn/course'))('.trail .is-done')).toHaveLength(1);
  });
});

describe('the place in a lesson', () => {
  it('is kept, and the course continues at it', async () => {
    const { browser } = await aLearner();
    await browser.get('/learn/course/first');
    expect((await browser.post('/learn/course/first/spot', { spot: 'spot-2' })).status).toBe(204);
    expect(page(await browser.get('/learn/course'))('.next-step a').attr('href')).toBe('/learn/course/first#spot-2');
  });

  it('is only a place of the page', async () => {
    const { browser } = await aLearner();
    for (const spot of ['', '"><script>', 'javascript:alert(1)', 'a b', 'x'.repeat(100)])
      expect((await browser.post('/learn/course/first/spot', { spot })).status).toBe(422);
  });

  it('of an old tab does not change which lesson is the one to continue', async () => {
    const { browser, last, enrolment } = await aLearner();
    await browser.get('/learn/course/first');
    await browser.get('/learn/course/last');
    await browser.post('/learn/course/first/spot', { spot: 'spot-1' });
    expect((await enrolment())?.last_lesson_id).toBe(last.id);
  });
});

describe('the language of a text', () => {
  it('is chosen once, kept for the person, and leaves them where they were', async () => {
    const { browser, actor } = await aLearner();
    const response = await browser.post('/learn/course/first/language', { language: 'fi', spot: 'spot-2' });
    expect(response.headers.location).toBe('/learn/course/first#spot-2');
    const again = await reload(actor);
    expect([again.content_language, again.language]).toEqual(['fi', 'en']);
    expect(page(await as(again).get('/learn/course/first'))('article .prose').attr('lang')).toBe('fi');
  });

  it('that a lesson lacks is said, and the nearest one is shown', async () => {
    const { actor } = await aLearner({ content_language: 'fi-x-selko' });
    const $ = page(await as(actor).get('/learn/course/first'));
    expect($('article').text()).toContain('This lesson is not in easy Finnish yet. That is why you see it in Finnish.');
    expect($('.lesson-bar .langs button')).toHaveLength(2);
  });

  it('nobody has read yet is said', async () => {
    const { browser, first } = await aLearner();
    expect((await browser.get('/learn/course/first')).text).toContain('A native reader of English has not checked');
    await asOwner(() => db().table('lesson_texts').where({ lesson_id: first.id }).update({ reviewed: true }));
    expect((await browser.get('/learn/course/first')).text).not.toContain('A native reader');
  });
});

it('names those who signed the lesson, as they wish to be shown', async () => {
  const { browser, first } = await aLearner();
  const credit = { lesson_id: first.id, signed_at: new Date() };
  await asOwner(() =>
    db()
      .table('lesson_credits')
      .insert([
        { ...credit, kind: 'true_to_life', name: 'Eeva' },
        { ...credit, kind: 'correct_and_safe', name: '' },
      ]),
  );
  const $ = page(await browser.get('/learn/course/first'));
  expect($('.credits li')).toHaveLength(1);
  expect($('.credits').text()).toContain('True to life: Eeva');
});

it('keeps apart what one person did in two organisations', async () => {
  const { actor, course } = await aLearner();
  const other = await aPerson();
  await asOwner(() =>
    db().table('memberships').insert({ organisation_id: other.organisation_id, person_id: actor.id }),
  );
  await asOwner(() => db().table('course_shares').insert({ course_id: course.id, organisation_id: null }));
  await as(actor).post('/learn/course/first/done');
  const there = await reload({ id: actor.id, organisation_id: other.organisation_id });
  expect(page(await as(there).get('/learn/course'))('.trail .is-done')).toHaveLength(0);
  expect(page(await as(actor).get('/learn/course'))('.trail .is-done')).toHaveLength(1);
});

it('sends as many queries for a long course as for a short one', async () => {
  const { browser, course } = await aLearner();
  const count = async (path: string) => {
    await browser.get(path);
    const before = statementsSent();
    await browser.get(path);
    return statementsSent() - before;
  };
  const few = [await count('/learn/course'), await count('/learn/course/first')];
  for (let more = 0; more < 20; more += 1) await aLesson(course);
  expect([await count('/learn/course'), await count('/learn/course/first')]).toEqual(few);
  expect(few[1]).toBe(2);
});
