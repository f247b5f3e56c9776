import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { courseState, type TrainingState } from '../../src/features/reports/figures/training';
import { selectAgreedCourses } from '../../src/features/reports/pages/team.queries';
import { countTraining, selectTrainingToDo } from '../../src/features/reports/pages/training.queries';
import { dayOf } from '../../src/lib/calendar';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope } from '../support/factories';
import { aRecognisedCourse } from '../support/factories-paths';
import {
  aHelpRequest,
  anAgreedCourse,
  anEnrolment,
  anObservation,
  aTeamOf,
  levels,
  monthsAgo,
  withFramework,
} from '../support/factories-reports';

const ago = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);
const rows = (response: { text: string }, caption: string) => {
  const $ = page(response);
  return $('table')
    .toArray()
    .filter((table) => $(table).find('caption').text().trim() === caption)
    .flatMap((table) => $(table).find('tbody tr').toArray())
    .map((row) =>
      $(row)
        .find('th, td')
        .toArray()
        .map((cell) => $(cell).text().replace(/\s+/g, ' ').trim()),
    );
};
const mainOf = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');
const anAdministratorOf = (organisation: { id: string }) =>
  aPerson({ organisation, roles: ['learner', 'administrator'], language: 'en', name: 'Ville Ylläpitäjä' });

/** A team of nine whose people are in every state of an agreed course that ends after a year. */
async function everyState() {
  const arranged = await aTeamOf({ people: 9 });
  const { organisation, team, members } = arranged;
  const course = await anAgreedCourse(organisation, { team, due_on: '2020-01-31' }, { title: 'Turvallisesti' });
  const other = await anAgreedCourse(organisation, { team }, { title: 'Vapaassa tahdissa' });
  await asOwner(async () => {
    await db().table('path_courses').where({ course_id: course.id }).update({ valid_months: 12 });
    await db().table('learning_paths').update({ renewal_days: 30 });
  });
  for (const [index, days] of [10, 20, 345, 400, 500].entries())
    await anEnrolment(members[index] as Actor, course, 4, ago(days));
  await anEnrolment(members[5] as Actor, course, 2);
  await anEnrolment(members[6] as Actor, other, 2);
  // Learnt before: of one it is valid, of another its year is over, and the third studied it all the same.
  await aRecognisedCourse(members[7] as Actor, other);
  await aRecognisedCourse(members[8] as Actor, course, ago(500));
  await aRecognisedCourse(members[0] as Actor, course);
  return { ...arranged, course, other, administrator: await anAdministratorOf(organisation) };
}

describe('/reports', () => {
  it('lists what each may read, with a question for each', async () => {
    const { supervisor, team, organisation } = await aTeamOf({ people: 1 });
    const links = async (actor: Actor) => {
      const $ = page(await as(actor).get('/reports'));
      return $('.report-list a')
        .toArray()
        .map((link) => $(link).attr('href'));
    };
    const ofSupervisor = await links(supervisor);
    expect(ofSupervisor).toContain(`/team/${team.id}/heat-map`);
    expect(ofSupervisor.filter((href) => href?.startsWith('/reports/'))).toEqual(['/reports/own']);
    const ofAdministrator = await links(await anAdministratorOf(organisation));
    expect(ofAdministrator).toEqual(expect.arrayContaining(['/reports/one-page', '/reports/dialogue', '/team']));
    expect(ofAdministrator.filter((href) => href?.includes(team.id))).toEqual([]);
  });

  it('has no link that does not open', async () => {
    const { supervisor, organisation } = await aTeamOf({ people: 1 });
    for (const actor of [supervisor, await anAdministratorOf(organisation)]) {
      const browser = as(actor);
      const $ = page(await browser.get('/reports'));
      for (const link of $('.report-list a').toArray()) {
        const { status } = await browser.get($(link).attr('href') ?? '');
        expect([$(link).attr('href'), [200, 303].includes(status)]).toEqual([$(link).attr('href'), true]);
      }
    }
  });
});

