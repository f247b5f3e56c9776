import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { asOwner } from './factories';
import { aTeamOf } from './factories-reports';

/** A talk of two, by default open and planned for a week from now. */
export async function aTalk(person: Actor, supervisor: Actor, values: object = {}): Promise<string> {
  const id = randomUUID();
  await asOwner(() =>
    db()
      .table('talks')
      .insert({
        id,
        organisation_id: person.organisation_id,
        person_id: person.id,
        supervisor_id: supervisor.id,
        proposed_by: supervisor.id,
        planned_on: db().raw('current_date + 7'),
        ...values,
      }),
  );
  return id;
}

/** Aino and her supervisor, in a team of two. */
export async function twoForTalk() {
  const { organisation, team, members, supervisor } = await aTeamOf({
    people: 2,
    names: ['Aino Koski', 'Mikko Virta'],
    target_profile: 'professional',
  });
  const [aino, mikko] = members as [Actor, Actor];
  return { organisation, team, aino, mikko, supervisor };
}

export const storedTalk = (id: string) => asOwner(() => db().table('talks').where({ id }).first());
