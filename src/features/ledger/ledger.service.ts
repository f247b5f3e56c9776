import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { frozenSkills, issuerName, offer } from '../credentials/offers.service';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteEntry,
  insertEntry,
  insertRequest,
  lockEntry,
  lockRequest,
  setEntry,
  setRequest,
  type WorkEntry,
  type WorkKind,
  type WorkRequest,
} from './ledger.model';
import { canRemoveEntry, canWithdrawRequest, checkerOf } from './ledger.policy';
import { checkedWork, mayCheckPerson } from './ledger.queries';
import type { EntryForm } from './ledger.schema';

const TITLES = {
  fi: 'Vertaistuki digiasioissa',
  sv: 'Kamratstöd i digitala frågor',
  en: 'Peer support in digital matters',
};

/** Keeps what a person did. The same form sent twice is kept once. */
export async function tellWork(actor: Actor, form: EntryForm): Promise<void> {
  await insertEntry({ ...form, organisation_id: actor.organisation_id, person_id: actor.id });
}

export function removeWork(actor: Actor, given: WorkEntry): Promise<void> {
  return atomically(async () => {
    const entry = await lockEntry(given);
    if (entry && canRemoveEntry(actor, entry)) await deleteEntry(entry);
  });
}

/** What somebody who answers for the work says of it, beside what its person told. False when they may not, or it was checked. */
export function checkWork(
  actor: Actor,
  given: WorkEntry,
  said: { minutes: number; kind: WorkKind; note: string },
): Promise<boolean> {
  return atomically(async () => {
    const entry = await lockEntry(given);
    if (!entry || entry.checked_at || !(await mayCheckPerson(checkerOf(actor), entry.person_id))) return false;
    await setEntry(entry, {
      checked_at: new Date(),
      checked_by: actor.id,
      checked_minutes: said.minutes,
      checked_kind: said.kind,
      check_note: said.note,
    });
    const isSame = said.minutes === entry.minutes && said.kind === entry.kind;
    const subject = { type: 'work_entry', id: entry.id };
    await recordAudit(actor, isSame ? 'ledger.confirmed' : 'ledger.corrected', subject);
    // One word a day is enough, however many were checked.
    const { organisation_id, person_id } = entry;
    const key = `hours ${person_id} ${dayOf(new Date())}`;
    await notify({ organisation_id, person_id, kind: 'ledger.checked', params: {}, href: '/hours', key });
    return true;
  });
}

/** Asks for a certificate of one's work. The same form sent twice asks once. */
export function askCertificate(
  actor: Actor,
  form: Pick<WorkRequest, 'id' | 'from_on' | 'to_on' | 'skills'>,
): Promise<void> {
  return atomically(async () => {
    const isNew = await insertRequest({ ...form, organisation_id: actor.organisation_id, person_id: actor.id });
    if (isNew) await recordAudit(actor, 'ledger.asked', { type: 'work_request', id: form.id });
  });
}

export function withdrawRequest(actor: Actor, given: WorkRequest): Promise<void> {
  return atomically(async () => {
    const request = await lockRequest(given);
    if (request && canWithdrawRequest(actor, request)) await setRequest(request, { withdrawn_at: new Date() });
  });
}

export type Signing = 'signed' | 'nothing' | 'gone';

/**
 * Signs a certificate of checked work with the signer's name; its person sees it first and takes it. 'nothing': no work of those
 * days has been checked. 'gone': it was signed or withdrawn, or is not theirs to sign.
 */
export function signCertificate(actor: Actor, given: WorkRequest, role: string): Promise<Signing> {
  return atomically(async () => {
    const request = await lockRequest(given);
    if (!request || request.signed_at || request.withdrawn_at) return 'gone';
    if (!(await mayCheckPerson(checkerOf(actor), request.person_id))) return 'gone';
    const person = { id: request.person_id, organisation_id: request.organisation_id };
    const { sums, topics } = await checkedWork(person, request.from_on, request.to_on);
    if (sums.length === 0) return 'nothing';
    await setRequest(request, { signed_at: new Date(), signed_by: actor.id });
    await offer(person, {
      kind: 'work',
      key: `work ${request.id}`,
      given_by: actor.id,
      valid_until: null,
      content: {
        titles: TITLES,
        issuer: await issuerName(request.organisation_id),
        skills: await frozenSkills(request.skills.map((code) => ({ code, level: null }))),
        finished_on: request.to_on,
        work: { from: request.from_on, to: request.to_on, sums, topics, signer: actor.name, signer_role: role },
      },
    });
    await recordAudit(actor, 'ledger.signed', { type: 'work_request', id: request.id });
    return 'signed';
  });
}
