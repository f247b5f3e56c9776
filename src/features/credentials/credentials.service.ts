import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { atomically, db } from '../../lib/db';
import { notFound } from '../../lib/errors';
import type { Language } from '../../lib/i18n';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { badgeDocument } from './achievement-document';
import { newCode } from './code';
import { type IssuedCredential, lockCredential, setCredential, takeStatusPlace } from './credentials.model';
import { canAccept, canRevoke, isOwnCredential } from './credentials.policy';
import { findIssuer, type Issuer } from './issuer-keys.model';
import { signingKey } from './issuer-keys.service';
import { sign } from './sign';
import { setBit } from './status-lists.model';
import { statusEntry } from './status-lists.service';

export interface Accepting {
  shown_name: string;
  is_public: boolean;
  /** Whether a badge may be known as theirs by a hash of their e-mail address. */
  by_email: boolean;
  evidence: string;
  language: Language;
}

/**
 * The person's yes: a certificate gets its name and its code, a badge is signed. A badge accepted before is signed again with the
 * new choices and the earlier copy is revoked. False when it is not theirs to accept any more.
 */
export function acceptCredential(actor: Actor, given: IssuedCredential, how: Accepting, now = new Date()) {
  return atomically(async () => {
    const row = await lockCredential(given);
    if (!row || !canAccept(actor, row)) return false;
    if (row.kind === 'badge') await endCopy(row);
    const made = row.kind === 'badge' ? await signBadge(actor, row, how, now) : {};
    await setCredential(row, {
      ...made,
      state: 'accepted',
      shown_name: how.shown_name,
      is_public: how.is_public,
      code: row.code ?? newCode(),
      issued_at: row.issued_at ?? now,
    });
    await recordAudit(actor, 'credentials.accepted', { type: 'credential', id: row.id }, { kind: row.kind });
    return true;
  });
}

async function signBadge(actor: Actor, row: IssuedCredential, how: Accepting, now: Date) {
  const issuer = await issuerOf(row);
  const { list, index } = await takeStatusPlace(row.organisation_id);
  const document = badgeDocument(
    issuer,
    row,
    { language: how.language, evidence: how.evidence, identity: how.by_email ? await identityOf(actor) : undefined },
    { id: randomUUID(), subjectId: randomUUID(), status: statusEntry(issuer.slug, list, index), now },
  );
  const text = await sign(document, await signingKey(issuer), now);
  return { document: text, status_list: list, status_index: index };
}

/** Nobody can read the address from it, and who knows the address can tell that it is theirs. */
async function identityOf({ id }: Pick<Actor, 'id'>) {
  const person = await db()('people').where({ id }).first('email');
  if (!person?.email) return undefined;
  const salt = randomBytes(16).toString('hex');
  return {
    salt,
    hash: createHash('sha256')
      .update(person.email + salt)
      .digest('hex'),
  };
}

/** A no thank you, or taking away what was accepted. What it said is forgotten; it is not offered again for the same thing. */
export function dropCredential(actor: Actor, given: IssuedCredential): Promise<void> {
  return atomically(async () => {
    const row = await lockCredential(given);
    if (!row || !isOwnCredential(actor, row) || row.state === 'declined') return;
    const action = row.state === 'offered' ? 'credentials.declined' : 'credentials.deleted';
    await setCredential(row, {
      state: 'declined',
      content: { titles: {}, issuer: '', skills: [] },
      ...{ shown_name: '', code: null, document: null, is_public: false, reason: '' },
    });
    await recordAudit(actor, action, { type: 'credential', id: row.id }, { kind: row.kind });
  });
}

/** Whether who has the code may see the page. */
export function showCredential(actor: Actor, given: IssuedCredential, is_public: boolean): Promise<void> {
  return atomically(async () => {
    const row = await lockCredential(given);
    if (!row || !isOwnCredential(actor, row) || row.state !== 'accepted' || row.is_public === is_public) return;
    await setCredential(row, { is_public });
    await recordAudit(actor, is_public ? 'credentials.shown' : 'credentials.hidden', {
      type: 'credential',
      id: row.id,
    });
  });
}

/** The organisation takes it back, with a reason that the person sees. False when it cannot be any more. */
export function revokeCredential(actor: Actor, given: IssuedCredential, reason: string, now = new Date()) {
  return atomically(async () => {
    const row = await lockCredential(given);
    if (!row || !canRevoke(actor, row)) return false;
    await endCopy(row);
    await setCredential(row, { revoked_at: now, revoked_by: actor.id, revoke_reason: reason });
    await recordAudit(actor, 'credentials.revoked', { type: 'credential', id: row.id }, { kind: row.kind });
    const { organisation_id, person_id, id } = row;
    await notify({ organisation_id, person_id, kind: 'credentials.revoked', params: {}, href: `/credentials/${id}` });
    return true;
  });
}

/** A signed copy that is out in the world is not good any more. */
async function endCopy({ organisation_id, status_list, status_index }: IssuedCredential): Promise<void> {
  if (status_list !== null && status_index !== null) await setBit(organisation_id, status_list, status_index);
}

export async function issuerOf({ organisation_id }: Pick<IssuedCredential, 'organisation_id'>): Promise<Issuer> {
  const issuer = await findIssuer(organisation_id);
  if (!issuer) throw notFound();
  return issuer;
}