describe('/reports/training', () => {
  it('counts states by course and team, and names whom to agree with next', async () => {
    const { administrator } = await everyState();
    const response = await as(administrator).get('/reports/training');
    // Done, recognised, on the way, not started, ends soon, date passed, ended.
    expect(rows(response, 'The whole organisation')).toEqual([
      ['Turvallisesti', '2', '0', '0', '0', '1', '3', '3'],
      ['Vapaassa tahdissa', '0', '1', '1', '7', '0', '0', '0'],
    ]);
    const named = rows(response, 'With whom to agree next').map(([name, , title, state]) => [name, title, state]);
    expect(named).toHaveLength(7);
    expect(named[0]).toEqual(['Jäsen 3', 'Turvallisesti', 'Ends soon']);
    expect(named.map(([name]) => name)).not.toContain('Jäsen 1');
    const looks = await asOwner(() => db().table('looks').where({ viewer_id: administrator.id }).pluck('person_id'));
    expect(looks).toHaveLength(new Set(named.map(([name]) => name)).size);
  });

  it('says of every person and course the same as the page of their team', async () => {
    const { administrator, organisation, team } = await everyState();
    await inScope(administrator, async () => {
      const { rows: agreed } = await selectAgreedCourses(organisation.id, team.id, 'fi');
      const expected: Record<string, number> = {};
      for (const course of agreed) {
        const key = `${course.title} ${courseState(course, dayOf(new Date()))}`;
        expected[key] = (expected[key] ?? 0) + 1;
      }
      const counted = (await countTraining(organisation.id, 'fi')).rows.filter(({ team_id }) => team_id === team.id);
      expect(Object.fromEntries(counted.map(({ title, state, people }) => [`${title} ${state}`, people]))).toEqual(
        expected,
      );
      const states = new Set<TrainingState>(['expired', 'late', 'expiring']);
      const { rows: toDo } = await selectTrainingToDo(organisation.id, 'fi', 100);
      expect(toDo.length).toBe(agreed.filter((course) => states.has(courseState(course, dayOf(new Date())))).length);
    });
  });

  it('has nothing of another organisation, and nobody who has left', async () => {
    const { organisation, members, team } = await everyState();
    const other = await anAdministratorOf(await anOrganisation());
    expect(mainOf(await as(other).get('/reports/training'))).not.toMatch(/Turvallisesti|Jäsen/);
    const administrator = await anAdministratorOf(organisation);
    await asOwner(() =>
      db()
        .table('memberships')
        .where({ person_id: members[2]?.id })
        .update({ ended_on: ago(1) }),
    );
    expect(mainOf(await as(administrator).get('/reports/training'))).not.toContain('Jäsen 3');
    expect(team.id).toBeTruthy();
  });

  it('gives every row in its file', async () => {
    const { administrator } = await everyState();
    const { text } = await as(administrator).get('/reports/training.csv');
    expect(text.split('\r\n').filter((line) => /Jäsen \d/.test(line))).toHaveLength(7);
  });
});

