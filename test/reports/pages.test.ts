import type { Actor } from '../../src/features/organisations/organisations.model';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { db, statementsSent } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, aTeam, reload } from '../support/factories';
import {
  aHelpRequest,
  anAgreedCourse,
  anEnrolment,
  aTeamOf,
  levels,
  monthsAgo,
  withFramework,
} from '../support/factories-reports';

const day = (days: number) => addCalendarDays(dayOf(new Date()), days) as never;
/** The words of each element that matches, with a space between blocks. */
const text = (response: { text: string }, selector: string) => {
  const $ = page({ text: response.text.replace(/<(?=\/?(?:td|th|small|p|div|span|li)\b)/g, ' <') });
  return $(selector)
    .toArray()
    .map((element) => $(element).text().replace(/\s+/g, ' ').trim());
};

describe('GET /team', () => {
  it('goes straight to the only team, and lists several by name', async () => {
    const { supervisor, team, organisation } = await aTeamOf({ people: 1 });
    expect((await as(supervisor).get('/team')).headers.location).toBe(`/team/${team.id}`);

    await aTeam(organisation, { name: 'Aamutiimi', supervisor });
    await aTeam(organisation, { name: 'Toisen tiimi' });
    const response = await as(await reload(supervisor)).get('/team');
    expect(text(response, '.people a')).toEqual(['Aamutiimi', team.name].sort());
  });

  it('shows an administrator all teams of the organisation, as figures', async () => {
    const { organisation, team } = await aTeamOf({ people: 1 });
    await aTeam(organisation);
    const administrator = await aPerson({ organisation, roles: ['administrator'] });
    const $ = page(await as(administrator).get('/team'));
    expect($('.people a').length).toBe(2);
    expect($(`a[href="/team/${team.id}/coverage"]`).length).toBe(1);
  });
});

describe('GET /team/:team', () => {
  it('says of each person how far the agreed training is, who waits for help first', async () => {
    const names = ['Aino Koski', 'Bertta Niemi', 'Celia Oja', 'Daniel Puro', 'Eero Ranta'];
    const { supervisor, team, members, organisation } = await aTeamOf({ people: 5, names });
    const [aino, bertta, celia, daniel] = members as [never, never, never, never];
    const course = await anAgreedCourse(organisation, { team, due_on: day(-3) });
    await anEnrolment(aino, course, 4);
    await anEnrolment(bertta, course, 2);
    const own = await anAgreedCourse(organisation, { person: daniel, due_on: day(30) }, { title: 'Oma', lessons: 2 });
    await anEnrolment(daniel, own, 1);
    await aHelpRequest(celia, { message: 'En löydä nappia', lesson_id: course.lessons[1] as string });

    const response = await as(supervisor).get(`/team/${team.id}`);

    expect(response.status).toBe(200);
    expect(text(response, '.needs h3')).toEqual(['Celia Oja', 'Bertta Niemi', 'Daniel Puro', 'Eero Ranta']);
    expect(text(response, '.people:not(.needs) h3')).toEqual([
      'Celia Oja',
      'Aino Koski',
      'Bertta Niemi',
      'Daniel Puro',
      'Eero Ranta',
    ]);
    const states = text(response, '.people:not(.needs) .people__end');
    expect(states[0]).toMatch(/^Asked for help Was due/);
    expect(states[1]).toMatch(/^Done /);
    expect(states[2]).toMatch(/^Was due /);
    expect(text(response, '.people:not(.needs) p')[3]).toBe('1 / 6 lessons');
    expect(text(response, '#next-step')).toEqual(['One person asked for help']);
    expect(text(response, '.requests')[0]).toContain('En löydä nappia');
    expect(page(response)(`.requests a[href="/learn/${course.id}/osa-2"]`).text()).toBe('Osa 2');
  });

  it('marks a request as answered once, and offers the next thing to do', async () => {
    const { supervisor, team, members } = await aTeamOf({ people: 1 });
    const request = await aHelpRequest(members[0] as never);
    for (let press = 0; press < 2; press += 1) {
      const response = await as(supervisor).post(`/team/${team.id}/help/${request}`);
      expect([response.status, response.headers.location]).toEqual([303, `/team/${team.id}?saved=help`]);
    }
    const [row] = await asOwner(() => db().table('help_requests').where({ id: request }));
    expect([row.answered_by, row.answered_at instanceof Date]).toEqual([supervisor.id, true]);
    expect(await asOwner(() => db()('audit_events').where({ action: 'help.answered' }))).toHaveLength(1);
    const response = await as(supervisor).get(`/team/${team.id}?saved=help`);
    expect(text(response, '.requests')).toEqual([]);
    expect(text(response, '#next-step')).toEqual(['Agree on a first course']);
  });

  it('tells how many skills grew, however many others are not told of', async () => {
    await withFramework();
    const { supervisor, team, members } = await aTeamOf({ people: 8, target_profile: 'professional' });
    await levels(
      members,
      '4.2',
      members.map((_, index) => [2, 3 + (index % 2)] as const),
    );
    const facts = text(await as(supervisor).get(`/team/${team.id}`), '.big-facts dd');
    expect(facts[2]).toMatch(/^One grew|^1 grew|grew/i);
  });

  it('lets a deputy in until the last day', async () => {
    const { team, organisation } = await aTeamOf({ people: 1 });
    const deputy = await aPerson({ organisation });
    const deputise = (ends_on: never) =>
      asOwner(() =>
        db()
          .table('team_supervisors')
          .insert({
            organisation_id: organisation.id,
            team_id: team.id,
            person_id: deputy.id,
            is_deputy: true,
            ends_on,
          })
          .onConflict(['team_id', 'person_id'])
          .merge(),
      );
    await deputise(day(0));
    expect((await as(await reload(deputy)).get(`/team/${team.id}`)).status).toBe(200);
    await deputise(day(-2));
    expect((await as(await reload(deputy)).get(`/team/${team.id}`)).status).toBe(403);
  });

  it('leaves out who has left the team or the organisation', async () => {
    const { supervisor, team, members } = await aTeamOf({ people: 3 });
    const [left, ended] = members as [Actor, Actor];
    await asOwner(() =>
      db()
        .table('team_members')
        .where({ person_id: left.id })
        .update({ left_on: day(-1) }),
    );
    await asOwner(() =>
      db()
        .table('memberships')
        .where({ person_id: ended.id })
        .update({ ended_on: day(-1) }),
    );
    expect(text(await as(supervisor).get(`/team/${team.id}`), '.people:not(.needs) h3')).toEqual(['Jäsen 3']);
    expect((await as(supervisor).get(`/team/${team.id}/people/${left.id}`)).status).toBe(404);
  });
});

