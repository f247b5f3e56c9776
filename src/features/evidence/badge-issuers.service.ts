import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { type BadgeIssuer, deleteMapping, insertIssuer, setIssuer, upsertMapping } from './badge-issuers.model';
import { type IssuerForm, keysAddress } from './badge-issuers.schema';
import { type PublicJwk, readKeys } from './badge-keys';
import { outside } from './badge-outside';

/** Trusts one more giver. Undefined when that address is trusted already. */
export function trustIssuer(actor: Actor, form: IssuerForm): Promise<string | undefined> {
  return atomically(async () => {
    const id = await insertIssuer({ ...form, organisation_id: actor.organisation_id, added_by: actor.id });
    if (id) await note(actor, id, 'badge-issuer.trusted', { address: form.address });
    return id;
  });
}

/** Changes the name, and the keys when some were given. */
export function changeIssuer(actor: Actor, issuer: BadgeIssuer, { name, keys }: { name: string; keys: PublicJwk[] }) {
  return atomically(async () => {
    await setIssuer(issuer, { name, ...(keys.length > 0 && { keys }) });
    await note(actor, issuer.id, 'badge-issuer.changed', { keys: keys.length });
  });
}

/** Ends the trust. What counts already stays: it was verified when it was taken. */
export function distrustIssuer(actor: Actor, issuer: BadgeIssuer): Promise<void> {
  return atomically(async () => {
    await setIssuer(issuer, { removed_at: new Date() });
    await note(actor, issuer.id, 'badge-issuer.removed', { address: issuer.address });
  });
}

/** Reads the keys from the giver's own address, where the setting allows it. False when there were none to read. */
export async function fetchKeys(actor: Actor, issuer: BadgeIssuer): Promise<boolean> {
  const [fetch, address] = [outside(), keysAddress(issuer.address)];
  if (!fetch || !address) return false;
  const answer = await fetch(address).catch(() => undefined);
  const keys = answer?.status === 200 ? readKeys(answer.text) : [];
  if (keys.length === 0) return false;
  await changeIssuer(actor, issuer, { name: issuer.name, keys });
  return true;
}

export interface Mapping {
  badge: string;
  competence: string;
  level: number;
}

/** Says what level of a skill a badge of the giver's means. Badges that were brought before get it too. */
export function mapBadge(actor: Actor, issuer: BadgeIssuer, { badge, competence, level }: Mapping): Promise<void> {
  return atomically(async () => {
    await upsertMapping({ ...mappingOf(issuer, badge, competence), level, mapped_by: actor.id });
    await note(actor, issuer.id, 'badge-issuer.mapped', { competence, level });
  });
}

export function unmapBadge(actor: Actor, issuer: BadgeIssuer, badge: string, competence: string): Promise<void> {
  return atomically(async () => {
    await deleteMapping(mappingOf(issuer, badge, competence));
    await note(actor, issuer.id, 'badge-issuer.unmapped', { competence });
  });
}

const mappingOf = ({ organisation_id, id }: BadgeIssuer, badge: string, competence_code: string) => ({
  organisation_id,
  issuer_id: id,
  // An address is told apart by its letters; a name is not.
  badge: URL.canParse(badge) ? badge : badge.trim().toLowerCase(),
  competence_code,
});

const note = (actor: Actor, id: string, action: string, details: object) =>
  recordAudit(actor, action, { type: 'badge-issuer', id }, details);
