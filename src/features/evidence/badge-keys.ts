import { createPublicKey } from 'node:crypto';
import { isObject, type JsonObject, listOf, textOf } from './badge-json';

/** A public key as JWK (RFC 7517), with the id by which a badge may name it. Never a private part. */
export interface PublicJwk {
  kty: 'OKP' | 'EC' | 'RSA';
  kid?: string;
  crv?: string;
  x?: string;
  y?: string;
  n?: string;
  e?: string;
}

const PARTS = { OKP: ['crv', 'x'], EC: ['crv', 'x', 'y'], RSA: ['n', 'e'] } as const;
const CURVES = ['Ed25519', 'P-256', 'P-384'];
/** Multicodec of an Ed25519 public key: 0xed as a varint. */
const ED25519 = [0xed, 0x01];

/** The public parts of a JWK; undefined when it is none, of another kind, too weak, or holds a secret. */
function readJwk(value: unknown): PublicJwk | undefined {
  if (!isObject(value) || 'd' in value || 'k' in value) return undefined;
  const parts = PARTS[value.kty as 'OKP'];
  if (!parts?.every((part) => textOf(value[part], 2000)) || (value.crv && !CURVES.includes(String(value.crv))))
    return undefined;
  const key = Object.fromEntries(parts.map((part) => [part, value[part]]));
  const kid = textOf(value.kid);
  const jwk = { kty: value.kty, ...key, ...(kid && { kid }) } as PublicJwk;
  try {
    const { modulusLength = 2048 } = createPublicKey({ key: jwk as never, format: 'jwk' }).asymmetricKeyDetails ?? {};
    return modulusLength >= 2048 ? jwk : undefined;
  } catch {
    return undefined;
  }
}

/** A multikey (z6Mk…) of Ed25519 as JWK. https://www.w3.org/TR/cid-1.0/#Multikey */
function readMultikey(multikey: string, kid?: string): PublicJwk | undefined {
  if (!/^z[1-9A-HJ-NP-Za-km-z]{40,60}$/.test(multikey)) return undefined;
  const bytes = fromBase58(multikey.slice(1));
  if (bytes.length !== 34 || bytes[0] !== ED25519[0] || bytes[1] !== ED25519[1]) return undefined;
  const x = Buffer.from(bytes.subarray(2)).toString('base64url');
  return readJwk({ kty: 'OKP', crv: 'Ed25519', x, ...(kid && { kid }) });
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** https://datatracker.ietf.org/doc/html/draft-msporny-base58-03, for texts that begin with no zero. */
function fromBase58(text: string): Buffer {
  let number = 0n;
  for (const sign of text) number = number * 58n + BigInt(BASE58.indexOf(sign));
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

/** The key that a did:key names itself with; its id in a proof is did:key:z…#z…. Only Ed25519. */
export function keyOfDid(did: string): PublicJwk | undefined {
  const multikey = /^did:key:(z\w+)$/.exec(did)?.[1];
  return multikey === undefined ? undefined : readMultikey(multikey, `${did}#${multikey}`);
}

/**
 * Public keys in what an administrator pasted or an issuer published: a JWK, a set of them, a DID document, a profile with
 * publicKey (a PEM or a multikey), or a multikey alone. Empty when there is none.
 */
export function readKeys(text: string): PublicJwk[] {
  const plain = text.trim();
  const alone = readMultikey(plain) ?? readPem(plain);
  if (alone) return [alone];
  try {
    return keysIn(JSON.parse(plain)).slice(0, 20);
  } catch {
    return [];
  }
}

/** The same from a document that is read already. */
function keysIn(value: unknown): PublicJwk[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (!isObject(value)) return [];
  const own = keyOf(value);
  const inside = ['keys', 'verificationMethod', 'publicKey', 'assertionMethod'].flatMap((field) =>
    listOf(value[field]),
  );
  const found = [...(own ? [own] : []), ...inside.flatMap((one) => (isObject(one) ? keysIn(one) : []))];
  return [...new Map(found.map((key) => [JSON.stringify({ ...key, kid: undefined }), key])).values()];
}

function keyOf(value: JsonObject): PublicJwk | undefined {
  // Its owner says that it may be somebody else's by now.
  if (value.revoked !== undefined) return undefined;
  const id = textOf(value.id);
  if (isObject(value.publicKeyJwk)) return readJwk({ ...value.publicKeyJwk, ...(id && { kid: id }) });
  const multibase = textOf(value.publicKeyMultibase);
  if (multibase) return readMultikey(multibase, id);
  const pem = textOf(value.publicKeyPem, 5000);
  return pem ? readPem(pem, id) : readJwk(value);
}

function readPem(text: string, kid?: string): PublicJwk | undefined {
  if (!/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) return undefined;
  try {
    return readJwk({ ...createPublicKey(text).export({ format: 'jwk' }), ...(kid && { kid }) });
  } catch {
    return undefined;
  }
}

/** Those that may have signed: the one of that id when an id is known, else all. */
export function keysFor(keys: readonly PublicJwk[], kid: string | undefined): PublicJwk[] {
  const named = keys.filter((key) => kid !== undefined && (key.kid === kid || key.kid?.endsWith(`#${kid}`)));
  return named.length > 0 ? named : keys.filter((key) => key.kid === undefined || kid === undefined);
}
