import { atomically } from '../../../lib/db';
import { conflict } from '../../../lib/errors';
import { found } from '../../../lib/guards';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import {
  type Draft,
  type DraftState,
  lockDraft,
  putSignature,
  type Signature,
  type SignatureKind,
  selectValidSignatures,
  updateDraft,
} from '../drafts.model';
import { fixVersion } from '../versions/versions.model';
import { type EventKind, insertEvent } from './events.model';
import { isSigned, publish } from './publishing.service';
import { askedToSign, peopleOf, tell } from './telling';

const subject = (draft: { id: string }) => ({ type: 'lesson_draft', id: draft.id });

/** Sends the text, as it stands, to those who sign it. Throws 409 when it changed since the sender saw it. */
export function submitDraft(actor: Actor, draft: Draft): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state !== 'writing' || locked.version !== draft.version) throw conflict();
    await updateDraft(locked, { state: 'in_review', submitted_at: new Date() });
    await fixVersion(locked);
    await insertEvent(locked, { kind: 'submitted', person_id: actor.id });
    await recordAudit(actor, 'draft.submitted', subject(draft), { version: draft.version });
    await tell(locked, await askedToSign(locked), { kind: 'draft.submitted', by: actor.id });
    // Both may have signed this very text before it went back for something that was no change of it.
    const signatures = await selectValidSignatures(locked);
    if (isSigned(signatures)) await approve(actor, { ...locked, state: 'in_review' }, signatures);
  });
}

/** Back to its writers, with a word of what to change. Signatures given so far fall when the text changes. */
export const askForChanges = (actor: Actor, draft: Draft, text: string) =>
  sendBack(actor, draft, { kind: 'changes_asked', text, audit: 'draft.changes-asked' });

/** The writers themselves take it back. */
export const takeBack = (actor: Actor, draft: Draft, text: string) =>
  sendBack(actor, draft, { kind: 'taken_back', text, audit: 'draft.taken-back' });

function sendBack(actor: Actor, draft: Draft, how: { kind: EventKind; text: string; audit: string }): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state !== 'in_review' && locked.state !== 'approved') throw conflict();
    await insertEvent(locked, { kind: how.kind, person_id: actor.id, text: how.text });
    await updateDraft(locked, { state: 'writing' });
    await recordAudit(actor, how.audit, subject(draft));
    const href = `/write/drafts/${draft.id}`;
    await tell(locked, peopleOf(locked), {
      kind: how.kind === 'taken_back' ? 'draft.taken-back' : 'draft.changes-asked',
      by: actor.id,
      href,
    });
  });
}

/** A published lesson is written further as the same draft; learners keep the published one until both sign again. */
export function reopenDraft(actor: Actor, draft: Draft): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state !== 'published') throw conflict();
    await insertEvent(locked, { kind: 'reopened', person_id: actor.id });
    // What the next change means is asked anew, and so is each signature: it was given to a publication.
    const { change: _, ...content } = locked.content;
    await updateDraft(locked, { state: 'writing', version: locked.version + 1, content });
    await recordAudit(actor, 'draft.reopened', subject(draft));
  });
}

export interface Given {
  kind: SignatureKind;
  shown: Signature['shown'];
  shown_name: string;
}

/**
 * Signs the draft as it stands. With the second of the two signatures the lesson is approved, and published in the same
 * transaction unless another time was chosen. Returns where the draft is then. `mayStillSign` is asked again under the lock, so
 * two presses at once give one signature.
 */
export function signDraft(
  actor: Actor,
  draft: Draft,
  given: Given,
  mayStillSign: (locked: Draft, given: Signature[]) => boolean,
): Promise<DraftState> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    const before = await selectValidSignatures(locked);
    if (locked.version !== draft.version || !mayStillSign(locked, before)) throw conflict();
    await fixVersion(locked);
    await putSignature({
      ...given,
      draft_id: draft.id,
      organisation_id: draft.organisation_id,
      person_id: actor.id,
      draft_version: locked.version,
    });
    const column = given.kind === 'true_to_life' ? { expert_id: actor.id } : { professional_id: actor.id };
    await updateDraft(locked, column);
    await insertEvent(locked, { kind: 'signed', person_id: actor.id, about: given.kind });
    await recordAudit(actor, 'draft.signed', subject(draft), { kind: given.kind, version: locked.version });
    const signatures = await selectValidSignatures(locked);
    if (isSigned(signatures)) return approve(actor, { ...locked, ...column }, signatures);
    await tell(locked, peopleOf(locked), { kind: 'draft.signed', by: actor.id });
    return 'in_review';
  });
}

/** Both have signed: out at once, or to wait for its time or for a press. */
async function approve(actor: Actor, draft: Draft, signatures: Signature[]): Promise<DraftState> {
  const isTime = draft.publish_at !== null && draft.publish_at.getTime() <= Date.now();
  await insertEvent(draft, { kind: 'approved', person_id: actor.id });
  if (draft.publish_mode === 'at_once' || isTime) {
    await publish(actor, draft, signatures);
    return 'published';
  }
  await updateDraft(draft, { state: 'approved' });
  await tell(draft, peopleOf(draft), { kind: 'draft.approved', by: actor.id });
  return 'approved';
}
