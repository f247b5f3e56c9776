import { closeMonths } from '../../src/features/reports/closing/closings.service';
import { selectCounted } from '../../src/features/reports/pages/skills.queries';
import { newestMonthEnd, periodOf } from '../../src/features/reports/period';
import { endOfDay, monthEndBefore } from '../../src/lib/calendar';
import { db } from '../../src/lib/db';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aPoint, aTeamOf, monthsAgo, withFramework } from '../support/factories-reports';

/** How many people are counted in a team at the end of a month, some months before the newest. */
async function countedIn({ organisation, team, supervisor }: Awaited<ReturnType<typeof aTeamOf>>, monthsBefore = 0) {
  const month = monthEndBefore(newestMonthEnd(), monthsBefore);
  const { rows } = await inScope(supervisor, async () =>
    selectCounted(organisation.id, { teams: [team.id], ...periodOf(month, month) }),
  );
  return rows.length;
}
const close = (organisation: { id: string }, monthsBefore: number) =>
  closeMonths(organisation.id, endOfDay(monthEndBefore(newestMonthEnd(), monthsBefore)));

it('decides who is counted when months are closed, and carries it on from closing to closing', async () => {
  await withFramework();
  const arranged = await aTeamOf({ people: 6 });
  const { organisation, team, members } = arranged;
  for (const member of members) await aPoint(member, '4.2', monthsAgo(8), 3);
  await close(organisation, 3);
  expect(await countedIn(arranged, 3)).toBe(6);

  const newcomers = [];
  for (let index = 0; index < 5; index += 1) {
    const person = await aPerson({ organisation, started_on: new Date('2020-01-01') });
    newcomers.push(person);
    await asOwner(() =>
      db()
        .table('team_members')
        .insert({
          organisation_id: organisation.id,
          team_id: team.id,
          person_id: person.id,
          joined_on: new Date('2020-01-01'),
        }),
    );
    await aPoint(person, '4.2', monthsAgo(index < 4 ? 2 : 1), 4);
  }
  await close(organisation, 2);
  expect(await countedIn(arranged, 2)).toBe(6);
  await close(organisation, 1);
  expect([await countedIn(arranged, 2), await countedIn(arranged, 1)]).toEqual([6, 11]);

  // One leaves and stays counted; what was decided before does not change.
  await asOwner(() =>
    db()
      .table('team_members')
      .where({ person_id: members[0]?.id })
      .update({ left_on: new Date('2020-02-01') }),
  );
  await close(organisation, 0);
  expect([await countedIn(arranged, 2), await countedIn(arranged, 1), await countedIn(arranged, 0)]).toEqual([
    6, 11, 11,
  ]);
});
