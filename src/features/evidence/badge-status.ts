import { gunzipSync } from 'node:zlib';
import { type Fetched, FetchRefused } from '../../lib/guarded-fetch';
import type { BadgeFacts } from './badge-facts';
import { BadgeFault, must } from './badge-fault';
import { idOf, isObject, type JsonObject, listOf, readJson, textOf } from './badge-json';

/** What is known of a badge having been taken back: nothing can be taken back, it was looked up, or it could not be. */
export type BadgeStatus = 'none' | 'valid' | 'not-checked';
export type Fetch = (address: string) => Promise<Fetched>;
/** Verifies a signed list of the same issuer; throws a BadgeFault. */
export type VerifyList = (text: string) => Promise<JsonObject>;

const LONGEST_LIST = 1024 * 1024;

/** Looks up whether the issuer has taken the badge back. Throws a BadgeFault when it has; without a way out it is not checked. */
export async function checkStatus(
  facts: BadgeFacts,
  fetch: Fetch | undefined,
  verifyList: VerifyList,
): Promise<BadgeStatus> {
  const { status } = facts;
  if (!status) return 'none';
  const address = textOf(status.statusListCredential) ?? textOf(status.id);
  if (!fetch || !address) return 'not-checked';
  try {
    const answer = await fetch(address.replace(/#.*$/, ''));
    if (answer.status !== 200) return 'not-checked';
    const isRevoked = await find(status, facts.id, answer.text, verifyList);
    if (isRevoked === undefined) return 'not-checked';
    must(!isRevoked, 'revoked');
    return 'valid';
  } catch (error) {
    if (error instanceof BadgeFault && error.key === 'revoked') throw error;
    if (error instanceof BadgeFault || error instanceof FetchRefused) return 'not-checked';
    throw error;
  }
}

async function find(
  status: JsonObject,
  id: string,
  text: string,
  verifyList: VerifyList,
): Promise<boolean | undefined> {
  switch (status.type) {
    // https://www.imsglobal.org/spec/vcrl/v1p0/
    case '1EdTechRevocationList':
      return listOf(readJson(text).revokedCredential).some((one) => idOf(one) === id);
    // https://www.imsglobal.org/spec/ob/v2p0/#RevocationList
    case 'RevokedAssertions':
      return listOf(readJson(text).revokedAssertions).some(
        (one) => idOf(one) === id || (isObject(one) && textOf(one.uid) === id),
      );
    // https://www.w3.org/TR/vc-bitstring-status-list/
    case 'BitstringStatusListEntry':
      return bitOf(await verifyList(text), status);
    default:
      return undefined;
  }
}

function bitOf(list: JsonObject, status: JsonObject): boolean | undefined {
  const subject = listOf(list.credentialSubject).find(isObject);
  const encoded = textOf(subject?.encodedList, 200_000);
  const index = Number(status.statusListIndex);
  if (!encoded || !Number.isSafeInteger(index) || index < 0) return undefined;
  if (subject?.statusPurpose !== status.statusPurpose || status.statusPurpose !== 'revocation') return undefined;
  const bits = unpack(Buffer.from(encoded.replace(/^u/, ''), 'base64url'));
  const byte = bits?.[index >> 3];
  return byte === undefined ? undefined : ((byte >> (7 - (index & 7))) & 1) === 1;
}

function unpack(packed: Buffer): Buffer | undefined {
  try {
    return gunzipSync(packed, { maxOutputLength: LONGEST_LIST });
  } catch {
    return undefined;
  }
}
