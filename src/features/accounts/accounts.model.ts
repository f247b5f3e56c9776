import { db } from '../../lib/db';

/** The person behind a user name or e-mail and their password hash; undefined when there is none or it is suspended. */
export async function findSignIn(name: string): Promise<{ person_id: string; password_hash: string } | undefined> {
  const { rows } = await db().raw('select person_id, password_hash from sign_in_lookup(?)', [name]);
  return rows[0];
}

/** The password hash of the person in scope. */
export async function findOwnPasswordHash(): Promise<string | undefined> {
  const { rows } = await db().raw('select own_password_hash() as hash');
  return rows[0].hash ?? undefined;
}

export async function insertCredential(personId: string, hash: string, mustChange: boolean): Promise<void> {
  await db()('credentials').insert({ person_id: personId, password_hash: hash, must_change: mustChange });
}

export async function setPasswordHash(personId: string, hash: string, mustChange: boolean): Promise<void> {
  await db()('credentials')
    .where({ person_id: personId })
    .update({ password_hash: hash, must_change: mustChange, changed_at: db().raw('clock_timestamp()') as never });
}

/** Ends every session of the person but the one named. A stolen session ends when the password changes. */
export async function deleteOtherSessions(personId: string, keepSid: string | null): Promise<void> {
  await db().raw(
    "delete from sessions where sess -> 'passport' -> 'user' ->> 'personId' = ? and sid is distinct from ?",
    [personId, keepSid],
  );
}

/** Gives the person a password, whether they had one or not. */
export async function putCredential(personId: string, hash: string, mustChange: boolean): Promise<void> {
  await db()('credentials')
    .insert({ person_id: personId, password_hash: hash, must_change: mustChange })
    .onConflict('person_id')
    .merge({ password_hash: hash, must_change: mustChange, changed_at: db().raw('clock_timestamp()') as never });
}

/** Ends the sessions that the person has in one organisation; those in others go on. */
export async function deleteSessionsIn(organisationId: string, personId: string): Promise<void> {
  await db().raw(
    `delete from sessions where sess -> 'passport' -> 'user' ->> 'personId' = ?
       and sess -> 'passport' -> 'user' ->> 'organisationId' = ?`,
    [personId, organisationId],
  );
}

/** Whether the person has a password that they chose themself. */
export async function hasOwnPassword(personId: string): Promise<boolean> {
  const row = await db()('credentials').where({ person_id: personId }).first('must_change');
  return row !== undefined && !row.must_change;
}
