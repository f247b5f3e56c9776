import type { Actor } from '../../src/features/organisations/organisations.model';
import { selectRoutines } from '../../src/features/talks/routines.queries';
import { db } from '../../src/lib/db';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aCycle } from '../support/factories-cycles';
import { aTeamOf } from '../support/factories-reports';
import { aTalk } from '../support/factories-talks';

const at = (day: string) => new Date(`${day}T10:00:00Z`);

it('counts talks, cycles, steps and experiments of a period, of a team and of the organisation', async () => {
  const one = await aTeamOf({ people: 3 });
  const { organisation, team, supervisor } = one;
  const two = await aTeamOf({ people: 1, organisation });
  const [aino, mikko] = one.members as [Actor, Actor];
  await aTalk(aino, supervisor, { held_at: at('2025-03-01') });
  await aTalk(aino, supervisor, { held_at: at('2025-09-01') });
  await aTalk(mikko, supervisor, { held_at: at('2024-12-31') });
  await aTalk(mikko, supervisor);
  await aTalk(two.members[0] as Actor, two.supervisor, { held_at: at('2025-05-01') });
  const cycle = await aCycle(team, organisation, { year: 2025 });
  await asOwner(async () => {
    await db().table('team_cycle_steps').where({ cycle_id: cycle, step: 'check' }).update({ done_on: '2025-01-20' });
    for (const [decision, decided_on] of [
      ['keep', '2025-06-01'],
      ['drop', '2025-06-01'],
      ['change', '2026-01-02'],
      [null, null],
    ])
      await db()
        .table('team_experiments')
        .insert({
          id: db().raw('gen_random_uuid()'),
          organisation_id: organisation.id,
          cycle_id: cycle,
          idea: 'x',
          decision,
          decided_on,
          created_at: at('2025-04-01'),
        });
  });
  // A reader of reports who is in none of the talks sees the counts, and no row of them.
  const reader = await aPerson({ organisation, roles: ['learner', 'administrator'] });
  const read = (teamId: string | null) =>
    inScope(reader, () => selectRoutines(organisation.id, teamId, '2025-01-01', '2025-12-31'));

  expect(await read(team.id)).toEqual({
    talks: { held: 2, people: 1, members: 3 },
    cycles: { teams: 1, of: 1 },
    steps: { planned: 4, done: 1 },
    experiments: { begun: 4, keep: 1, change: 0, drop: 1 },
  });
  expect((await read(null)).talks).toEqual({ held: 3, people: 2, members: 4 });
  expect((await read(null)).cycles).toEqual({ teams: 1, of: 2 });
});

it('counts nothing of another organisation, even by its team’s id', async () => {
  const { organisation, team, members, supervisor } = await aTeamOf({ people: 1 });
  await aTalk(members[0] as Actor, supervisor, { held_at: at('2025-03-01') });
  await aCycle(team, organisation, { year: 2025 });
  const stranger = await aPerson();
  const read = await inScope(stranger, () =>
    selectRoutines(stranger.organisation_id, team.id, '2025-01-01', '2025-12-31'),
  );
  expect(read).toEqual({
    talks: { held: 0, people: 0, members: 0 },
    cycles: { teams: 0, of: 0 },
    steps: { planned: 0, done: 0 },
    experiments: { begun: 0, keep: 0, change: 0, drop: 0 },
  });
});
