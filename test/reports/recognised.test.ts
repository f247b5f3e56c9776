import type { Actor } from '../../src/features/organisations/organisations.model';
import { remindOfLearning } from '../../src/features/progress/reminders.service';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { aRecognisedCourse } from '../support/factories-paths';
import { anAgreedCourse, anEnrolment, aTeamOf, monthsAgo } from '../support/factories-reports';

const text = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');

/** A team where so many finished the agreed course and so many learnt it before. */
async function arrange(finished: number, recognised: number) {
  const due_on = addCalendarDays(dayOf(new Date()), 3);
  const arranged = await aTeamOf({ people: finished + recognised, language: 'en' });
  const { organisation, team, members } = arranged;
  const course = await anAgreedCourse(organisation, { team, due_on }, { title: 'Sovittu' });
  for (const [index, member] of members.entries()) {
    if (index < finished) await anEnrolment(member, course, 4, monthsAgo(2));
    else await aRecognisedCourse(member, course, monthsAgo(2));
  }
  const administrator = await aPerson({ organisation, roles: ['administrator'], language: 'en' });
  return { ...arranged, course, administrator };
}

it('is counted beside what was completed in each report, never with it', async () => {
  const { administrator, supervisor, team, course } = await arrange(12, 5);
  const path = await asOwner(() => db().table('learning_paths').first());
  for (const reader of [administrator, supervisor])
    expect(text(await as(reader).get(`/paths/manage/${path.slug}`))).toContain('Completed 12, recognised 5.');
  expect(text(await as(supervisor).get(`/team/${team.id}`))).toMatch(
    /12 \/ 17.*And 5 with earlier learning recognised/,
  );
  expect(text(await as(administrator).get('/reports/training'))).toContain('5 were recognised');
  const courses = page(await as(administrator).get('/reports/courses'));
  const cells = courses('tbody tr').first().find('td').toArray();
  // Began, finished, going, stopped, recognised.
  expect(cells.map((cell) => courses(cell).text().trim())).toEqual(['12', '12', '0', '0', '5']);
  expect(text(await as(administrator).get(`/reports/courses/${course.id}`))).toContain(
    'For 5 more people the course was recognised.',
  );
  const file = await as(supervisor).get(`/team/${team.id}/completions.csv`);
  expect(file.text.match(/Recognised/g)).toHaveLength(5);
});

it('is hidden where it would tell of few', async () => {
  const { administrator } = await arrange(12, 4);
  const courses = page(await as(administrator).get('/reports/courses'));
  expect(courses('tbody tr td').last().text()).toMatch(/^\s*Hidden/);
});

it('asks nobody to hurry: no reminder, and no place among those who need somebody', async () => {
  const { organisation, members, supervisor, team, course } = await arrange(0, 1);
  const [learner] = members as [Actor];
  await remindOfLearning(organisation.id);
  expect(await asOwner(() => db().table('notifications').where({ person_id: learner.id }))).toEqual([]);
  expect(page(await as(supervisor).get(`/team/${team.id}`))('#needs')).toHaveLength(0);
  expect(text(await as(learner).get('/training'))).toContain('You knew this already: recognised');
  expect(text(await as(learner).get('/training'))).not.toContain('I went through the course again');
  await asOwner(() => db().table('path_step_marks').delete());
  await remindOfLearning(organisation.id);
  expect(await asOwner(() => db().table('notifications').where({ person_id: learner.id }).pluck('kind'))).toEqual([
    'reminder.due',
  ]);
  expect(course.total).toBe(4);
});
