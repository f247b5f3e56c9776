import { db } from '../../lib/db';
import { keyed } from './keyed';

const OF_PERSON = "sess -> 'passport' -> 'user' ->> 'personId' = ?";

/** Ends the sessions that one way opened. */
export async function deleteSessionsOfWay(personId: string, wayId: string): Promise<void> {
  await db().raw(`delete from sessions where ${OF_PERSON} and sess -> 'passport' -> 'user' ->> 'way' = ?`, [
    personId,
    wayId,
  ]);
}

/** Ends the sessions on a shared device, whoever is in. */
export async function deleteSessionsOfDevice(deviceId: string): Promise<void> {
  await db().raw("delete from sessions where sess -> 'passport' -> 'user' ->> 'device' = ?", [deviceId]);
}

export interface OwnSession {
  /** What names it in a form. The session's own id is a secret and stays here. */
  key: string;
  by: string;
  browser: string;
  at: Date | null;
  isThis: boolean;
}

const keyOf = (sid: string) => keyed('session', sid);

async function sessionsOf(
  personId: string,
): Promise<{ sid: string; by: string; browser: string; at: string | null }[]> {
  const { rows } = await db().raw(
    `select sid, coalesce(sess -> 'passport' -> 'user' ->> 'by', 'password') as by,
       coalesce(sess -> 'passport' -> 'user' ->> 'browser', '') as browser, sess -> 'passport' -> 'user' ->> 'at' as at
     from sessions where ${OF_PERSON} and expire > now() order by expire desc limit 50`,
    [personId],
  );
  return rows;
}

/** Where the person is signed in now, the newest first. */
export async function selectOwnSessions(personId: string, thisSid: string | undefined): Promise<OwnSession[]> {
  const rows = await sessionsOf(personId);
  return rows
    .map(({ sid, at, ...row }) => ({
      ...row,
      key: keyOf(sid),
      at: at ? new Date(Number(at)) : null,
      isThis: sid === thisSid,
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis) || Number(b.at ?? 0) - Number(a.at ?? 0));
}

/** Ends one session of the person's own. False when there is none of that key. */
export async function deleteOwnSession(personId: string, key: string): Promise<boolean> {
  const session = (await sessionsOf(personId)).find(({ sid }) => keyOf(sid) === key);
  if (!session) return false;
  await db().raw('delete from sessions where sid = ?', [session.sid]);
  return true;
}