describe('/reports/courses', () => {
  /** `stopped` people have each lesson as their next; the rest of twenty have finished. */
  async function aCourseLeft(stopped: number[], finished = 6) {
    const organisation = await anOrganisation();
    const course = await anAgreedCourse(organisation, { team: await aTeam(organisation) }, { lessons: stopped.length });
    const begin = async (done: number, completed_at: Date | null) => {
      const person = await aPerson({ organisation, started_on: new Date('2020-01-01') });
      await asOwner(async () => {
        const ours = { organisation_id: organisation.id, person_id: person.id, course_id: course.id };
        await db()
          .table('enrolments')
          .insert({
            ...ours,
            lessons_done: done,
            lessons_total: stopped.length,
            started_at: monthsAgo(4),
            completed_at,
          });
        for (const lesson_id of course.lessons.slice(0, done))
          await db()
            .table('lesson_progress')
            .insert({ ...ours, lesson_id, opened_at: monthsAgo(4), completed_at: monthsAgo(3) });
      });
    };
    for (const [done, people] of stopped.entries()) for (let one = 0; one < people; one += 1) await begin(done, null);
    for (let one = 0; one < finished; one += 1) await begin(stopped.length, monthsAgo(3));
    return { organisation, course, administrator: await anAdministratorOf(organisation) };
  }

  it('shows where people stop, and what of the lesson to look at', async () => {
    const { administrator, course } = await aCourseLeft([0, 7, 0, 5]);
    await asOwner(() =>
      db()
        .table('lesson_texts')
        .insert({ lesson_id: course.lessons[3], language: 'fi-x-selko', title: 'Selko', body: '' }),
    );
    const response = await as(administrator).get(`/reports/courses/${course.id}`);
    const lines = rows(response, 'Where people stop');
    expect(lines.map(([lesson, people]) => [lesson, people])).toEqual([
      ['1. Osa 1', '0'],
      ['2. Osa 2', '7'],
      ['3. Osa 3', '0'],
      ['4. Osa 4', '5'],
    ]);
    expect(lines[1]?.[2]).toContain('no easy Finnish');
    expect(lines[3]?.[2]).not.toContain('no easy Finnish');
    expect(mainOf(response)).toContain('7 stopped before this: 2. Osa 2.');
    expect(mainOf(response)).toContain(
      '18 people started. 6 of them have finished, 0 are going on and 12 have stopped.',
    );
  });

  it('counts lessons in a row together rather than show a few', async () => {
    const { administrator, course } = await aCourseLeft([3, 1, 2, 6]);
    const lines = rows(await as(administrator).get(`/reports/courses/${course.id}`), 'Where people stop');
    expect(lines.map(([lesson, people]) => [lesson, people])).toEqual([
      ['lessons 1–3, beginning with Osa 1', '6'],
      ['4. Osa 4', '6'],
    ]);
  });

  it('shows no numbers of a course where a part is small, on the page and in the list', async () => {
    const { administrator, course } = await aCourseLeft([3, 0], 9);
    const response = await as(administrator).get(`/reports/courses/${course.id}`);
    expect(rows(response, 'Where people stop')).toEqual([]);
    expect(mainOf(response)).not.toMatch(/\b(3|9|12) /);
    const [line] = rows(await as(administrator).get('/reports/courses'), 'Courses');
    expect(line?.slice(2).join(' ')).toMatch(/^Hidden.*Hidden/);
    expect(line?.slice(1).join(' ')).not.toMatch(/\b(3|9)\b/);
  });

  it('answers also for a course that nobody has begun, and not for one of others', async () => {
    const { administrator, organisation } = await aCourseLeft([5], 0);
    const unused = await anAgreedCourse(organisation, { team: await aTeam(organisation) });
    const elsewhere = await anOrganisation();
    const foreign = await anAgreedCourse(elsewhere, { team: await aTeam(elsewhere) });
    expect((await as(administrator).get(`/reports/courses/${unused.id}`)).status).toBe(200);
    expect((await as(administrator).get(`/reports/courses/${unused.id}.csv`)).status).toBe(200);
    expect((await as(administrator).get(`/reports/courses/${foreign.id}`)).status).toBe(404);
    expect((await as(administrator).get('/reports/courses/no-such')).status).toBe(404);
  });
});

