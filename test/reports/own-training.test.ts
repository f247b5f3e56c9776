import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam } from '../support/factories';
import { anAgreedCourse, anEnrolment, aTeamOf } from '../support/factories-reports';

const ago = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);
const text = (response: { text: string }) => page(response)('main').text().replace(/\s+/g, ' ');

async function arrange(completedDaysAgo: number) {
  const { organisation, team, members, supervisor } = await aTeamOf({ people: 2, language: 'en' });
  const [learner, colleague] = members as [Actor, Actor];
  const agreed = await anAgreedCourse(organisation, { team }, { title: 'Sovittu kurssi' });
  const free = await anAgreedCourse(organisation, { team: await aTeam(organisation) }, { title: 'Vapaa kurssi' });
  await asOwner(async () => {
    await db().table('path_courses').where({ course_id: agreed.id }).update({ valid_months: 12 });
    await db().table('learning_paths').update({ renewal_days: 30 });
  });
  await anEnrolment(learner, agreed, 4, ago(completedDaysAgo));
  await anEnrolment(learner, free, 1);
  return { organisation, team, learner, colleague, supervisor, agreed, free };
}

const renewedAt = async ({ id }: Actor, course: { id: string }) =>
  (await asOwner(() => db().table('enrolments').where({ person_id: id, course_id: course.id }).first())).renewed_at;

it('shows all own courses on a page and in a file, and to the supervisor only what was agreed', async () => {
  const { learner, supervisor, team } = await arrange(10);
  expect(text(await as(learner).get('/training'))).toMatch(/Sovittu kurssi.*Vapaa kurssi/);
  expect((await as(learner).get('/training.csv')).text).toMatch(/Sovittu kurssi[\s\S]*Vapaa kurssi/);
  for (const ending of ['', '.csv']) {
    const response = await as(supervisor).get(`/team/${team.id}/people/${learner.id}${ending}`);
    expect([response.status, response.text.includes('Sovittu kurssi')]).toEqual([200, true]);
    expect(response.text).not.toContain('Vapaa kurssi');
  }
});

it('shows nobody else’s courses, nor those of the same person in another organisation', async () => {
  const { colleague } = await arrange(10);
  expect(text(await as(colleague).get('/training'))).not.toContain('Vapaa kurssi');
  expect(text(await as(await aPerson({ organisation: await anOrganisation() })).get('/training'))).not.toContain(
    'kurssi',
  );
});

describe('renewing', () => {
  it('is asked when the completion is about to end, and counts from then on', async () => {
    const { learner, agreed, supervisor, team } = await arrange(345);
    const browser = as(learner);
    expect(text(await browser.get('/training'))).toContain('I went through the course again');
    for (let press = 0; press < 2; press += 1) {
      const { status, headers } = await browser.post(`/training/${agreed.id}/renew`);
      expect([status, headers.location]).toEqual([303, '/training?saved=renewed']);
    }
    expect(await asOwner(() => db()('audit_events').where({ action: 'course.renewed' }))).toHaveLength(1);
    expect(text(await browser.get('/training?saved=renewed'))).not.toContain('I went through the course again');
    expect(text(await as(supervisor).get(`/team/${team.id}/people/${learner.id}`))).toContain('Renewed');
  });

  it('is not possible early, for a course not finished, for one that does not end, or for one of others', async () => {
    const { learner, agreed, free, colleague } = await arrange(10);
    for (const course of [agreed, free]) {
      await as(learner).post(`/training/${course.id}/renew`);
      expect(await renewedAt(learner, course)).toBeNull();
    }
    const elsewhere = await anOrganisation();
    const foreign = await anAgreedCourse(elsewhere, { team: await aTeam(elsewhere) });
    expect((await as(learner).post(`/training/${foreign.id}/renew`)).status).toBe(404);
    expect((await as(colleague).post(`/training/${free.id}/renew`)).status).toBe(404);
  });
});