describe('GET /team/:team/growth', () => {
  it('digime-03: shows change, interval and people, hides small rows with the reason, and says how sure it is', async () => {
    await withFramework();
    const { supervisor, team, members } = await aTeamOf({ people: 9, target_profile: 'professional' });
    await levels(members, '4.2', [
      [2, 3],
      [2, 3],
      [2, 3],
      [2, 3],
      [3, 3.4],
      [2, 3],
      [3, 4],
      [2, 3],
    ]);
    await levels(members, '1.2', [
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
    await levels(
      members,
      '2.1',
      [
        [2, 3],
        [2, 1],
        [2, 3],
        [2, 1],
        [2, 2],
      ],
      true,
    );

    const response = await as(supervisor).get(`/team/${team.id}/growth`);

    const rows = text(response, '#growth ~ tbody > tr');
    expect(rows[0]).toMatch(/Up on the whole Grew \+0.9 \+0.6 … \+1.2 8$/);
    // The third skill, with two people, is not even named.
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/The same on the whole Cannot tell .* 5$/);
    expect(text(response, '.lead')[0]).toContain('One skill grew.');
    expect(text(response, '#sure ~ dl dd')[1]).toContain('The team has 9 people. 8 people are in the figures.');
    expect(page(response)('.ci').attr('aria-label')).toBe('+0.9 on average, probably between +0.6 and +1.2');
  });

  it('explains why nothing shows', async () => {
    await withFramework();
    const known = await aTeamOf({ people: 4, target_profile: 'professional' });
    const unknown = await aTeamOf({ people: 4, target_profile: 'professional' });
    await levels(
      known.members,
      '4.2',
      known.members.map(() => [2, 3] as const),
    );
    const read = async ({ supervisor, team }: typeof known) =>
      text(await as(supervisor).get(`/team/${team.id}/growth`), '.empty p');
    const [first, second] = [await read(known), await read(unknown)];
    expect(first?.[0]).toMatch(/^Growth shows when there is data on at least 5/);
    // The same words when four are known as when none is: even the difference would tell of a few.
    expect(second).toEqual(first);
  });

  it('keeps what was typed with a message for days that do not exist', async () => {
    const { supervisor, team } = await aTeamOf({ people: 1 });
    const response = await as(supervisor).get(`/team/${team.id}/growth?from=31.2.2026&to=%3Cb%3E`);
    const $ = page(response);
    expect(response.status).toBe(422);
    expect([$('#from').val(), $('#to').val()]).toEqual(['31.2.2026', '<b>']);
    expect($('#from-error').text()).toContain('31.5.2026');
    expect($('#to').attr('aria-invalid')).toBe('true');
    expect($('.govuk-error-summary a').length).toBe(2);
  });

  it('answers for the ends of months, whatever day is asked for', async () => {
    const { supervisor, team } = await aTeamOf({ people: 1 });
    const $ = page(await as(supervisor).get(`/team/${team.id}/growth?from=15.1.2026&to=2.5.2026`));
    expect([$('#from').val(), $('#to').val()]).toEqual(['31.12.2025', '30.4.2026']);
  });

  it('goes to the report of another team that was chosen', async () => {
    const { supervisor, team } = await aTeamOf({ people: 1 });
    const response = await as(supervisor).get(`/team/${team.id}/growth?team=other&from=1.1.2026&to=`);
    expect(response.headers.location).toBe('/team/other/growth?from=1.1.2026&to=');
  });

  it('does not count who joined the team in between', async () => {
    await withFramework();
    const { supervisor, team, members } = await aTeamOf({ people: 6 });
    await levels(members, '4.2', [
      [2, 3],
      [2, 3],
      [2, 3],
      [2, 3],
      [2, 3],
      [2, 8],
    ]);
    await asOwner(() =>
      db()
        .table('team_members')
        .where({ person_id: members[5]?.id })
        .update({ joined_on: monthsAgo(2) }),
    );
    const response = await as(supervisor).get(`/team/${team.id}/growth`);
    expect(text(response, '#growth ~ tbody > tr')[0]).toMatch(/Grew \+1.0 .* 5$/);
    expect(text(response, '#sure ~ dl dd').join(' ')).toContain('1 came to the team');
  });
});

it('says of a completion that ends until when it is valid, that it ends soon and that it has ended', async () => {
  const { supervisor, team, members, organisation } = await aTeamOf({ people: 4, names: ['A', 'B', 'C', 'D'] });
  const course = await anAgreedCourse(organisation, { team });
  await asOwner(() => db().table('path_courses').update({ valid_months: 12 }));
  await asOwner(() => db().table('learning_paths').update({ renewal_days: 30 }));
  const ago = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000);
  for (const [index, days] of [10, 345, 400].entries())
    await anEnrolment(members[index] as Actor, course, 4, ago(days));
  await asOwner(() =>
    db()
      .table('enrolments')
      .where({ person_id: members[2]?.id })
      .update({ renewed_at: ago(390) }),
  );

  const rows = text(await as(supervisor).get(`/team/${team.id}/completions`), '#completions ~ tbody > tr');

  expect(rows.map((row) => /Done|Ends soon|Ended|Not started/.exec(row)?.[0])).toEqual([
    'Done',
    'Ends soon',
    'Ended',
    'Not started',
  ]);
  await asOwner(() =>
    db()
      .table('enrolments')
      .where({ person_id: members[2]?.id })
      .update({ renewed_at: ago(1) }),
  );
  const renewed = text(await as(supervisor).get(`/team/${team.id}/completions`), '#completions ~ tbody > tr');
  expect(renewed[2]).toMatch(/Renewed/);
});

