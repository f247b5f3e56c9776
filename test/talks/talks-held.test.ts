import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { aPerson, inScope } from '../support/factories';
import { aTeamOf } from '../support/factories-reports';
import { aTalk } from '../support/factories-talks';

const at = (day: string) => new Date(`${day}T10:00:00Z`);

/** What reports may know of talks: the counts of 2025 of a team, or of the organisation for null. */
const counts = (reader: Actor, team: string | null) =>
  inScope(reader, async () => {
    const { rows } = await db().raw(
      "select talks, people, members from talks_held(?::uuid, '2025-01-01', '2025-12-31')",
      [team],
    );
    return rows[0];
  });

it('counts talks and people of a period, of a team and of the organisation, for one who sees none of them', async () => {
  const { organisation, team, members, supervisor } = await aTeamOf({ people: 3 });
  const two = await aTeamOf({ people: 1, organisation });
  const [aino, mikko] = members as [Actor, Actor];
  await aTalk(aino, supervisor, { held_at: at('2025-03-01') });
  await aTalk(aino, supervisor, { held_at: at('2025-09-01') });
  await aTalk(mikko, supervisor, { held_at: at('2024-12-31') });
  await aTalk(mikko, supervisor);
  await aTalk(two.members[0] as Actor, two.supervisor, { held_at: at('2025-05-01') });
  const reader = await aPerson({ organisation, roles: ['learner', 'administrator'] });
  expect(await counts(reader, team.id)).toEqual({ talks: 2, people: 1, members: 3 });
  expect(await counts(reader, null)).toEqual({ talks: 3, people: 2, members: 4 });
  expect(await inScope(reader, () => db().table('talks'))).toEqual([]);
});

it('counts nothing of another organisation, even by its team’s id', async () => {
  const { team, members, supervisor } = await aTeamOf({ people: 1 });
  await aTalk(members[0] as Actor, supervisor, { held_at: at('2025-03-01') });
  expect(await counts(await aPerson(), team.id)).toEqual({ talks: 0, people: 0, members: 0 });
});
