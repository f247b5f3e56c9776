import { randomUUID } from 'node:crypto';
import { remindOfViews } from '../../src/features/evidence/view-reminders.service';
import { weekdayOf } from '../../src/features/notifications/mail-times';
import { notify } from '../../src/features/notifications/notifications.service';
import { saveSettings } from '../../src/features/notifications/settings.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { remindOfLearning } from '../../src/features/progress/reminders.service';
import { addCalendarDays, type Day, dayOf, momentOf, noonOf } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anInvitation } from '../support/factories-evidence';
import { anAgreedCourse, anEnrolment, aTeamOf } from '../support/factories-reports';
import { runJobs } from '../support/jobs';
import { aMailServer, type MailServer, textOf } from '../support/mail-server';

/** A Monday two weeks from now or more; the clock of every reminder here is a parameter. */
const MONDAY = (() => {
  let day = addCalendarDays(dayOf(new Date()), 14);
  while (weekdayOf(day) !== 1) day = addCalendarDays(day, 1);
  return day;
})();
const at = (day: Day, days = 0) => noonOf(addCalendarDays(day, days));

const told = (person: { id: string }) =>
  asOwner(() => db().table('notifications').where({ person_id: person.id }).orderBy('created_at'));
const kinds = async (person: { id: string }) => (await told(person)).map(({ kind }) => kind);
const settings = (person: Actor, values: object) =>
  inScope(person, () => saveSettings(person.organisation_id, person.id, values));

/** A team that agreed to be ready on Monday, with one who is and one who is not. */
async function aTeamThatAgreed() {
  const arranged = await aTeamOf({ people: 2, language: 'fi', names: ['Ready', 'Onni Kesken'] });
  const [ready, going] = arranged.members as [Actor, Actor];
  const course = await anAgreedCourse(arranged.organisation, { team: arranged.team, due_on: MONDAY });
  await anEnrolment(ready, course, 4);
  await anEnrolment(going, course, 1);
  return { ...arranged, ready, going, course };
}

it('reminds of an agreed day a week before and not earlier, once, and only whoever is not done', async () => {
  const { organisation, ready, going } = await aTeamThatAgreed();
  await remindOfLearning(organisation.id, at(MONDAY, -8));
  expect(await kinds(going)).toEqual([]);
  for (const days of [-7, -6, 0, 1]) await remindOfLearning(organisation.id, at(MONDAY, days));
  expect(await kinds(going)).toEqual(['reminder.due']);
  expect(await kinds(ready)).toEqual([]);
  const $ = page(await as(going).get('/notifications'));
  expect($('.told').text()).toContain('Huijausviestin tunnistaminen');
});

it('keeps to the organisation that it is run for', async () => {
  const [one, other] = [await aTeamThatAgreed(), await aTeamThatAgreed()];
  await remindOfLearning(one.organisation.id, at(MONDAY, -7));
  expect(await kinds(one.going)).toEqual(['reminder.due']);
  for (const person of [other.going, other.supervisor]) expect(await kinds(person)).toEqual([]);
});

it('tells a supervisor on Mondays how many, of agreed training only, and never who or what', async () => {
  const { organisation, supervisor, going, course } = await aTeamThatAgreed();
  // What somebody learns by their own choice, and when they were there, is nobody else's.
  const own = await anAgreedCourse(organisation, { person: going }, { title: 'Oma valinta' });
  await anEnrolment(going, own, 2);
  for (const days of [-6, -5, -1]) await remindOfLearning(organisation.id, at(MONDAY, days));
  expect(await kinds(supervisor)).toEqual([]);
  for (const _ of [1, 2]) await remindOfLearning(organisation.id, at(MONDAY, -7));
  const [digest, ...more] = await told(supervisor);
  expect([digest?.kind, digest?.params.count, more]).toEqual(['reminder.team-due', 1, []]);
  expect(Object.keys(digest?.params ?? {}).sort()).toEqual(['count', 'team']);
  for (const secret of [going.name, going.id, course.id, 'Huijausviestin', 'Oma valinta'])
    expect(JSON.stringify(digest)).not.toContain(secret);
});

it('says nothing to a supervisor of whose turn is over, nor of somebody who left the team', async () => {
  const { organisation, supervisor, going, team } = await aTeamThatAgreed();
  await asOwner(() =>
    db()
      .table('team_members')
      .where({ team_id: team.id, person_id: going.id })
      .update({ left_on: noonOf(addCalendarDays(MONDAY, -8)) }),
  );
  await remindOfLearning(organisation.id, at(MONDAY, -7));
  expect([await kinds(supervisor), await kinds(going)]).toEqual([[], []]);
});

it('reminds of an unfinished course those who asked for it, after the days they chose, once for each time they stopped', async () => {
  const { organisation, going, ready, course } = await aTeamThatAgreed();
  await asOwner(() => db().table('path_assignments').update({ due_on: null }));
  const seen = (person: Actor, day: Day) =>
    asOwner(() =>
      db()
        .table('enrolments')
        .where({ person_id: person.id })
        .update({ last_seen_at: noonOf(day) }),
    );
  const silent = await aPerson({ organisation });
  await anEnrolment(silent, course, 2);
  await seen(going, MONDAY);
  await settings(going, { unfinished_days: 7 });
  await settings(ready, { unfinished_days: 7 });
  await remindOfLearning(organisation.id, at(MONDAY, 6));
  expect(await kinds(going)).toEqual([]);
  for (const days of [7, 8, 20]) await remindOfLearning(organisation.id, at(MONDAY, days));
  expect(await kinds(going)).toEqual(['reminder.unfinished']);
  await seen(going, addCalendarDays(MONDAY, 21));
  await remindOfLearning(organisation.id, at(MONDAY, 28));
  expect(await kinds(going)).toEqual(['reminder.unfinished', 'reminder.unfinished']);
  for (const person of [ready, silent]) expect(await kinds(person)).toEqual([]);
});

