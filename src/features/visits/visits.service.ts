import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { recordAudit } from '../audit/audit.model';
import { linkObjects, rememberObject } from '../loop/loop.service';
import type { Actor } from '../organisations/organisations.model';
import { addFigures } from './figures.model';
import { SAFETY } from './kinds';
import { titleOf } from './requests.service';
import { findClash, insertVisit, type SupportRequest, type SupportVisit, updateVisit } from './visits.model';

const subject = ({ id }: Pick<SupportVisit, 'id'>) => ({ type: 'support_visit', id });

export type AgreedVisit = Pick<SupportVisit, 'id' | 'second_name' | 'starts_at' | 'minutes'>;

/** Agrees a visit of the request's supporter. Returns the visit that it would clash with, and keeps nothing then. */
export function agreeVisit(
  actor: Actor,
  request: SupportRequest,
  visit: AgreedVisit,
): Promise<SupportVisit | undefined> {
  return atomically(async () => {
    const { organisation_id } = request;
    const supporter_id = request.supporter_id ?? actor.id;
    const clash = await findClash(organisation_id, supporter_id, visit);
    if (clash) return clash;
    if (!(await insertVisit({ ...visit, organisation_id, supporter_id, request_id: request.id }))) return undefined;
    await rememberObject({
      ...{
        kind: 'visit',
        id: visit.id,
        organisation_id,
        visibility: 'organisation',
        title: titleOf(request),
        language: 'fi',
      },
      ...{ href: `/visits/${visit.id}`, theme: request.theme, area: request.area_code, status: 'agreed' },
    });
    await linkObjects(actor, { kind: 'request', id: request.id }, { kind: 'visit', id: visit.id }, 'answers');
    await recordAudit(actor, 'visit.agreed', subject(visit));
    return undefined;
  });
}

/** Moves the visit to another time. Returns the visit that it would clash with, and moves nothing then. */
export function moveVisit(
  actor: Actor,
  visit: SupportVisit,
  to: Pick<SupportVisit, 'starts_at' | 'minutes'>,
): Promise<SupportVisit | undefined> {
  return atomically(async () => {
    const clash = await findClash(visit.organisation_id, visit.supporter_id ?? actor.id, { ...visit, ...to });
    if (clash) return clash;
    await updateVisit(visit, to);
    await recordAudit(actor, 'visit.moved', subject(visit));
    return undefined;
  });
}

/** What was looked through before the visit. With all of it, and the consent, the visit may begin. */
export function checkSafety(actor: Actor, visit: SupportVisit, ticked: readonly string[]): Promise<boolean> {
  return atomically(async () => {
    const checked = SAFETY.filter((key) => ticked.includes(key));
    await updateVisit(visit, {
      checked,
      consent_at: checked.includes('consent') ? (visit.consent_at ?? new Date()) : null,
    });
    await recordAudit(actor, 'visit.checked', subject(visit), { checked });
    return checked.length === SAFETY.length;
  });
}

/** What was agreed to come after the visit. Throws 409 before everything was looked through. */
export function endVisit(
  actor: Actor,
  visit: SupportVisit,
  request: SupportRequest,
  after: Pick<SupportVisit, 'follow_up' | 'follow_up_on'>,
): Promise<void> {
  return atomically(async () => {
    if (!visit.consent_at || visit.checked.length < SAFETY.length) throw conflict();
    if (visit.state === 'agreed') await addFigures({ ...request, day: dayOf(visit.starts_at) }, { visits: 1 });
    await updateVisit(visit, { ...after, state: 'done', followed_at: after.follow_up === 'none' ? new Date() : null });
    await recordAudit(actor, 'visit.done', subject(visit), { follow_up: after.follow_up });
  });
}

export function cancelVisit(actor: Actor, visit: SupportVisit): Promise<void> {
  return atomically(async () => {
    if (visit.state !== 'agreed') throw conflict();
    await updateVisit(visit, { state: 'cancelled' });
    await recordAudit(actor, 'visit.cancelled', subject(visit));
  });
}

/** The follow-up was done. */
export function followVisit(actor: Actor, visit: SupportVisit): Promise<void> {
  return atomically(async () => {
    await updateVisit(visit, { followed_at: visit.followed_at ?? new Date() });
    await recordAudit(actor, 'visit.followed', subject(visit));
  });
}
