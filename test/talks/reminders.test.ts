import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { enqueue } from '../../src/lib/jobs';
import { asOwner } from '../support/factories';
import { aCycle } from '../support/factories-cycles';
import { aTeamOf } from '../support/factories-reports';
import { aTalk } from '../support/factories-talks';
import { runJobs } from '../support/jobs';

const FAR = 'current_date + 200';
const FAR_DAYS = { check: FAR, plan: FAR, try: FAR, review: FAR };

const told = async (person: { id: string }) =>
  (await asOwner(() => db().table('notifications').where({ person_id: person.id }).orderBy('kind'))).map(
    ({ kind }) => kind,
  );

async function remind() {
  await enqueue('talks.reminders', {});
  await runJobs();
}

it.each([
  ['check', 'team'],
  ['try', 'team'],
  ['plan', 'supervisor'],
  ['review', 'supervisor'],
])('reminds of %s the %s, so many days before as was chosen, and once', async (step, whom) => {
  const { organisation, team, members, supervisor } = await aTeamOf({ people: 2 });
  await aCycle(team, organisation, { days: { ...FAR_DAYS, [step]: 'current_date + 5' }, remind_days: 5 });
  await remind();
  await remind();
  const expected = (isReminded: boolean) => (isReminded ? [`cycle.${step}`] : []);
  for (const member of members) expect(await told(member)).toEqual(expected(whom === 'team'));
  expect(await told(supervisor)).toEqual(expected(whom === 'supervisor'));
});

it('reminds nobody too early, too late, of what is done, or who has left the team', async () => {
  const { organisation, team, members } = await aTeamOf({ people: 2 });
  const [here, gone] = members as [Actor, Actor];
  await asOwner(() =>
    db()
      .table('team_members')
      .where({ person_id: gone.id })
      .update({ left_on: db().raw('current_date') }),
  );
  const days = { ...FAR_DAYS, check: 'current_date + 6' };
  const cycle = await aCycle(team, organisation, { days, remind_days: 5 });
  const setCheck = (values: object) =>
    asOwner(() => db().table('team_cycle_steps').where({ cycle_id: cycle, step: 'check' }).update(values));
  await remind();
  await setCheck({ due_on: db().raw('current_date - 1') });
  await remind();
  await setCheck({ due_on: db().raw('current_date'), done_on: db().raw('current_date') });
  await remind();
  expect(await told(here)).toEqual([]);
  await setCheck({ done_on: null });
  await remind();
  expect([await told(here), await told(gone)]).toEqual([['cycle.check'], []]);
});

it('tells both that their talk is near, in each organisation its own', async () => {
  const one = await aTeamOf({ people: 1 });
  const other = await aTeamOf({ people: 1 });
  for (const { members, supervisor } of [one, other])
    await aTalk(members[0] as Actor, supervisor, { planned_on: db().raw('current_date + 3') });
  await remind();
  await remind();
  for (const { members, supervisor } of [one, other])
    for (const who of [members[0] as Actor, supervisor]) expect(await told(who)).toEqual(['talk.soon']);
});
