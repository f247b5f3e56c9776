import { db } from '../../lib/db';

export interface SharedDevice {
  id: string;
  organisation_id: string;
  name: string;
  team_id: string;
  until: string;
  /** People of the team may choose their name on it. */
  shows_names: boolean;
  made_by: string | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    shared_devices: SharedDevice & { token_hash: string };
  }
}

export type TrustedDevice = Pick<SharedDevice, 'id' | 'organisation_id' | 'name'>;

/** The trusted device behind a token; undefined when it is none, or its time is over. Asked before anyone is known. */
export async function findDevice(tokenHash: string): Promise<TrustedDevice | undefined> {
  const { rows } = await db().raw('select id, organisation_id, name from shared_device(?)', [tokenHash]);
  return rows[0];
}

export interface NameOnDevice {
  way_id: string;
  name: string;
  username: string;
}

/** People of the device's team who sign in by pictures; nobody when the device shows no names. */
export async function selectDevicePeople(deviceId: string): Promise<NameOnDevice[]> {
  const { rows } = await db().raw('select way_id, name, username from shared_device_people(?)', [deviceId]);
  return rows;
}

export async function insertDevice(device: Omit<SharedDevice, 'id'> & { token_hash: string }): Promise<string> {
  const [made] = await db()('shared_devices').insert(device as never, ['id']);
  return (made as { id: string }).id;
}

/** Devices of the organisation that are trusted today, with the name of the team whose people may choose their name. */
export async function selectDevices(organisationId: string): Promise<(SharedDevice & { team_name: string })[]> {
  const { rows } = await db().raw(
    `select d.id, d.organisation_id, d.name, d.team_id, d.shows_names, d.until::text as until, d.made_by, t.name as team_name
     from shared_devices d join teams t on t.id = d.team_id and t.organisation_id = d.organisation_id
     where d.organisation_id = ? and d.until >= current_date order by d.name, d.id`,
    [organisationId],
  );
  return rows;
}

export function setShowsNames(organisationId: string, deviceId: string, shows_names: boolean): Promise<number> {
  return db()('shared_devices').where({ organisation_id: organisationId, id: deviceId }).update({ shows_names });
}

export function deleteDevice(organisationId: string, deviceId: string): Promise<number> {
  return db()('shared_devices').where({ organisation_id: organisationId, id: deviceId }).delete();
}
