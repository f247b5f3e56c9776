import { randomUUID } from 'node:crypto';
import { giveProfile } from '../../src/features/targets/giving.model';
import { makeProfile } from '../../src/features/targets/targets.service';
import { db } from '../../src/lib/db';
import { asOwner, inScope } from './factories';

type Somebody = { id: string; organisation_id: string };

/** An own profile of the administrator's organisation: safe payments from 3 to 5 unless told otherwise. Returns its code. */
export async function aProfile(
  admin: Somebody,
  {
    name = `Profiili ${randomUUID().slice(0, 6)}`,
    levels = { '4.2': [3, 5] } as Record<string, [number, number]>,
  } = {},
): Promise<string> {
  const key = randomUUID();
  const ranges = new Map(Object.entries(levels).map(([code, [minimum, aim]]) => [code, { minimum, aim }]));
  await inScope(admin, () => makeProfile(admin, { key, name, about: '', copy_from: '' }, ranges));
  return key;
}

/** The person has the profile from today on. */
export async function given(admin: Somebody, code: string, person: { id: string }): Promise<void> {
  await inScope(admin, () => giveProfile(admin.organisation_id, code, { person_id: person.id }));
}

/** As if all that is known of profiles had happened so many days earlier. */
export async function daysPass(organisation: { id: string }, days: number): Promise<void> {
  await asOwner(async () => {
    const past = `from_day - ${Math.trunc(days)}`;
    for (const sql of [
      `update target_levels set from_day = ${past} where organisation_id = ?`,
      `update target_profile_versions set from_day = ${past} where organisation_id = ?`,
      `update profile_days set from_day = ${past} where organisation_id = ? and from_day > '2000-01-01'`,
    ])
      await db()
        .raw(`set local session_replication_role = 'replica'`)
        .then(() => db().raw(sql, [organisation.id]));
    await db().raw(`set local session_replication_role = 'origin'`);
  });
}
