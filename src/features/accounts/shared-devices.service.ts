import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { cookieOf } from './cookies';
import { keyed } from './keyed';
import { deleteSessionsOfDevice } from './sessions.model';
import {
  deleteDevice,
  findDevice,
  insertDevice,
  type NameOnDevice,
  type SharedDevice,
  selectDevicePeople,
  setShowsNames,
  type TrustedDevice,
} from './shared-devices.model';

export const DEVICE_COOKIE = 'shared-device';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The trusted device that this browser is; undefined for all others, also for a cookie that somebody changed. */
export async function sharedDeviceOf(req: Request): Promise<TrustedDevice | undefined> {
  const token = cookieOf(req, DEVICE_COOKIE);
  return token && TOKEN.test(token) ? findDevice(keyed('device', token)) : undefined;
}

/** Who may choose their name on the device: the first name and a letter, or the whole name where two would be alike. */
export async function namesOn(device: Pick<SharedDevice, 'id'>): Promise<(NameOnDevice & { shown: string })[]> {
  const people = await selectDevicePeople(device.id);
  const counts = new Map<string, number>();
  for (const { name } of people) counts.set(short(name), (counts.get(short(name)) ?? 0) + 1);
  return people.map((one) => ({ ...one, shown: counts.get(short(one.name)) === 1 ? short(one.name) : one.name }));
}

function short(name: string): string {
  const [first = '', ...rest] = name.split(' ');
  const last = rest.at(-1)?.[0];
  return last ? `${first} ${last}.` : first;
}

type NewDevice = Pick<SharedDevice, 'name' | 'team_id' | 'until' | 'shows_names'>;

/** Trusts a browser until the end of a day. Returns the token that it keeps as a cookie; we keep a hash. */
export function trustDevice(actor: Actor, device: NewDevice): Promise<string> {
  return atomically(async () => {
    const token = randomBytes(32).toString('base64url');
    const { organisation_id } = actor;
    const id = await insertDevice({
      ...device,
      organisation_id,
      made_by: actor.id,
      token_hash: keyed('device', token),
    });
    await recordAudit(actor, 'organisation.device-trusted', { type: 'device', id }, { name: device.name });
    return token;
  });
}

/** Whether names are shown on the device before sign-in: from its next page on. */
export function showNames(actor: Actor, deviceId: string, shows: boolean): Promise<void> {
  return atomically(async () => {
    await setShowsNames(actor.organisation_id, deviceId, shows);
    await recordAudit(actor, 'organisation.device-names', { type: 'device', id: deviceId }, { shows_names: shows });
  });
}

/** Ends the trust, and whoever is signed in there. False when there is no such device in the actor's organisation. */
export function distrustDevice(actor: Actor, deviceId: string): Promise<boolean> {
  return atomically(async () => {
    if ((await deleteDevice(actor.organisation_id, deviceId)) === 0) return false;
    await deleteSessionsOfDevice(deviceId);
    await recordAudit(actor, 'organisation.device-distrusted', { type: 'device', id: deviceId });
    return true;
  });
}
