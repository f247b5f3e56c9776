import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import zlib from 'node:zlib';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { loadContext } from '../../src/features/evidence/badge-contexts';
import type { TrustedIssuer } from '../../src/features/evidence/badge-verify';

/** Badges made in the test with keys of its own: nothing here comes from the code that verifies them. */
export const EMAIL = 'aino@jarjesto.example';
export const SITE = 'https://merkit.example';

type Json = Record<string, unknown>;

/** A credential of Open Badges 3.0 without a signature. `more` is put over it. */
export function credential(issuer: string, more: Json = {}): Json {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: `${SITE}/annettu/1`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: issuer, type: ['Profile'], name: 'Merkkien antaja' },
    validFrom: '2026-03-01T10:00:00Z',
    credentialSubject: subject(),
    ...more,
  };
}

/** To whom and for what. */
export function subject(more: Json = {}, achievement: Json = {}): Json {
  return {
    type: ['AchievementSubject'],
    identifier: [identity()],
    achievement: {
      id: `${SITE}/merkki/tietoturva`,
      type: ['Achievement'],
      name: 'Tietoturvan taitaja',
      description: 'Osaa suojata laitteensa.',
      criteria: { narrative: 'Näytä kolme asiaa.' },
      alignment: [digcomp('4.2 L4')],
      ...achievement,
    },
    ...more,
  };
}

export const digcomp = (targetCode: string): Json => ({
  type: ['Alignment'],
  targetCode,
  targetFramework: 'DigComp 2.2',
  targetName: 'Tietoturva',
  targetUrl: 'https://publications.example/digcomp/2.2',
});

export const identity = (email = EMAIL, salt = 'suola') => ({
  type: 'IdentityObject',
  identityType: 'emailAddress',
  hashed: true,
  salt,
  identityHash: `sha256$${createHash('sha256')
    .update(email + salt)
    .digest('hex')}`,
});

/** An issuer known by its own key (did:key), and what signs for it. */
export async function didIssuer() {
  const key = await generate();
  const did = `did:key:${key.publicKeyMultibase}`;
  Object.assign(key, { id: `${did}#${key.publicKeyMultibase}`, controller: did });
  const trusted: TrustedIssuer = { id: 'did', name: 'Merkkien antaja', address: did, keys: [] };
  const signed = (badge: Json = credential(did)) =>
    issue({
      credential: badge,
      suite: new DataIntegrityProof({ cryptosuite, signer: key.signer() }),
      documentLoader: loadContext,
    }) as Promise<Json>;
  return { did, trusted, signed, multikey: key.publicKeyMultibase };
}

/** An issuer with keys that an administrator pasted. */
export function siteIssuer(address = `${SITE}/antaja`) {
  const ed = generateKeyPairSync('ed25519');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid }) as never;
  const trusted: TrustedIssuer = {
    id: 'site',
    name: 'Merkkien antaja',
    address,
    keys: [jwk(ed.publicKey, 'ed'), jwk(rsa.publicKey, 'rsa'), jwk(ec.publicKey, 'ec')],
  };
  return { address, trusted, ed: ed.privateKey, rsa: rsa.privateKey, ec: ec.privateKey, jwks: { keys: trusted.keys } };
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWS in compact form, made by hand from RFC 7515 with node's own crypto. */
export function jws(header: Json, payload: Json, key?: KeyObject): string {
  const text = `${part(header)}.${part(payload)}`;
  if (!key) return `${text}.`;
  const data = Buffer.from(text);
  const kinds: Record<string, () => Buffer> = {
    ed25519: () => sign(null, data, key),
    rsa: () => sign('sha256', data, key),
    ec: () => sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
  };
  return `${text}.${kinds[key.asymmetricKeyType as string]?.().toString('base64url')}`;
}

/** An assertion of Open Badges 2.0 with its class and issuer inside. */
export function assertion(issuer: string, more: Json = {}): Json {
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Assertion',
    id: `${SITE}/annettu/2`,
    recipient: { type: 'email', hashed: true, salt: 'suola', identity: identity().identityHash },
    badge: {
      type: 'BadgeClass',
      id: `${SITE}/merkki/digiosaaja`,
      name: 'Digiosaaja',
      issuer: { type: 'Issuer', id: issuer, name: 'Merkkien antaja' },
      alignment: [{ targetCode: '2.1', targetFramework: 'DigComp', targetUrl: 'https://x.example/digcomp' }],
    },
    issuedOn: '2026-02-01T00:00:00Z',
    verification: { type: 'SignedBadge', creator: `${issuer}#key` },
    ...more,
  };
}

const chunk = (kind: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(zlib.crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** The smallest picture there is, with a badge baked in. */
export function png(
  text: string | Buffer,
  { keyword = 'openbadgecredential', packed = false, times = 1 } = {},
): Buffer {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  const data = Buffer.concat([
    Buffer.from(keyword),
    Buffer.from([0, packed ? 1 : 0, 0, 0, 0]),
    packed ? zlib.deflateSync(bytes) : bytes,
  ]);
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const chunks = [
    chunk('IHDR', header),
    ...Array.from({ length: times }, () => chunk('iTXt', data)),
    chunk('IDAT', zlib.deflateSync(Buffer.from([0, 0]))),
  ];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

export const svg = (inside: string, before = '') =>
  `<?xml version="1.0"?>${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><script>alert(1)</script>${inside}</svg>`;