describe('/reports/dialogue', () => {
  const form = (values: object = {}) => ({ id: randomUUID(), item: 'needs', handled_on: '2026-03-02', ...values });

  it('writes down once what was handled, however often the form is sent, and keeps earlier days', async () => {
    const administrator = await anAdministratorOf(await anOrganisation());
    const sent = form();
    for (let press = 0; press < 2; press += 1) {
      const { status, headers } = await as(administrator).post('/reports/dialogue', sent);
      expect([status, headers.location]).toEqual([303, '/reports/dialogue?saved=dialogue']);
    }
    await as(administrator).post('/reports/dialogue', form({ handled_on: '2026-04-02' }));
    expect(await asOwner(() => db().table('dialogue_records'))).toHaveLength(2);
    expect(await asOwner(() => db()('audit_events').where({ action: 'dialogue.recorded' }))).toHaveLength(2);
    const line = rows(await as(administrator).get('/reports/dialogue'), 'Handled with the staff')[0];
    expect(line?.slice(1)).toEqual(['Handled', '2 Apr 2026']);
  });

  it.each([
    [{ item: 'nonsense' }, 'item'],
    [{ item: '' }, 'item'],
    [{ handled_on: '2999-01-01' }, 'handled_on'],
    [{ handled_on: '2026-02-31' }, 'handled_on'],
    [{ handled_on: '' }, 'handled_on'],
    [{ handled_on: '0001-01-01' }, 'handled_on'],
  ])('refuses %j with a message by the field', async (values, field) => {
    const administrator = await anAdministratorOf(await anOrganisation());
    const response = await as(administrator).post('/reports/dialogue', form(values));
    expect([response.status, page(response)(`#${field}-error`).length]).toEqual([422, 1]);
    expect(await asOwner(() => db().table('dialogue_records'))).toEqual([]);
  });

  it('names nobody and no team, and shows nothing of another organisation', async () => {
    await withFramework();
    const { organisation, members } = await aTeamOf({ people: 8, target_profile: 'professional' });
    await levels(
      members,
      '4.2',
      members.map((_, index) => [2, index % 2 ? 6 : 2] as const),
    );
    const administrator = await anAdministratorOf(organisation);
    const text = mainOf(await as(administrator).get('/reports/dialogue'));
    expect(text).toContain('8');
    expect(text).not.toMatch(/Jäsen|Helena|Tiimi /);
    const { text: file } = await as(administrator).get('/reports/dialogue.csv');
    expect(file).not.toMatch(/Jäsen|Helena/);
    await as(administrator).post('/reports/dialogue', form());
    const elsewhere = await anAdministratorOf(await anOrganisation());
    expect(mainOf(await as(elsewhere).get('/reports/dialogue'))).not.toContain('2 Mar 2026');
  });
});

it('asks the database as much for many people as for few', async () => {
  await withFramework();
  const count = async (people: number) => {
    const { supervisor, team, members, organisation } = await aTeamOf({ people, target_profile: 'professional' });
    const course = await anAgreedCourse(organisation, { team });
    for (const member of members) {
      await anEnrolment(member, course, 1);
      await aHelpRequest(member, { asked_at: monthsAgo(1), lesson_id: course.lessons[0] as string });
      await anObservation(member, { at: monthsAgo(1) });
    }
    const administrator = await anAdministratorOf(organisation);
    const ours = [
      'one-page',
      'growth',
      'coverage',
      'heat-map',
      'training',
      'courses',
      `courses/${course.id}`,
      'dialogue',
    ];
    const pages: [Actor, string][] = [
      ...ours.map((path): [Actor, string] => [administrator, `/reports/${path}`]),
      ...['one-page', 'heat-map', `people/${members[0]?.id}`].map((path): [Actor, string] => [
        supervisor,
        `/team/${team.id}/${path}`,
      ]),
      [members[0] as Actor, '/training'],
    ];
    const sent: [string, number][] = [];
    // Once for what is kept from then on, once to count.
    for (const round of [0, 1])
      for (const [actor, path] of pages) {
        const before = statementsSent();
        expect([path, (await as(actor).get(path)).status]).toEqual([path, 200]);
        if (round === 1) sent.push([path.replace(/[0-9a-f-]{36}/g, 'ID'), statementsSent() - before]);
      }
    return sent;
  };
  const few = await count(2);
  expect(await count(7)).toEqual(few);
  expect(Math.max(...few.map(([, queries]) => queries))).toBeLessThanOrEqual(15);
}, 60_000);
