import { db } from '../../lib/db';
import { renewStamp } from '../skills/own-profiles.model';
import type { Ranges } from './target-levels';

/** A target profile of an organisation's own. */
export interface TargetProfile {
  id: string;
  organisation_id: string;
  name: string;
  about: string;
  /** The profile that it began as a copy of; empty for none. */
  copied_from: string;
  created_at: Date;
  archived_at: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    target_profiles: TargetProfile;
  }
}

export function findProfile(organisationId: string, id: string): Promise<TargetProfile | undefined> {
  return db()('target_profiles')
    .whereRaw('organisation_id = ? and id::text = ?', [organisationId, id])
    .first()
    .then((row) => row);
}

/** False when there is one with this id already: the form came twice. */
export async function insertProfile(
  profile: Pick<TargetProfile, 'id' | 'organisation_id' | 'name' | 'about' | 'copied_from'>,
): Promise<boolean> {
  const rows = await db()('target_profiles').insert(profile).onConflict('id').ignore().returning('id');
  return rows.length > 0;
}

export async function setProfile(
  organisationId: string,
  id: string,
  values: Partial<Pick<TargetProfile, 'name' | 'about' | 'archived_at'>>,
): Promise<void> {
  await db()('target_profiles').where({ organisation_id: organisationId, id }).update(values);
  await renewStamp(organisationId);
}

/** Whether another profile in use has the name, in any case. */
export async function isNameTaken(organisationId: string, name: string, exceptId: string): Promise<boolean> {
  const { rows } = await db().raw(
    `select exists (select from target_profiles where organisation_id = ? and lower(name) = lower(?) and id <> ?
       and archived_at is null) as yes`,
    [organisationId, name, exceptId],
  );
  return rows[0].yes;
}

/** Changes of a profile wait for each other until their transactions end. */
export async function lockProfile(id: string): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`target profile ${id}`]);
}

/** When the newest version was made, as a mark of what a person looked at; empty for none. */
export async function newestVersion(organisationId: string, profileId: string): Promise<string> {
  const { rows } = await db().raw(
    `select extract(epoch from made_at)::text as made from target_profile_versions
     where organisation_id = ? and profile_id = ? order by from_day desc limit 1`,
    [organisationId, profileId],
  );
  return rows[0]?.made ?? '';
}

/**
 * Writes the levels that hold from today on. Earlier days keep theirs; a second change on the same day takes the place of the
 * first, because reports know days only.
 */
export async function writeVersion(
  organisationId: string,
  profileId: string,
  madeBy: string | null,
  levels: Ranges,
): Promise<void> {
  await db().raw(
    'delete from target_profile_versions where organisation_id = ? and profile_id = ? and from_day = current_date',
    [organisationId, profileId],
  );
  await db().raw(
    `insert into target_profile_versions (organisation_id, profile_id, made_at, made_by) values (?, ?, clock_timestamp(), ?)`,
    [organisationId, profileId, madeBy],
  );
  await db().raw(
    `insert into target_levels (organisation_id, profile_id, from_day, competence_code, minimum, aim)
     select ?, ?, current_date, code, minimum, aim
     from unnest(?::text[], ?::int[], ?::int[]) as l(code, minimum, aim)`,
    [
      ...[organisationId, profileId, [...levels.keys()]],
      ...[[...levels.values()].map(({ minimum }) => minimum), [...levels.values()].map(({ aim }) => aim)],
    ] as never,
  );
  await renewStamp(organisationId);
}
