import type { Request } from 'express';
import { withScope } from '../../lib/scope';
import { type SessionUser, startSession } from '../../lib/session';
import { findActor } from '../organisations/organisations.model';
import { sessionUser } from './accounts.passport';
import { openAccount } from './accounts.service';
import type { Step } from './assurance';
import { sharedDeviceOf } from './shared-devices.service';
import { markUsed } from './ways.model';

type Shown = Pick<SessionUser, 'way' | 'second'> & { by: Step };

/**
 * Signs the person in under a new session, in the organisation of a shared device, in the one they are in already, or in
 * their first one. False when they are a member nowhere today.
 */
export async function letIn(req: Request, personId: string, shown: Shown): Promise<boolean> {
  const device = await sharedDeviceOf(req);
  const here = req.visitor?.id === personId ? req.visitor.organisation_id : undefined;
  const actor = await openAccount(personId, device?.organisation_id ?? here, shown.by);
  if (!actor) return false;
  if (shown.way) await withScope({ organisationId: null, personId }, () => markUsed(shown.way as string));
  const browser = browserOf(req.get('User-Agent'));
  await startSession(req, sessionUser(actor, { ...shown, browser, ...(device && { device: device.id }) }));
  return true;
}

/** Goes on under a new session as the same person: in another organisation, by a new password, or more surely. */
export async function goOn(req: Request, organisationId: string, shown: Partial<SessionUser> = {}): Promise<boolean> {
  const actor = await findActor(organisationId, req.actor.id);
  if (!actor) return false;
  const { by = 'password', way, second, at, browser, device } = req.signIn ?? {};
  const kept = Object.fromEntries(
    Object.entries({ by, way, second, at, browser, device }).filter(([, value]) => value !== undefined),
  );
  await startSession(req, sessionUser(actor, { ...kept, ...shown }));
  return true;
}

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux|CrOS/, 'Linux'],
];

/** "Chrome, Windows": enough to know one's own device again. Empty for others. */
export function browserOf(userAgent: string | undefined): string {
  const first = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(', ');
}
