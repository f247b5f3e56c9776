import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { translator } from '../../lib/i18n';
import { receiptCode, receiptHash } from '../../lib/receipt';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { rememberObject } from '../loop/loop.service';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { addFigures, type FigureChange } from './figures.model';
import {
  deleteReach,
  insertReach,
  insertRequest,
  lockRequest,
  type Reach,
  type SupportRequest,
  updateRequest,
} from './visits.model';

const subject = ({ id }: Pick<SupportRequest, 'id'>) => ({ type: 'support_request', id });
type Asked = Pick<SupportRequest, 'id' | 'area_code' | 'theme' | 'form' | 'language' | 'body' | 'suits'>;

const count = (request: SupportRequest | (Asked & { organisation_id: string }), day: string, change: FigureChange) =>
  addFigures({ ...request, day }, change);

/** What a request or a visit is called where other things are named beside it: its way and its theme. */
export const titleOf = ({ form, theme }: Pick<SupportRequest, 'form' | 'theme'>): string => {
  const t = translator('fi');
  return `${t(`visits.form.${form}`)}: ${t(`loop.themes.${theme}`)}`;
};

/** In the loop a request has a theme, a form and a state, and no words of who asked. */
const remember = (
  request: Pick<SupportRequest, 'id' | 'organisation_id' | 'theme' | 'area_code' | 'form'>,
  state: string,
) =>
  rememberObject({
    ...{ kind: 'request', id: request.id, organisation_id: request.organisation_id, visibility: 'organisation' },
    ...{ title: titleOf(request), language: 'fi', href: `/visits/requests/${request.id}`, status: state },
    ...{ theme: request.theme, area: request.area_code },
  });

/** Keeps a request of somebody who may have no account. Returns the code by which it is found again; the same when sent twice. */
export function askSupport(organisationId: string, asked: Asked, reach: Reach): Promise<string> {
  const code = receiptCode(asked.id);
  const made_by = null;
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      await keep(
        { id: made_by, organisation_id: organisationId },
        { ...asked, receipt_hash: receiptHash(code) },
        reach,
      );
      return code;
    }),
  );
}

/** Keeps a request that somebody made by telephone or at a place. Returns its id. */
export function writeRequest(actor: Actor, asked: Asked, reach: Reach): Promise<string> {
  return atomically(async () => {
    await keep(actor, asked, reach);
    return asked.id;
  });
}

async function keep(
  by: { id: string | null; organisation_id: string },
  asked: Asked & { receipt_hash?: string },
  reach: Reach,
): Promise<void> {
  const { organisation_id } = by;
  if (!(await insertRequest({ ...asked, organisation_id, made_by: by.id }))) return;
  await insertReach({ ...reach, request_id: asked.id, organisation_id });
  await count({ ...asked, organisation_id }, dayOf(new Date()), { requests_opened: 1 });
  await remember({ ...asked, organisation_id }, 'open');
  await recordAudit(by, 'support.asked', subject(asked), { form: asked.form, theme: asked.theme });
}

/** Asks a person of the organisation to help; they say yes or no. */
export function offerRequest(actor: Actor, given: SupportRequest, supporterId: string): Promise<void> {
  return atomically(async () => {
    const request = await openOne(given);
    await updateRequest(request, {
      state: 'open',
      supporter_id: supporterId,
      offered_at: new Date(),
      accepted_at: null,
    });
    await recordAudit(actor, 'support.offered', subject(request), { supporter: supporterId });
    await notify({
      ...{ organisation_id: actor.organisation_id, person_id: supporterId, kind: 'support.offered', params: {} },
      ...{ href: `/visits/requests/${request.id}`, key: `support ${request.id} ${supporterId}` },
    });
  });
}

/** The supporter helps with it; also one who took it without being asked. Throws 409 when somebody else does already. */
export function acceptRequest(actor: Actor, given: SupportRequest): Promise<void> {
  return atomically(async () => {
    const request = await openOne(given);
    if (request.supporter_id && request.supporter_id !== actor.id) throw conflict();
    await updateRequest(request, {
      ...{ state: 'matched', supporter_id: actor.id, accepted_at: new Date() },
      offered_at: request.offered_at ?? new Date(),
    });
    await remember(request, 'matched');
    await recordAudit(actor, 'support.accepted', subject(request));
  });
}

/** The supporter cannot after all: the request is open again for others. */
export function declineRequest(actor: Actor, given: SupportRequest): Promise<void> {
  return atomically(async () => {
    const request = await lockRequest(given);
    if (!request || request.supporter_id !== actor.id || request.ended_on) throw conflict();
    await updateRequest(request, { state: 'open', supporter_id: null, offered_at: null, accepted_at: null });
    await remember(request, 'open');
    await recordAudit(actor, 'support.declined', subject(request));
  });
}

/** Ends a request. How to reach who asked is deleted at once: nothing needs it any more. Throws 409 when it has ended. */
export function endRequest(
  by: Pick<Actor, 'organisation_id'> & { id: string | null },
  given: SupportRequest,
  end: { state: 'met' | 'unmet' | 'withdrawn'; reason?: string },
): Promise<void> {
  return atomically(async () => {
    const request = await lockRequest(given);
    if (!request || request.ended_on) throw conflict();
    const ended_on = dayOf(new Date());
    await updateRequest(request, {
      state: end.state,
      ended_on,
      unmet_reason: end.state === 'unmet' ? (end.reason ?? null) : null,
      // Words of who asked go, too; what is counted has none.
      ...{ body: '', suits: '' },
    });
    await deleteReach(request.organisation_id, request.id);
    if (end.state !== 'withdrawn')
      await count(request, ended_on, end.state === 'met' ? { requests_met: 1 } : { requests_unmet: 1 });
    await remember(request, end.state);
    await recordAudit(by, 'support.ended', subject(request), { ...end });
  });
}

async function openOne(given: SupportRequest): Promise<SupportRequest> {
  const request = await lockRequest(given);
  if (!request || request.ended_on || request.state === 'matched') throw conflict();
  return request;
}
