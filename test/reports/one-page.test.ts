import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { dayOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam } from '../support/factories';
import {
  aHelpRequest,
  anAgreedCourse,
  anEnrolment,
  aTeamOf,
  levels,
  monthsAgo,
  withFramework,
} from '../support/factories-reports';

const anAdministratorOf = (organisation: { id: string }) =>
  aPerson({ organisation, roles: ['learner', 'administrator'], language: 'en', name: 'Ville Ylläpitäjä' });

/** The words of each part of the page, by its heading. */
async function parts(actor: Actor, path: string): Promise<Record<string, string>> {
  const response = await as(actor).get(path);
  expect(response.status).toBe(200);
  const $ = page({ text: response.text.replace(/<(?=\/?(?:td|th|p|dt|dd|h2)\b)/g, ' <') });
  return Object.fromEntries(
    $('.one-page__part')
      .toArray()
      .map((part) => [
        $(part).find('h2').text().trim(),
        $(part).text().replace($(part).find('h2').text(), '').replace(/\s+/g, ' ').trim(),
      ]),
  );
}

const step = (organisation: { id: string }, team: { id: string }, learned: string, done: Date) =>
  asOwner(async () => {
    const id = randomUUID();
    await db()
      .table('team_cycles')
      .insert({ id, organisation_id: organisation.id, team_id: team.id, year: 2000 + Math.floor(Math.random() * 900) });
    await db()
      .table('team_cycle_steps')
      .insert({
        organisation_id: organisation.id,
        cycle_id: id,
        step: 'review',
        due_on: dayOf(done),
        done_on: dayOf(done),
        learned,
      });
  });

const talk = (person: Actor, supervisor: Actor, held: Date) =>
  asOwner(() =>
    db()
      .table('talks')
      .insert({
        id: randomUUID(),
        organisation_id: person.organisation_id,
        person_id: person.id,
        supervisor_id: supervisor.id,
        planned_on: dayOf(held),
        held_at: held,
      }),
  );

it('says plainly what has no data yet', async () => {
  await withFramework();
  const { organisation, team, supervisor } = await aTeamOf({ people: 6 });
  for (const [actor, path] of [
    [supervisor, `/team/${team.id}/one-page`],
    [await anAdministratorOf(organisation), '/reports/one-page'],
  ] as const) {
    const said = await parts(actor, path);
    expect(Object.keys(said)).toEqual([
      'What we learned',
      'Are the routines alive',
      'Skills',
      'Support',
      'Who is missing',
      'How sure this is',
    ]);
    expect(said['What we learned']).toContain('Nothing learned has been noted yet');
    expect(said['Are the routines alive']).toContain('There is no data about routines from this period yet.');
    expect(said.Support).toContain('Nobody asked for help in the period.');
    expect(said['Who is missing']).toContain('Fewer than half have started any course.');
  }
});

it('tells what was learned in the team’s own sentences, and whether the routines are alive', async () => {
  await withFramework();
  const { organisation, team, supervisor, members } = await aTeamOf({ people: 6 });
  const other = await aTeam(organisation, { name: 'Toinen' });
  await step(organisation, team, 'Aloitamme asiakkaan omasta laitteesta.', monthsAgo(1));
  await step(organisation, team, 'Vanha oppi.', monthsAgo(8));
  await step(organisation, other, 'Toisen tiimin oppi.', monthsAgo(1));
  for (const member of members.slice(0, 5)) await talk(member, supervisor, monthsAgo(1));
  for (const member of members.slice(0, 2)) await talk(member, supervisor, monthsAgo(7));

  const said = await parts(supervisor, `/team/${team.id}/one-page`);

  expect(said['What we learned']).toContain('Aloitamme asiakkaan omasta laitteesta.');
  expect(said['What we learned']).not.toMatch(/Vanha|Toisen tiimin/);
  expect(said['Are the routines alive']).toContain('2 of them were alive');
  // Five talked now; of the two before there is no number.
  expect(said['Are the routines alive']).toMatch(/Development talks held 5 Hidden/);
  expect(said['Are the routines alive']).toMatch(/Steps of the yearly cycle done 1 1 the same/);
  const whole = await parts(await anAdministratorOf(organisation), '/reports/one-page');
  expect(whole['What we learned']).toContain('Toisen tiimin oppi.');
});

