import type { Actor } from '../../src/features/organisations/organisations.model';
import { closeAllMonths, closeMonths } from '../../src/features/reports/closing/closings.service';
import { newestMonthEnd, type Period, periodOf } from '../../src/features/reports/period';
import { readCoverage, readGrowth } from '../../src/features/reports/reports.queries';
import { type Day, endOfDay, monthEndBefore } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { anObservation, aTeamOf, monthsAgo, withFramework } from '../support/factories-reports';
import { runJobs } from '../support/jobs';

/** A period that ends some months before the newest month end. */
const ending = (months: number): Period =>
  periodOf(monthEndBefore(newestMonthEnd(), months + 6), monthEndBefore(newestMonthEnd(), months));

const close = (actor: Actor, months = 0) =>
  inScope(actor, () => closeMonths(actor.organisation_id, endOfDay(monthEndBefore(newestMonthEnd(), months))));

/** A team of eight who grew from two to three, its newest month still open. */
async function arrange() {
  await withFramework();
  const arranged = await aTeamOf({ people: 8, target_profile: 'professional' });
  for (const member of arranged.members) {
    await anObservation(member, { level: 2, at: monthsAgo(8) });
    await anObservation(member, { level: 4, at: monthsAgo(2) });
  }
  const [first] = arranged.members as [Actor, ...Actor[]];
  await close(first, 1);
  const read = async (months: number) => {
    const team = { ...arranged.team, organisation_id: arranged.organisation.id, parent_id: null };
    return inScope(arranged.supervisor, async () => [
      (await readGrowth(arranged.supervisor, { team }, ending(months))).report,
      (await readCoverage(arranged.supervisor, { team }, ending(months))).report,
    ]);
  };
  return { ...arranged, first, read };
}

const joined = (team: { id: string }, person: Actor, values: object) =>
  asOwner(() =>
    db()
      .table('team_members')
      .insert({ organisation_id: person.organisation_id, team_id: team.id, person_id: person.id, ...values })
      .onConflict(['team_id', 'person_id'])
      .merge(),
  );

it('changes no figure of any closed month by any late observation, of anybody in any of them', async () => {
  const { organisation, supervisor, team, members, first } = await arrange();
  const newcomer = await aPerson({ organisation, target_profile: 'professional' });
  await joined(team, newcomer, { joined_on: '2020-01-01' });
  const all = { team: { ...team, organisation_id: organisation.id, parent_id: null } };
  const pairs = [1, 2, 3, 8].flatMap((to) =>
    [2, 3, 4, 9]
      .filter((from) => from > to)
      .map((from) => [from, to].map((ago) => monthEndBefore(newestMonthEnd(), ago))),
  );
  const everything = () =>
    inScope(supervisor, async () => {
      const reports = [];
      for (const [from = '', to = ''] of pairs) {
        const period = periodOf(from as Day, to as Day);
        reports.push(
          (await readGrowth(supervisor, all, period)).report,
          (await readCoverage(supervisor, all, period)).report,
        );
      }
      return reports;
    });
  const before = await everything();
  for (const [index, person] of [...members, newcomer].entries())
    for (const ago of [1, 2, 3, 8]) {
      await asOwner(() => db().raw('savepoint untouched'));
      await anObservation(person, { level: index % 2 === 0 ? 8 : 0, at: monthsAgo(ago) });
      await close(first);
      expect([index, ago, await everything()]).toEqual([index, ago, before]);
      await asOwner(() => db().raw('rollback to savepoint untouched'));
    }
}, 120_000);

it.each([
  [
    'a late observation',
    async (_: { id: string }, person: Actor) => anObservation(person, { level: 8, at: monthsAgo(3) }),
  ],
  [
    'own views that are taken back, and all other evidence with them',
    async (_: { id: string }, person: Actor) =>
      asOwner(async () => {
        for (const table of ['skill_points', 'skill_estimates', 'observations'])
          await db().table(table).where({ person_id: person.id }).delete();
      }),
  ],
  [
    'a joiner with a day in the past',
    async (team: { id: string }, person: Actor) => {
      const other = await aPerson({ organisation: { id: person.organisation_id }, target_profile: 'professional' });
      await anObservation(other, { level: 1, at: monthsAgo(8) });
      await anObservation(other, { level: 8, at: monthsAgo(2) });
      await joined(team, other, { joined_on: '2020-01-01' });
    },
  ],
  [
    'a leaver with a day in the past',
    (team: { id: string }, person: Actor) => joined(team, person, { left_on: '2021-01-01' }),
  ],
  [
    'somebody taken out of the team',
    (_: { id: string }, person: Actor) =>
      asOwner(() => db().table('team_members').where({ person_id: person.id }).delete()),
  ],
  [
    'another target profile',
    (_: { id: string }, person: Actor) =>
      asOwner(() => db().table('memberships').where({ person_id: person.id }).update({ target_profile: null })),
  ],
])('changes no figure of a closed month: %s', async (_, happen) => {
  const { team, first, read } = await arrange();
  const before = await read(1);
  expect(before[0]).toMatchObject({ team: 8 });
  expect(before[0]?.rows[0]).toMatchObject({ code: '4.2', shown: true, n: 8 });
  await happen(team, first);
  await close(first);
  expect(await read(1)).toEqual(before);
  expect(await read(0)).not.toEqual(before);
});

it('closes months once, also when two ask at the same time', async () => {
  const { first } = await arrange();
  const rows = () => asOwner(() => db().table('skill_month_ends').where({ person_id: first.id }));
  const before = await rows();
  await Promise.all([close(first), close(first), close(first)]);
  // Nothing changed in the last month, so nothing was written.
  expect(await rows()).toEqual(before);
  expect(before).toHaveLength(2);
  await anObservation(first, { level: 8, at: monthsAgo(0) });
  await close(first);
  expect(await rows()).toEqual(before);
});

it('closes the months that are behind before the first report', async () => {
  const { first, read } = await arrange();
  const [growth] = await read(0);
  expect(growth?.rows[0]).toMatchObject({ n: 8 });
  await anObservation(first, { level: 8, at: monthsAgo(0) });
  expect((await read(0))[0]).toEqual(growth);
});

it('closes one organisation and no other', async () => {
  const { first } = await arrange();
  const other = await aPerson({ organisation: await anOrganisation() });
  await close(other);
  const { rows } = await asOwner(() =>
    db().raw('select organisation_id from closings where organisation_id = any(?) and closed_month = ?', [
      [first.organisation_id, other.organisation_id],
      newestMonthEnd(),
    ]),
  );
  expect(rows).toEqual([{ organisation_id: other.organisation_id }]);
});

it('closes every organisation by a job at the turn of the month', async () => {
  const [one, other] = [await anOrganisation(), await anOrganisation()];
  await closeAllMonths();
  await runJobs();
  const { rows } = await asOwner(() =>
    db().raw("select to_char(closed_month, 'YYYY-MM-DD') as closed from closings where organisation_id = any(?)", [
      [one.id, other.id],
    ]),
  );
  expect(rows).toEqual([{ closed: newestMonthEnd() }, { closed: newestMonthEnd() }]);
});
