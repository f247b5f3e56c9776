import type { Actor } from '../../src/features/organisations/organisations.model';
import { forget } from '../../src/features/privacy/privacy.service';
import { closeMonths } from '../../src/features/reports/closing/closings.service';
import { keptToday } from '../../src/features/reports/closing/kept-rows';
import { readAhead, readAheadForAll } from '../../src/features/reports/closing/read-ahead.service';
import { db } from '../../src/lib/db';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aTeamOf, levels, withFramework } from '../support/factories-reports';
import { queuedJobs } from '../support/jobs';

/** An organisation that counts as one of six thousand people, or as small as it is. */
async function arrange({ isLarge }: { isLarge: boolean }) {
  await withFramework();
  const { organisation, members } = await aTeamOf({ people: 8, target_profile: 'professional' });
  await levels(
    members,
    '4.2',
    members.map((_, index) => [2, 3 + (index % 2)] as const),
  );
  const administrator = await aPerson({ organisation, roles: ['learner', 'administrator'] });
  await closeMonths(organisation.id);
  if (isLarge)
    await asOwner(() => db().table('kept_people').where({ organisation_id: organisation.id }).update({ people: 6000 }));
  return { organisation, administrator };
}

const today = (actor: Actor, value: number) =>
  inScope(actor, () =>
    keptToday<{ value: number }>(actor.organisation_id, 'test', () => db().raw('select ?::int as value', [value])),
  );

it.each([
  [true, 1],
  [false, 2],
])('reads lists of today once a day where there are many people (%s)', async (isLarge, second) => {
  const { administrator } = await arrange({ isLarge });
  expect(await today(administrator, 1)).toEqual([{ value: 1 }]);
  expect(await today(administrator, 2)).toEqual([{ value: second }]);
});

it('reads ahead what the administrators of a large organisation will ask for, and two years of comparisons', async () => {
  const { organisation } = await arrange({ isLarge: true });
  const count = (table: string) =>
    asOwner(async () =>
      Number((await db().table(table).where({ organisation_id: organisation.id }).count('* as n'))[0]?.n),
    );
  expect([await count('kept_people'), await count('kept_reports')]).toEqual([3, 0]);
  await readAhead({ organisation_id: organisation.id });
  expect(await count('kept_people')).toBe(24);
  const names = await asOwner(() =>
    db().table('kept_reports').where({ organisation_id: organisation.id }).pluck('name'),
  );
  for (const name of ['heat-map', 'courses en', 'parts', 'training en', 'training to do en'])
    expect(names.some((one: string) => one.startsWith(name))).toBe(true);
});

it('leaves small organisations to be read when somebody asks', async () => {
  const { organisation } = await arrange({ isLarge: false });
  await readAheadForAll();
  expect((await queuedJobs()).map(({ name }) => name)).toContain('read-ahead');
  await readAhead({ organisation_id: organisation.id });
  expect(await asOwner(() => db().table('kept_reports').where({ organisation_id: organisation.id }))).toEqual([]);
});

it('keeps no list of a day that is over, and none of today when somebody is forgotten: they name people', async () => {
  const { organisation, administrator } = await arrange({ isLarge: true });
  const kept = { organisation_id: organisation.id, month_end: '2020-01-31', rows: '[]' };
  await asOwner(() =>
    db()
      .table('kept_reports')
      .insert(['test 2020-02-01', 'parts', 'other 2020-02-01'].map((name) => ({ ...kept, name }))),
  );
  const names = () => asOwner(() => db().table('kept_reports').orderBy('name').pluck('name'));
  await today(administrator, 1);
  expect(await names()).toEqual(['parts', expect.stringMatching(/^test 20(?!20)/)]);

  const person = await aPerson({ organisation });
  const due = { organisation_id: organisation.id, person_id: person.id, reason: 'asked', due_at: new Date(0) };
  await asOwner(() => db().table('erasures').insert(due));
  await forget();
  expect(await names()).toEqual(['parts']);
});
