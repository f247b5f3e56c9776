import { randomInt } from 'node:crypto';
import { atomically } from '../../lib/db';
import { hashPassword } from '../../lib/passwords';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { deleteOtherSessions } from './accounts.model';
import { keyed } from './keyed';
import { type Picture, pictureSecret } from './pictures';
import { deleteSessionsOfWay } from './sessions.model';
import { deleteWay, deleteWaysOf, insertWay, setWay, WAY_KINDS, type WayKind } from './ways.model';

type Doer = Pick<Actor, 'id' | 'organisation_id'>;

/** Letters and digits that nobody takes for another on paper. */
const CLEAR = 'abcdefghkmnprstuvwxyz23456789';
const group = () => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('');

/** A code of three groups of four, 58 bits: as on a card, and as the codes on paper of a second factor. */
export const newCode = (): string => [group(), group(), group()].join('-');

/** The same code however it was typed: groups, spaces and capitals make no difference. */
export const plainCode = (typed: string): string => typed.toLowerCase().replace(/[^a-z0-9]/g, '');

export const cardHandle = (code: string): string => keyed('card', plainCode(code));

/**
 * Makes a card in place of the person's earlier one, whose sessions end. The code is returned and kept nowhere.
 * `actor` is the person or somebody who may help them.
 */
export function makeCard(actor: Doer, personId: string): Promise<string> {
  return atomically(async () => {
    const code = newCode();
    await putWay(actor, personId, { kind: 'card', handle: cardHandle(code) });
    return code;
  });
}

/** The person's own pictures, in place of earlier ones. */
export async function choosePictures(actor: Doer, chosen: readonly Picture[]): Promise<void> {
  const secret = await hashPassword(pictureSecret(chosen));
  await atomically(() => putWay(actor, actor.id, { kind: 'picture', secret }));
}

/** A number that the person knows, asked after their card. False when they have no card. */
export async function chooseNumber(actor: Doer, cardId: string, number: string): Promise<void> {
  const secret = await hashPassword(`number ${cardId} ${number}`);
  await atomically(async () => {
    await setWay(cardId, { secret, details: { numbered: true }, failures: 0 });
    await recordAudit(actor, 'account.number-chosen', { type: 'person', id: actor.id });
  });
}

interface NewSecret {
  kind: WayKind;
  handle?: string;
  secret?: string;
  name?: string;
  details?: object;
  counter?: number;
}

/** Adds a way, in place of the earlier one of its kind (passkeys may be many), and tells its person. In the caller's transaction. */
export async function putWay(actor: Doer, personId: string, way: NewSecret): Promise<string> {
  const isOwn = actor.id === personId;
  if (way.kind !== 'passkey') await deleteWaysOf(personId, way.kind);
  const id = await insertWay({ ...way, person_id: personId, made_by: actor.id });
  const action = isOwn ? 'account.way-added' : 'member.way-added';
  await recordAudit(actor, action, { type: 'person', id: personId }, { way: way.kind });
  await tellOf(actor, personId, `sign-in.${way.kind}`);
  return id;
}

/** Takes a way away and ends what it opened. False when it is not the person's. */
export function removeWay(actor: Doer, personId: string, wayId: string): Promise<boolean> {
  return atomically(async () => {
    const kind = await deleteWay(personId, wayId);
    if (!kind) return false;
    await deleteSessionsOfWay(personId, wayId);
    await wasRemoved(actor, personId, kind);
    return true;
  });
}

/** One press when a phone or a bag is lost: every thing that opens goes, what is known by heart stays, and all sessions end. */
export function removeLost(actor: Doer, personId: string): Promise<void> {
  return atomically(async () => {
    for (const kind of WAY_KINDS.filter((one) => one !== 'picture' && one !== 'mail')) {
      if ((await deleteWaysOf(personId, kind)) > 0) await wasRemoved(actor, personId, kind);
    }
    await deleteOtherSessions(personId, null);
  });
}

async function wasRemoved(actor: Doer, personId: string, kind: WayKind): Promise<void> {
  const action = actor.id === personId ? 'account.way-removed' : 'member.way-removed';
  await recordAudit(actor, action, { type: 'person', id: personId }, { way: kind });
  await tellOf(actor, personId, `sign-in.removed-${kind}`);
}

async function tellOf(actor: Doer, personId: string, kind: string): Promise<void> {
  await notify({
    organisation_id: actor.organisation_id,
    person_id: personId,
    kind,
    params: {},
    href: '/account/ways',
  });
}

/** Codes by mail, to the address that the organisation keeps of the person. Asked for twice, it is on once. */
export function switchMailOn(actor: Doer, personId: string): Promise<void> {
  return atomically(async () => {
    await putWay(actor, personId, { kind: 'mail' });
  });
}

/** Codes by text message, to a number that the person or an administrator gave. */
export function givePhone(actor: Doer, personId: string, phone: string): Promise<void> {
  return atomically(async () => {
    await putWay(actor, personId, { kind: 'phone', details: { phone } });
  });
}
