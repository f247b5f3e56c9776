import type { Actor } from '../../src/features/organisations/organisations.model';
import { completeLesson, renewCourse } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, aTeam, inScope } from '../support/factories';
import { anAgreedCourse, aTeamOf } from '../support/factories-reports';

const text = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');
const history = () => asOwner(() => db().table('course_completions').orderBy('completed_at'));

/** Moves all that happened so many months back. */
const monthsPass = (months: number) =>
  asOwner(async () => {
    const back = (columns: string[]) =>
      columns.map((column) => `${column} = ${column} - make_interval(months => ${months})`).join(', ');
    await db().raw(`update enrolments set ${back(['started_at', 'completed_at', 'renewed_at', 'counts_from'])}`);
    await db().raw(`update course_completions set ${back(['completed_at', 'valid_until'])}`);
  });

async function arrange() {
  const { organisation, team, members, supervisor } = await aTeamOf({ people: 1, language: 'en' });
  const [learner] = members as [Actor];
  const agreed = await anAgreedCourse(organisation, { team }, { title: 'Sovittu kurssi', lessons: 1 });
  const free = await anAgreedCourse(organisation, { team: await aTeam(organisation) }, { title: 'Vapaa', lessons: 1 });
  await asOwner(() => db().table('path_courses').where({ course_id: agreed.id }).update({ valid_months: 12 }));
  const complete = ({ id, lessons }: typeof agreed) =>
    inScope(learner, () => completeLesson(learner, { id: lessons[0] as string, course_id: id }));
  return { organisation, team, learner, supervisor, agreed, free, complete };
}

it('keeps each completion with its own last day, and shows all of them to the person', async () => {
  const { learner, agreed, complete } = await arrange();
  for (let times = 0; times < 2; times += 1) await complete(agreed);
  expect(await history()).toMatchObject([{ is_renewal: false }]);
  await monthsPass(15);
  await inScope(learner, () => renewCourse(learner, agreed.id));
  await monthsPass(14);
  // The agreement changes: what was, stays as it was.
  await asOwner(() => db().table('path_courses').where({ course_id: agreed.id }).update({ valid_months: 24 }));
  await inScope(learner, () => renewCourse(learner, agreed.id));

  const rows = await history();
  expect(rows.map(({ is_renewal }) => is_renewal)).toEqual([false, true, true]);
  const months = rows.map((row) =>
    Math.round((new Date(row.valid_until).getTime() - row.completed_at) / 2_629_800_000),
  );
  expect(months.slice(0, 2)).toEqual([12, 12]);
  expect(months[2]).toBeGreaterThanOrEqual(23);
  const shown = page(await as(learner).get('/training'))('details ol li');
  expect(shown).toHaveLength(3);
  expect(shown.last().text()).toMatch(/First time .* valid until/i);
  const file = (await as(learner).get('/training.csv')).text;
  expect(file.match(/Renewed/g)?.length).toBeGreaterThanOrEqual(2);
});

it('shows the supervisor what is agreed and nothing of what one studies freely', async () => {
  const { learner, supervisor, team, agreed, free, complete } = await arrange();
  for (const course of [agreed, free]) await complete(course);
  await monthsPass(15);
  for (const course of [agreed, free]) await inScope(learner, () => renewCourse(learner, course.id));
  expect(page(await as(learner).get('/training'))('details ol')).toHaveLength(2);
  const address = `/team/${team.id}/people/${learner.id}`;
  expect(page(await as(supervisor).get(address))('details ol li')).toHaveLength(2);
  const file = (await as(supervisor).get(`${address}.csv`)).text;
  expect([file.includes('Sovittu kurssi'), file.includes('Vapaa')]).toEqual([true, false]);
  const stranger = await aPerson();
  expect(text(await as(stranger).get('/training'))).not.toContain('Sovittu');
  expect(await inScope(stranger, () => db().table('course_completions'))).toEqual([]);
});

it.each(['update course_completions set is_renewal = true', 'delete from course_completions'])(
  'is only added to: %s',
  async (change) => {
    const { learner, agreed, complete } = await arrange();
    await complete(agreed);
    await expect(inScope(learner, () => db().raw(change))).rejects.toThrow(/permission denied/);
  },
);
