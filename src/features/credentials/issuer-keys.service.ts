import { from, generate, type Multikey } from '@digitalbazaar/ed25519-multikey';
import { atomically } from '../../lib/db';
import { log } from '../../lib/log';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { keyId, organisationDid } from './issuer-address';
import { type Issuer, type IssuerKey, insertKey, lockKeys, revokeKey, selectKeys } from './issuer-keys.model';
import { seal, unseal } from './seal';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

const purposeOf = ({ organisation_id, number }: Pick<IssuerKey, 'organisation_id' | 'number'>) =>
  `${organisation_id} ${number}`;

/**
 * The newest key of the organisation that signs, made when there is none. A key that cannot be opened, because the secret of
 * the installation was changed, signs no more; it stays published, and a new one is made.
 */
export function signingKey(issuer: Issuer): Promise<Multikey> {
  return atomically(async () => {
    await lockKeys(issuer.id);
    const keys = await selectKeys(issuer.id);
    const newest = keys.find(({ revoked_at }) => revoked_at === null);
    const opened = newest && unseal(newest.sealed, purposeOf(newest));
    if (newest && opened) return open(issuer, newest, opened);
    if (newest) log.warn({ organisation: issuer.id, key: newest.number }, 'a key cannot be opened: a new one is made');
    return makeKey(issuer, (keys[0]?.number ?? 0) + 1, null);
  });
}

/** A new key for all signatures from now on. What older ones signed stays as good as it was. */
export function rotateKey(actor: Somebody, issuer: Issuer): Promise<void> {
  return atomically(async () => {
    await lockKeys(issuer.id);
    const number = ((await selectKeys(issuer.id))[0]?.number ?? 0) + 1;
    await makeKey(issuer, number, actor.id);
    await recordAudit(actor, 'credentials.key-made', { type: 'issuer_key', id: issuer.id }, { number });
  });
}

/** From now on nothing that the key signed is believed: somebody else may have it. False when it was revoked before. */
export function withdrawKey(actor: Somebody, number: number): Promise<boolean> {
  return atomically(async () => {
    await lockKeys(actor.organisation_id);
    if (!(await revokeKey(actor.organisation_id, number))) return false;
    const subject = { type: 'issuer_key', id: actor.organisation_id };
    await recordAudit(actor, 'credentials.key-revoked', subject, { number });
    return true;
  });
}

async function makeKey(issuer: Issuer, number: number, created_by: string | null): Promise<Multikey> {
  const names = { id: keyId(issuer.slug, number), controller: organisationDid(issuer.slug) };
  const key = await generate(names);
  const { publicKeyMultibase, secretKeyMultibase } = (await key.export({ publicKey: true, secretKey: true })) as {
    publicKeyMultibase: string;
    secretKeyMultibase: string;
  };
  await insertKey({
    organisation_id: issuer.id,
    number,
    created_by,
    public_multibase: publicKeyMultibase,
    sealed: seal(secretKeyMultibase, purposeOf({ organisation_id: issuer.id, number })),
  });
  return from({ type: 'Multikey', ...names, publicKeyMultibase, secretKeyMultibase });
}

const open = (issuer: Issuer, { number, public_multibase }: IssuerKey, secretKeyMultibase: string) =>
  from({
    type: 'Multikey',
    id: keyId(issuer.slug, number),
    controller: organisationDid(issuer.slug),
    publicKeyMultibase: public_multibase,
    secretKeyMultibase,
  });
