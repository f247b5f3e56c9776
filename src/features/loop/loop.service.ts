import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { KIND_ICONS, type LinkHow } from './kinds';
import {
  type ChainLink,
  deleteLink,
  deleteObject,
  findObject,
  insertLink,
  type LoopObject,
  type ObjectKey,
  selectLinks,
  upsertObject,
} from './loop.model';

/** What came before an object and what came of it, for `views/loop/_chain`. */
export interface Chain {
  kind: ObjectKey['kind'];
  id: string;
  before: (ChainLink & { icon: string })[];
  after: (ChainLink & { icon: string })[];
}

/** Keeps what an object is called, where it is and who may see it. In the transaction that makes or changes the object. */
export function rememberObject(
  object: Pick<LoopObject, 'kind' | 'id' | 'organisation_id' | 'title' | 'href'> & Partial<LoopObject>,
): Promise<void> {
  return upsertObject(object);
}

/** In the transaction that takes the object away; its links go, too. */
export const forgetObject = (kind: ObjectKey['kind'], id: string): Promise<void> => deleteObject({ kind, id });

/** Says that `to` came of `from`, once. In the caller's transaction or one of its own. */
export function linkObjects(
  actor: Pick<Actor, 'id' | 'organisation_id'>,
  from: ObjectKey,
  to: ObjectKey,
  how: LinkHow,
) {
  return atomically(async () => {
    const isNew = await insertLink({ organisation_id: actor.organisation_id, made_by: actor.id, from, to, how });
    if (isNew) await recordAudit(actor, 'loop.linked', { type: from.kind, id: from.id }, { to, how });
    return isNew;
  });
}

/** Takes away a link that the actor's organisation made. Returns whether there was one. */
export function unlinkObjects(actor: Actor, from: ObjectKey, to: ObjectKey): Promise<boolean> {
  return atomically(async () => {
    const wasThere = await deleteLink(actor.organisation_id, from, to);
    if (wasThere) await recordAudit(actor, 'loop.unlinked', { type: from.kind, id: from.id }, { to });
    return wasThere;
  });
}

/** What the reader in scope may see of what came before and after; nobody's when nobody has signed in. */
export async function selectChain(kind: ObjectKey['kind'], id: string): Promise<Chain> {
  const { before, after } = await selectLinks({ kind, id });
  const withIcon = (link: ChainLink) => ({ ...link, icon: KIND_ICONS[link.kind] });
  return { kind, id, before: before.map(withIcon), after: after.map(withIcon) };
}

/** The object of a kind and id as a form names them, when the reader in scope may see it. */
export function readObject(named: unknown): Promise<LoopObject | undefined> {
  const [, kind = '', id = ''] = /^([a-z-]+):([\w-]+)$/.exec(String(named ?? '')) ?? [];
  return findObject({ kind, id });
}
