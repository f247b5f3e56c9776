import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { asOwner } from './factories';

/** A year of a team with its four steps; days as SQL, by default spread over this year. */
export async function aCycle(
  team: { id: string },
  organisation: { id: string },
  {
    year = new Date().getFullYear(),
    days = {},
    ...step
  }: { year?: number; days?: Record<string, string>; remind_days?: number } = {},
): Promise<string> {
  const id = randomUUID();
  await asOwner(async () => {
    await db()
      .table('team_cycles')
      .insert({ id, organisation_id: organisation.id, team_id: team.id, year, theme: 'Teema' });
    for (const [index, name] of ['check', 'plan', 'try', 'review'].entries())
      await db()
        .table('team_cycle_steps')
        .insert({
          organisation_id: organisation.id,
          cycle_id: id,
          step: name,
          due_on: db().raw(days[name] ?? `make_date(${year}, ${index * 3 + 1}, 15)`),
          ...step,
        });
  });
  return id;
}

export const storedSteps = (cycle: string) =>
  asOwner(() => db().table('team_cycle_steps').where({ cycle_id: cycle }).orderBy('due_on'));
