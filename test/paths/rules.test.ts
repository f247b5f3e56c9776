import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { completeLesson } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, inScope, reload } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';
import { anAssignment, aPath } from '../support/factories-paths';
import { runJobs } from '../support/jobs';

async function aWorld() {
  const organisation = await anOrganisation();
  const [aino, outi, uusi] = [
    await aPerson({ organisation, name: 'Aino' }),
    await aPerson({ organisation, name: 'Outi', relation: 'peer' }),
    await aPerson({ organisation, name: 'Uusi' }),
  ];
  const supervising = await aPerson({ organisation, name: 'Mikko' });
  const team = await aTeam(organisation, { name: 'Oma', members: [aino], supervisor: supervising });
  const otherTeam = await aTeam(organisation, { name: 'Muu', members: [outi] });
  const course = await aCourse(organisation);
  const lesson = await aLesson(course);
  const path = await aPath(organisation, { slug: 'alku', courses: [course] });
  const administrator = await aPerson({ organisation, name: 'Pia', roles: ['administrator'] });
  const supervisor = await reload(supervising);
  return { organisation, aino, outi, uusi, supervisor, administrator, team, otherTeam, lesson, path };
}

const who = () =>
  asOwner(async () =>
    (
      await db().raw(
        `select p.name, to_char(a.due_on, 'YYYY-MM-DD') as due_on, a.kept_at is not null as is_kept from path_assignments a
         join people p on p.id = a.person_id order by p.name`,
      )
    ).rows.map((row: { name: string }) => row),
  ) as Promise<{ name: string; due_on: string | null; is_kept: boolean }[]>;
const names = async () => (await who()).map(({ name }) => name);
const ASSIGN = '/paths/manage/alku/assignments';
const join = (admin: Actor, team: { id: string }, person: Actor) =>
  as(admin).post(`/organisation/teams/${team.id}/people`, { person: person.id, place: 'member' });

it('says whom it means before it is done, and who has it already', async () => {
  const { supervisor, aino, outi, administrator, path, team } = await aWorld();
  await anAssignment(path, { person: aino });
  let $ = page(await as(administrator).get('/paths/manage/alku/assign?who=relation:employee&standing=yes&due_days=30'));
  expect($('.lead').text()).toBe('This means 3 people now.');
  expect($('main').text()).toContain('1 has the path already');
  expect($('main').text()).toContain('New people get the path');
  expect($('main').text()).not.toContain(outi.name);
  $ = page(await as(supervisor).get(`/paths/manage/alku/assign?who=team:${team.id}`));
  expect($('.lead').text()).toBe('This means 0 people now.');
  expect(await names()).toEqual(['Aino']);
});

it('comes to newcomers by itself, once, with days from their joining', async () => {
  const { supervisor, administrator, uusi, team, path, organisation } = await aWorld();
  const form = { id: randomUUID(), who: `team:${team.id}`, standing: 'yes', due_days: '30' };
  for (const _ of [1, 2]) expect((await as(supervisor).post(ASSIGN, form)).status).toBe(303);
  expect(await names()).toEqual(['Aino']);
  expect((await join(administrator, team, uusi)).status).toBe(303);
  for (const _ of [1, 2]) await runJobs();
  const rows = await who();
  expect(rows.map(({ name }) => name)).toEqual(['Aino', 'Uusi']);
  expect(new Set(rows.map(({ due_on }) => due_on)).size).toBe(1);
  const told = await asOwner(() => db()('notifications').where({ person_id: uusi.id, kind: 'path.agreed' }));
  expect(told).toMatchObject([{ href: `/paths/${path.slug}`, organisation_id: organisation.id }]);
});

it('leaves what was begun to who leaves, says so, and takes the rest away', async () => {
  const { administrator, aino, uusi, team, lesson } = await aWorld();
  await join(administrator, team, uusi);
  await as(administrator).post(ASSIGN, { who: `team:${team.id}`, standing: 'yes' });
  await inScope(aino, () => completeLesson(aino, lesson));
  for (const person of [aino, uusi])
    await as(administrator).post(`/organisation/teams/${team.id}/people/${person.id}/removal`, { place: 'member' });
  for (const _ of [1, 2]) await runJobs();
  expect(await who()).toMatchObject([{ name: 'Aino', is_kept: true }]);
  expect(await asOwner(() => db()('notifications').where({ kind: 'path.kept' }))).toMatchObject([
    { person_id: aino.id },
  ]);
});