it('says what was told to the person, leads to it, and asks who has not answered yet once before the last day', async () => {
  const { organisation, going: asker, ready: rater } = await aTeamThatAgreed();
  const { id } = await anInvitation(asker, { rater_id: rater.id });
  expect((await told(rater)).map(({ kind, href }) => [kind, href])).toEqual([
    ['view.asked', `/skills/views/asked/${id}`],
  ]);
  const today = dayOf(new Date());
  await remindOfViews(organisation.id, at(today, 5));
  expect(await kinds(rater)).toEqual(['view.asked']);
  for (const days of [11, 12, 40]) await remindOfViews(organisation.id, at(today, days));
  expect((await told(rater)).map(({ kind, href }) => [kind, href])).toEqual([
    ['view.asked', `/skills/views/asked/${id}`],
    ['reminder.view', `/skills/views/asked/${id}`],
  ]);
  const $ = page(await as(rater).get('/notifications'));
  expect($('.told').text()).toContain('Onni Kesken odottaa vielä vastaustasi');
  expect((await as(rater).get(`/skills/views/asked/${id}`)).status).toBe(200);
  expect((await as(asker).get(`/skills/views/asked/${id}`)).status).toBe(404);
  expect(await kinds(asker)).toEqual([]);
});

it('no more asks whoever answered, or whose request was taken back', async () => {
  const { organisation, going: asker, ready: rater } = await aTeamThatAgreed();
  for (const over of [{ answered_at: new Date() }, { withdrawn_at: new Date() }]) {
    const { id } = await anInvitation(asker, { rater_id: rater.id });
    await asOwner(() => db().table('view_invitations').where({ id }).update(over));
  }
  await remindOfViews(organisation.id, at(dayOf(new Date()), 12));
  expect(await kinds(rater)).toEqual(['view.asked', 'view.asked']);
});

describe('by mail', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await aMailServer();
  });
  afterEach(() => server.close());

  async function withMail(person: Actor): Promise<Actor> {
    await asOwner(() =>
      db()
        .table('people')
        .where({ id: person.id })
        .update({ email: `${randomUUID()}@example.fi` }),
    );
    return person;
  }

  it('puts several reminders into one mail, and a supervisor’s mail names nobody', async () => {
    const { organisation, going, supervisor } = await aTeamThatAgreed();
    for (const title of ['Toinen polku', 'Kolmas polku'])
      await anAgreedCourse(organisation, { person: await withMail(going), due_on: MONDAY }, { title });
    await withMail(supervisor);
    await remindOfLearning(organisation.id, at(MONDAY, -7));
    await runJobs({ later: true });
    const [toLearner, toSupervisor] = await Promise.all(
      [going, supervisor].map(async ({ id }) => {
        const { email } = await asOwner(() => db().table('people').where({ id }).first('email'));
        return server.received.filter(({ to }) => to.includes(email));
      }),
    );
    expect([toLearner?.length, toSupervisor?.length]).toEqual([1, 1]);
    for (const title of ['Huijausviestin', 'Toinen polku', 'Kolmas polku'])
      expect(toLearner?.[0] && textOf(toLearner[0])).toContain(title);
    const read = toSupervisor?.[0] ? textOf(toSupervisor[0]) : '';
    expect(read).toContain('sovittu koulutus');
    for (const secret of [going.name, 'Onni', 'Huijausviestin', 'polku']) expect(read).not.toContain(secret);
  });

  it('sends none to whoever chose none, and keeps them in the app for whoever chose only that', async () => {
    const { organisation, going } = await aTeamThatAgreed();
    await settings(await withMail(going), { ways: { reminders: 'none' } });
    await remindOfLearning(organisation.id, at(MONDAY, -7));
    await settings(going, { ways: { reminders: 'app' } });
    await runJobs({ later: true });
    expect([await kinds(going), server.received]).toEqual([[], []]);
    await remindOfLearning(organisation.id, at(MONDAY, -6));
    await runJobs({ later: true });
    expect([await kinds(going), server.received]).toEqual([['reminder.due'], []]);
  });

  it('lets what somebody waits for pass the weekly mail, but not the quiet hours', async () => {
    const { going } = await aTeamThatAgreed();
    const { organisation_id, id: person_id } = await withMail(going);
    const quiet = { quiet_from: 20 * 60, quiet_to: 7 * 60 };
    await settings(going, { rhythm: 'week', weekday: 5, hour: 9, ...quiet });
    const due = async (kind: string, now: Date) => {
      await asOwner(() => db().raw('delete from graphile_worker._private_jobs'));
      await notify({ organisation_id, person_id, kind, params: { name: 'Aino' }, href: '/account' }, now);
      const { rows } = await db().raw('select run_at from graphile_worker._private_jobs');
      return rows.map(({ run_at }: { run_at: Date }) => run_at.toISOString());
    };
    const clock = (day: Day, hour: number) => momentOf(day, `${hour}`) as Date;
    expect(await due('view.asked', clock(MONDAY, 12))).toEqual([clock(MONDAY, 12).toISOString()]);
    expect(await due('reminder.due', clock(MONDAY, 12))).toEqual([clock(addCalendarDays(MONDAY, 4), 9).toISOString()]);
    expect(await due('view.asked', clock(MONDAY, 22))).toEqual([clock(addCalendarDays(MONDAY, 1), 7).toISOString()]);
  });
});
