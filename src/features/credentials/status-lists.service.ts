import { gzipSync } from 'node:zlib';
import { addDays } from '../../lib/dates';
import { atomically } from '../../lib/db';
import { LIST_SIZE } from './credentials.model';
import { organisationAddress } from './issuer-address';
import { issuerProfile } from './issuer-documents';
import type { Issuer } from './issuer-keys.model';
import { signingKey } from './issuer-keys.service';
import { sign } from './sign';
import { lockStatusList, selectBits, setSigned } from './status-lists.model';

/** A list is signed again after this many days, so that an old copy of it can be told. */
const FRESH_DAYS = 1;
const GOOD_DAYS = 14;
const MINUTE = 60_000;

export const listAddress = (slug: string, number: number) => `${organisationAddress(slug)}/status/${number}`;

/** What a credential says of where its being revoked can be looked up. https://www.w3.org/TR/vc-bitstring-status-list/ */
export const statusEntry = (slug: string, list: number, index: number): object => ({
  id: `${listAddress(slug, list)}#${index}`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: String(index),
  statusListCredential: listAddress(slug, list),
});

/** The signed list, as it is now; undefined when there is none of this number. */
export function statusList(issuer: Issuer, number: number, now = new Date()): Promise<string | undefined> {
  return atomically(async () => {
    const list = await lockStatusList(issuer.id, number);
    if (!list) return undefined;
    if (list.document && list.signed_at && addDays(list.signed_at, FRESH_DAYS) > now) return list.document;
    const document = await sign(
      listCredential(issuer, number, await selectBits(issuer.id, number), now),
      await signingKey(issuer),
      now,
    );
    await setSigned(list, document, now);
    return document;
  });
}

function listCredential(issuer: Issuer, number: number, bits: readonly number[], now: Date): object {
  const id = listAddress(issuer.slug, number);
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuerProfile(issuer),
    validFrom: new Date(now.getTime() - MINUTE).toISOString(),
    validUntil: addDays(now, GOOD_DAYS).toISOString(),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodedBits(bits),
    },
  };
}

/** The leftmost bit is the first; packed by gzip and written in base64url behind the multibase sign u. */
export function encodedBits(bits: readonly number[]): string {
  const bytes = Buffer.alloc(LIST_SIZE / 8);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (128 >> (bit & 7));
  return `u${gzipSync(bytes).toString('base64url')}`;
}
