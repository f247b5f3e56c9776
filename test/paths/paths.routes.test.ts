import { completeLesson } from '../../src/features/progress/progress.service';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { anAssignment, aPath } from '../support/factories-paths';
import { aQuizLesson } from '../support/factories-quizzes';

async function aLearnerOnAPath() {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation });
  const courses = [
    await aCourse(organisation, { title: 'Eka' }),
    await aCourse(organisation, { title: 'Toka' }),
    await aCourse(organisation, { title: 'Luonnos', published_at: null }),
  ];
  const lessons = [await aLesson(courses[0]!), await aLesson(courses[1]!)] as const;
  const path = await aPath(organisation, { slug: 'alku', courses });
  return { organisation, actor, path, courses, lessons, browser: as(actor) };
}

it('shows the paths of the organisation, those agreed with me or my team first, with the nearest day', async () => {
  const { organisation, actor, path, browser } = await aLearnerOnAPath();
  await aPath(organisation, { title: 'Muu' });
  await aPath(await anOrganisation(), { title: 'Vieras' });
  const team = await aTeam(organisation, { members: [actor] });
  const left = await aTeam(organisation, { members: [actor] });
  await asOwner(() =>
    db()('team_members')
      .where({ team_id: left.id })
      .update({ left_on: new Date('2020-01-01') }),
  );
  await anAssignment(path, { team, due_on: '2031-06-30' });
  await anAssignment(path, { person: actor, due_on: '2031-05-31' });
  await anAssignment(path, { team: left, due_on: '2031-01-01' });

  const $ = page(await browser.get('/paths'));

  expect($('section[aria-labelledby=yours] h3').text()).toBe('Digiturvan alku');
  expect($('section[aria-labelledby=yours]').text()).toContain('Agreed for 31 May 2031');
  expect($('section[aria-labelledby=others] h3').text()).toBe('Muu');
  expect($('main').text()).not.toContain('Vieras');
});

it('says how far one is, what comes next, and when all is done', async () => {
  const { actor, lessons, courses, browser } = await aLearnerOnAPath();
  await inScope(actor, () => completeLesson(actor, lessons[0]));
  let $ = page(await browser.get('/paths/alku'));
  expect($('.next-step h2').text()).toBe('Toka');
  expect($('.next-step a').attr('href')).toBe(`/learn/${courses[1]?.slug}`);
  expect($('.next-step').text()).toContain('1 / 2 steps done');
  expect($('.trail__step')).toHaveLength(2);
  await inScope(actor, () => completeLesson(actor, lessons[1]));
  $ = page(await browser.get('/paths/alku'));
  expect($('.notice').text()).toContain('The path is done');
});

it('leads from a completed course to the next one of an agreed path', async () => {
  const { actor, path, courses, lessons, browser } = await aLearnerOnAPath();
  await inScope(actor, () => completeLesson(actor, lessons[0]));
  const address = `/learn/${courses[0]?.slug}`;
  expect(page(await browser.get(address))('main .govuk-button')).toHaveLength(0);
  await anAssignment(path, { person: actor });
  expect(page(await browser.get(address))('main .govuk-button').attr('href')).toBe(`/learn/${courses[1]?.slug}`);
});

it('is not found in another organisation', async () => {
  const { path } = await aLearnerOnAPath();
  const stranger = await aPerson({ roles: ['administrator'] });
  for (const address of ['/paths/alku', '/paths/manage/alku', '/paths/manage/alku/edit'])
    expect([address, (await as(stranger).get(address)).status]).toEqual([address, 404]);
  expect((await as(stranger).post('/paths/manage/alku/assignments', { who: `person:${stranger.id}` })).status).toBe(
    404,
  );
  expect((await as(stranger).post('/paths/manage/alku/edit', {})).status).toBe(404);
  expect(path.slug).toBe('alku');
});

it('sends as many queries for many paths and courses as for one', async () => {
  const { organisation, browser, courses } = await aLearnerOnAPath();
  const count = async (address: string) => {
    const before = statementsSent();
    await browser.get(address);
    return statementsSent() - before;
  };
  // The framework's words are read once and kept in memory.
  await count('/paths');
  const few = [await count('/paths'), await count('/paths/alku')];
  for (let more = 0; more < 10; more += 1) await aPath(organisation, { courses });
  expect([await count('/paths'), await count('/paths/alku')]).toEqual(few);
  // A few statements for the paths, their steps and what is known of the person, however many there are.
  expect(few).toEqual([6, 6]);
});

it('counts a fork once, and leads by the result to the way that is one’s own', async () => {
  const { actor, path, courses, browser } = await aLearnerOnAPath();
  const organisation_id = actor.organisation_id;
  const quiz = await asOwner(() => aQuizLesson({ id: organisation_id }));
  await asOwner(async () => {
    await db().table('path_steps').where({ path_id: path.id }).update({ position: 9 });
    const step = { organisation_id, path_id: path.id, kind: 'lesson', lesson_id: quiz.lesson, position: 1 };
    const [{ id: other_step_id }] = await db().table('path_steps').insert(step).returning('id');
    for (const [index, kind] of ['went_well', 'went_less'].entries()) {
      const { id: step_id } = await db()
        .table('path_steps')
        .where({ path_id: path.id, course_id: courses[index]?.id })
        .first('id');
      await db().table('path_conditions').insert({ step_id, kind, other_step_id, share: 80 });
    }
  });
  const shown = async () => {
    const $ = page(await browser.get('/paths/alku'));
    return [
      $('.next-step h2').text(),
      $('.trail__step').length,
      $('.next-step')
        .text()
        .match(/\d \/ \d/)?.[0],
    ];
  };
  expect(await shown()).toEqual(['Questions on safety', 3, '0 / 2']);
  const attempt = { organisation_id, person_id: actor.id, quiz_id: quiz.quiz, number: 1, language: 'fi' };
  const sat = { started_at: new Date(), submitted_at: new Date(), points: 1, points_possible: 4 };
  await asOwner(() =>
    db()
      .table('quiz_attempts')
      .insert({ ...attempt, ...sat }),
  );
  await inScope(actor, () => completeLesson(actor, { id: quiz.lesson, course_id: quiz.course }));
  expect(await shown()).toEqual(['Toka', 2, '1 / 2']);
  await asOwner(() =>
    db()
      .table('quiz_attempts')
      .insert({ ...attempt, ...sat, number: 2, points: 4 }),
  );
  expect((await shown())[0]).toBe('Eka');
});