it('goes on by another rule that means the same person', async () => {
  const { administrator, aino, team } = await aWorld();
  await as(administrator).post(ASSIGN, { who: `team:${team.id}`, standing: 'yes' });
  await as(administrator).post(ASSIGN, { who: 'relation:employee', standing: 'yes' });
  await as(administrator).post(`/organisation/teams/${team.id}/people/${aino.id}/removal`, { place: 'member' });
  await runJobs();
  expect(await who()).toContainEqual({ name: 'Aino', due_on: null, is_kept: false });
});

it('is undone within the hour, by those who may, and not after it', async () => {
  const { supervisor, administrator, team, otherTeam } = await aWorld();
  await as(administrator).post(ASSIGN, { who: `team:${otherTeam.id}`, standing: 'yes' });
  await as(administrator).post(ASSIGN, { who: `team:${team.id}`, standing: 'yes' });
  const rules = await asOwner(() => db().table('path_rules').orderBy('made_at'));
  const undo = (id: string) => `/paths/manage/alku/rules/${id}/undo`;
  const [others, own] = [otherTeam, team].map(({ id }) =>
    rules.find((rule: { team_id: string }) => rule.team_id === id),
  );
  expect((await as(supervisor).post(undo(others.id))).status).toBe(403);
  for (const _ of [1, 2]) expect((await as(supervisor).post(undo(own.id))).status).toBe(303);
  expect(await names()).toEqual(['Outi']);
  await asOwner(() => db().raw(`update path_rules set made_at = now() - interval '61 minutes'`));
  expect((await as(administrator).post(undo(others.id))).headers.location).toContain('saved=tooLate');
  expect(await names()).toEqual(['Outi']);
  await as(administrator).post(`/paths/manage/alku/rules/${others.id}/end`);
  await runJobs();
  expect(await names()).toEqual(['Outi']);
});

it('is only for whom one may decide, and never across organisations', async () => {
  const { supervisor, administrator, outi, otherTeam, path } = await aWorld();
  const foreign = await aPerson({ roles: ['administrator'] });
  const foreignTeam = await aTeam({ id: foreign.organisation_id });
  const answer = async (actor: Actor, form: object) => (await as(actor).post(ASSIGN, form)).status;
  for (const form of [
    { who: `team:${otherTeam.id}` },
    { who: 'role:learner' },
    { who: 'relation:employee' },
    { who: 'profile:staff' },
    { people: [outi.id] },
    { who: 'role:expert' },
  ])
    expect([form, await answer(supervisor, form)]).toEqual([form, 422]);
  for (const form of [
    { who: `team:${foreignTeam.id}` },
    { people: [foreign.id, outi.id] },
    { who: 'role:expert' },
    { who: 'role:king' },
    { who: 'relation:employee', due_on: '31.5.2031', due_days: '30' },
    { who: 'relation:employee', due_days: '0' },
    { who: 'relation:employee', due_days: '1e3' },
    { people: ["'; drop table people"] },
  ])
    expect([form, await answer(administrator, form)]).toEqual([form, 422]);
  expect(await names()).toEqual([]);
  await as(administrator).post(ASSIGN, { who: 'relation:employee', standing: 'yes' });
  const [rule] = await asOwner(() => db().table('path_rules'));
  expect((await as(foreign).post(`/paths/manage/${path.slug}/rules/${rule.id}/undo`)).status).toBe(404);
  expect(await names()).not.toContain(foreign.name);
});

it('means several people chosen by name at once', async () => {
  const { administrator, aino, outi } = await aWorld();
  await as(administrator).post(ASSIGN, { people: [aino.id, outi.id], due_on: '31.5.2031' });
  expect(await who()).toMatchObject([
    { name: 'Aino', due_on: '2031-05-31' },
    { name: 'Outi', due_on: '2031-05-31' },
  ]);
});
