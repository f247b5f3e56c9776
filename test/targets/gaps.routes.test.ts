import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import { aCourse } from '../support/factories-courses';
import { theFramework } from '../support/factories-skills';

async function aTeamWith() {
  await theFramework();
  const organisation = await anOrganisation();
  const supervisor = await aPerson({ organisation });
  const team = await aTeam(organisation, { supervisor, members: [await aPerson({ organisation })] });
  for (const [from_level, slug] of [
    [3, 'b'],
    [1, 'c'],
  ] as const) {
    const course = await aCourse(organisation, { slug: `${slug}-${organisation.id}` });
    await asOwner(() =>
      db()
        .table('course_competences')
        .insert({ course_id: course.id, competence_code: '4.2', from_level, to_level: 5 }),
    );
  }
  return { organisation, supervisor: await reload(supervisor), team };
}

it('agrees a path of the courses of a skill in one press, from easy to hard, once', async () => {
  const { organisation, supervisor, team } = await aTeamWith();
  for (const _ of [1, 2]) {
    const answer = await as(supervisor).post(`/team/${team.id}/gaps/4.2`);
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/paths\/manage\/.*saved=assigned$/),
    ]);
  }
  const path = await asOwner(() => db().table('learning_paths').where({ organisation_id: organisation.id }));
  expect(path).toHaveLength(1);
  const courses = await asOwner(() =>
    db()
      .table('path_courses as pc')
      .join('courses as c', 'c.id', 'pc.course_id')
      .where({ path_id: path[0].id })
      .orderBy('position')
      .pluck('c.slug'),
  );
  expect(courses.map((slug: string) => slug[0])).toEqual(['c', 'b']);
  expect(await asOwner(() => db().table('path_assignments').where({ path_id: path[0].id }))).toHaveLength(1);
});

it('knows no skill that is none, and none without a course', async () => {
  const { supervisor, team } = await aTeamWith();
  for (const code of ['9.9', '1.1', 'x%2Fy'])
    expect((await as(supervisor).post(`/team/${team.id}/gaps/${code}`)).status).toBe(404);
});

it('is for those who read the reports of the team, and tells of nobody in a small one', async () => {
  const { organisation, supervisor, team } = await aTeamWith();
  const other = await aPerson({ organisation });
  await aTeam(organisation, { supervisor: other });
  const people = {
    supervisor,
    admin: await aPerson({ organisation, roles: ['administrator'] }),
    other: await reload(other),
    learner: await aPerson({ organisation }),
    stranger: await aPerson({ roles: ['administrator'] }),
  };
  const statuses = [];
  for (const [who, person] of Object.entries(people))
    statuses.push([
      who,
      (await as(person).get(`/team/${team.id}/gaps`)).status,
      (await as(person).post(`/team/${team.id}/gaps/4.2`)).status,
    ]);
  expect(statuses).toEqual([
    ['supervisor', 200, 303],
    ['admin', 200, 303],
    ['other', 404, 404],
    ['learner', 403, 403],
    ['stranger', 404, 404],
  ]);
  expect((await as(supervisor).get(`/team/${team.id}/gaps`)).text).not.toContain('/gaps/4.2');
});
