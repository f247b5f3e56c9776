import { findEnrolment } from '../../src/features/progress/progress.model';
import { completeLesson, openLesson } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aLearnerWithCourse(relation: 'employee' | 'client' = 'client') {
  const organisation = await anOrganisation();
  const actor = await aPerson({ organisation, relation });
  const course = await aCourse(organisation);
  const lessons = [
    await aLesson(course),
    await aLesson(course),
    await aLesson(course, { audience: ['staff'] }),
  ] as const;
  await aLesson(course, { published_at: null });
  const enrolment = () => inScope(actor, () => findEnrolment(organisation.id, actor.id, course.id));
  return { actor, course, lessons, enrolment };
}

it('begins a course at the first lesson opened, and keeps the newest as the one to continue', async () => {
  const { actor, lessons, enrolment } = await aLearnerWithCourse();
  await inScope(actor, async () => {
    await openLesson(actor, lessons[0], 'spot-3');
    await openLesson(actor, lessons[1]);
    await openLesson(actor, lessons[0]);
  });
  expect(await enrolment()).toMatchObject({ lessons_total: 2, lessons_done: 0, last_lesson_id: lessons[0].id });
  const rows = await inScope(actor, () => db().table('lesson_progress').where({ person_id: actor.id }));
  expect(rows.map(({ spot }) => spot).sort()).toEqual(['', 'spot-3']);
});

it('counts a lesson once however often it is completed, and the course is complete with its last', async () => {
  const { actor, lessons, enrolment } = await aLearnerWithCourse();
  await inScope(actor, () => completeLesson(actor, lessons[0]));
  await inScope(actor, () => completeLesson(actor, lessons[0]));
  expect(await enrolment()).toMatchObject({ lessons_done: 1, completed_at: null });

  const done = await inScope(actor, () => completeLesson(actor, lessons[1]));
  expect(done).toMatchObject({ lessons_done: 2, lessons_total: 2, completed_at: expect.any(Date) });
  const again = await inScope(actor, () => completeLesson(actor, lessons[1]));
  expect(again.completed_at).toEqual(done.completed_at);
});

it('counts the lessons that are meant for the person', async () => {
  const { actor, lessons, enrolment } = await aLearnerWithCourse('employee');
  await inScope(actor, () => completeLesson(actor, lessons[0]));
  expect(await enrolment()).toMatchObject({ lessons_done: 1, lessons_total: 3 });
});

it('leaves a complete course complete when a lesson is added to it', async () => {
  const { actor, course, lessons, enrolment } = await aLearnerWithCourse();
  await inScope(actor, () => completeLesson(actor, lessons[0]));
  await inScope(actor, () => completeLesson(actor, lessons[1]));
  const added = await aLesson(course);
  await inScope(actor, () => openLesson(actor, added));
  expect(await enrolment()).toMatchObject({ lessons_total: 3, completed_at: expect.any(Date) });
});

it('completes all or nothing', async () => {
  const { actor, enrolment } = await aLearnerWithCourse();
  const absent = { id: '00000000-0000-4000-8000-000000000000', course_id: '00000000-0000-4000-8000-000000000000' };
  await expect(inScope(actor, () => completeLesson(actor, absent))).rejects.toThrow();
  expect(await enrolment()).toBeUndefined();
});