it('says who has reached the target in a word when numbers would tell of a few', async () => {
  await withFramework();
  const { supervisor, team, members } = await aTeamOf({ people: 8, target_profile: 'professional' });
  await levels(
    members,
    '4.2',
    [2, 5, 5, 5, 5, 5, 6, 6].map((level) => [null, level] as const),
  );
  const response = await as(supervisor).get(`/team/${team.id}/coverage`);
  expect(text(response, '#coverage ~ tbody > tr').find((row) => !row.includes('Hidden'))).toMatch(
    / At least half Most: Advanced 8$/,
  );
});

it('shows a person only with what the work needs: the validated part of their profile, with its date', async () => {
  await withFramework();
  const { supervisor, team, members } = await aTeamOf({
    people: 1,
    target_profile: 'professional',
    names: ['Aino Koski'],
  });
  const response = await as(supervisor).get(`/team/${team.id}/people/${members[0]?.id}`);
  expect(text(response, 'h1')).toEqual(['Aino Koski']);
  expect(text(response, '#required ~ p')[1]).toBe('None of them has been confirmed yet.');
  expect(text(response, '.govuk-details__summary')).toEqual(['21 skills wait to be confirmed']);
  expect(page(response)(`a[href="/skills/observe/${members[0]?.id}"]`).length).toBe(1);
});

it('asks the database as much for many people as for few', async () => {
  await withFramework();
  const count = async (people: number) => {
    const { supervisor, team, members, organisation } = await aTeamOf({ people, target_profile: 'professional' });
    const course = await anAgreedCourse(organisation, { team });
    for (const member of members) {
      await anEnrolment(member, course, 1);
      await aHelpRequest(member);
    }
    await levels(
      members,
      '4.2',
      members.map(() => [2, 3] as const),
    );
    // The first reader closes the months that are over.
    await as(supervisor).get(`/team/${team.id}/coverage`);
    await as(supervisor).get(`/team/${team.id}/coverage`);
    const sent: number[] = [];
    for (const path of ['', '/growth', '/coverage', '/completions', `/people/${members[0]?.id}`, '/growth.csv']) {
      const before = statementsSent();
      expect((await as(supervisor).get(`/team/${team.id}${path}`)).status).toBe(200);
      sent.push(statementsSent() - before);
    }
    return sent;
  };
  await count(2);
  const few = await count(2);
  expect(await count(9)).toEqual(few);
  expect(Math.max(...few)).toBeLessThanOrEqual(8);
});

it('has nothing of another organisation in a report', async () => {
  const other = await aTeamOf({ people: 5, organisation: await anOrganisation() });
  const { supervisor } = await aTeamOf({ people: 5 });
  for (const path of ['', '/growth', '/growth.csv', '/coverage', '/coverage.csv', '/completions', '/completions.csv'])
    expect([path, (await as(supervisor).get(`/team/${other.team.id}${path}`)).status]).toEqual([path, 404]);
});
