import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { BadgeFault, must } from './badge-fault';
import { type JsonObject, readJson, textOf } from './badge-json';
import { keysFor, type PublicJwk } from './badge-keys';

/** Which kind of key each way of signing needs. Anything else, "none" above all, is refused before a key is looked at. */
const KEYS: Record<string, (key: PublicJwk) => boolean> = {
  EdDSA: ({ crv }) => crv === 'Ed25519',
  Ed25519: ({ crv }) => crv === 'Ed25519',
  ES256: ({ crv }) => crv === 'P-256',
  ES384: ({ crv }) => crv === 'P-384',
  RS256: ({ kty }) => kty === 'RSA',
  RS384: ({ kty }) => kty === 'RSA',
  RS512: ({ kty }) => kty === 'RSA',
  PS256: ({ kty }) => kty === 'RSA',
};

/** What a signed text says, before anyone knows whether it is true. Throws a BadgeFault. */
export function readJws(jws: string): JsonObject {
  try {
    return readJson(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch (error) {
    throw error instanceof BadgeFault ? error : new BadgeFault('json');
  }
}

/**
 * Whether one of these keys signed it (JWS, RFC 7515). A key that the text itself carries or points to (jwk, jku, x5c, x5u) is
 * never used: anybody can put their own there. Returns the way of signing. Throws a BadgeFault.
 */
export async function checkJws(jws: string, keys: readonly PublicJwk[]): Promise<string> {
  const { alg, kid, crit } = headerOf(jws);
  const fits = KEYS[textOf(alg) ?? ''];
  must(fits !== undefined, 'alg', { where: String(alg).slice(0, 30) });
  must(crit === undefined, 'proof', { where: 'crit' });
  const fitting = keysFor(keys, textOf(kid)).filter(fits);
  must(fitting.length > 0, 'key');
  for (const key of fitting) {
    const signed = await compactVerify(jws, await importJWK({ ...key }, alg as string), {
      algorithms: [alg as string],
    }).then(
      () => true,
      () => false,
    );
    if (signed) return alg as string;
  }
  throw new BadgeFault('signature', { where: 'JWS' });
}

function headerOf(jws: string): { alg?: unknown; kid?: unknown; crit?: unknown } {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    throw new BadgeFault('json');
  }
}