it('tells of support by topic only where enough people asked', async () => {
  await withFramework();
  const { organisation, team, supervisor, members } = await aTeamOf({ people: 9 });
  const large = await anAgreedCourse(organisation, { team }, { title: 'Iso aihe' });
  const small = await anAgreedCourse(organisation, { team }, { title: 'Pieni aihe' });
  const ask = (person: Actor, lesson: string | undefined, answered: boolean) =>
    aHelpRequest(person, {
      lesson_id: lesson as string,
      asked_at: monthsAgo(1),
      ...(answered && { answered_at: monthsAgo(1) }),
    } as never);
  for (const [index, member] of members.slice(0, 6).entries()) await ask(member, large.lessons[0], index > 0);
  for (const member of members.slice(6, 8)) await ask(member, small.lessons[0], true);
  const said = await parts(supervisor, `/team/${team.id}/one-page`);
  expect(said.Support).toContain('There were 8 requests for help. 7 are answered, 1 are open.');
  expect(said.Support).not.toContain('Pieni aihe');
  expect(said.Support).not.toMatch(/\b2\b/);
});

it('names a team where few have begun only when the team is large enough', async () => {
  await withFramework();
  const organisation = await anOrganisation();
  const quiet = await aTeamOf({ organisation, people: 6 });
  const tiny = await aTeamOf({ organisation, people: 3 });
  const busy = await aTeamOf({ organisation, people: 6 });
  const course = await anAgreedCourse(organisation, { team: busy.team });
  for (const member of busy.members) await anEnrolment(member, course, 1);
  const said = await parts(await anAdministratorOf(organisation), '/reports/one-page');
  const names = await asOwner(() => db()('teams').whereIn('id', [quiet.team.id, tiny.team.id, busy.team.id]));
  const nameOf = ({ id }: { id: string }) => names.find((team) => team.id === id)?.name ?? '';
  expect(said['Who is missing']).toContain(nameOf(quiet.team));
  expect(said['Who is missing']).not.toContain(nameOf(tiny.team));
  expect(said['Who is missing']).not.toContain(nameOf(busy.team));
});

it('is the same in the file, names nobody, and knows no ranking, time or prediction', async () => {
  await withFramework();
  const { organisation, members } = await aTeamOf({ people: 8, target_profile: 'professional' });
  await levels(
    members,
    '4.2',
    members.map((_, index) => [2, 3 + (index % 3)] as const),
  );
  const administrator = await anAdministratorOf(organisation);
  const html = (await as(administrator).get('/reports/one-page')).text;
  const csv = (await as(administrator).get('/reports/one-page.csv')).text;
  const said = await parts(administrator, '/reports/one-page');
  const skill = /([^0-9]+?) (?:\d|Most|Fewer|At|About)/
    .exec(said.Skills?.split('People').at(-1)?.trim() ?? '')?.[1]
    ?.trim();
  expect(csv).toContain(skill);
  for (const text of [html.slice(html.indexOf('<main')), csv]) {
    expect(text).not.toMatch(/Jäsen \d|Helena/);
    expect(text).not.toMatch(/rank(?!ed)|best team|time online|log-?ins?\b|risk|likely to leave|engagement/i);
  }
});

it('is for those who may read reports of the team, and of their own organisation', async () => {
  const { organisation, team, supervisor, members } = await aTeamOf({ people: 1 });
  const elsewhere = await aTeamOf({ people: 1 });
  const status = async (actor: Actor, path: string) => (await as(actor).get(path)).status;
  const path = `/team/${team.id}/one-page`;
  expect(await status(supervisor, path)).toBe(200);
  expect(await status(await anAdministratorOf(organisation), path)).toBe(200);
  expect(await status(elsewhere.supervisor, path)).toBe(404);
  expect(await status(await anAdministratorOf(elsewhere.organisation), path)).toBe(404);
  expect(await status(members[0] as Actor, path)).toBe(403);
  expect(await status(supervisor, '/reports/one-page')).toBe(403);
});

it('an experiment is told with what was tried, and as many people stand in the figures as in the report of growth', async () => {
  await withFramework();
  const organisation = await anOrganisation();
  const administrator = await anAdministratorOf(organisation);
  const team = await aTeam(organisation);
  await asOwner(async () => {
    const cycle = randomUUID();
    await db()
      .table('team_cycles')
      .insert({ id: cycle, organisation_id: organisation.id, team_id: team.id, year: 2001 });
    await db()
      .table('team_experiments')
      .insert({
        id: randomUUID(),
        organisation_id: organisation.id,
        cycle_id: cycle,
        idea: 'Two of us on the first visit.',
        decision: 'keep',
        learned: 'The client was calmer.',
        decided_on: dayOf(monthsAgo(2)),
      });
  });
  const told = await parts(administrator, '/reports/one-page');
  expect(told['What we learned']).toContain(
    'We tried: Two of us on the first visit. We learned: The client was calmer.',
  );
  expect(told['How sure this is']).not.toContain('People in the figures');
});
