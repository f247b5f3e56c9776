import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { loadContext } from '../../src/features/evidence/badge-contexts';
import type { BadgeFault } from '../../src/features/evidence/badge-fault';
import { keyOfDid } from '../../src/features/evidence/badge-keys';
import { type TrustedIssuer, type Verifying, verifyBadge } from '../../src/features/evidence/badge-verify';
import {
  assertion,
  credential,
  didIssuer,
  digcomp,
  EMAIL,
  identity,
  jws,
  png,
  SITE,
  siteIssuer,
  subject,
  svg,
} from './badge-maker';

interface Canonizing {
  canonize(document: object, options: object): Promise<string>;
}
const jsonld: Canonizing = jest.requireActual('jsonld');
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const NOW = new Date('2026-06-01T12:00:00Z');

let did: Awaited<ReturnType<typeof didIssuer>>;
let other: Awaited<ReturnType<typeof didIssuer>>;
const site = siteIssuer();
beforeAll(async () => {
  [did, other] = [await didIssuer(), await didIssuer()];
});

const trusting = (more: Partial<Verifying> = {}): Verifying => ({
  issuers: [did.trusted, site.trusted],
  email: EMAIL,
  now: NOW,
  ...more,
});
const bytes = (badge: unknown) =>
  Buffer.isBuffer(badge) ? badge : Buffer.from(typeof badge === 'string' ? badge : JSON.stringify(badge));
const verify = (badge: unknown, more: Partial<Verifying> = {}) => verifyBadge(bytes(badge), trusting(more));
/** Why it is refused; 'taken' when it is not. */
const fault = (badge: unknown, more: Partial<Verifying> = {}) =>
  verify(badge, more).then(
    () => 'taken',
    (error: BadgeFault) => (error.key ? [error.key, error.params.where].filter(Boolean).join(' ') : `${error}`),
  );
// biome-ignore lint/suspicious/noExplicitAny: what is tampered with has no type
type Json = Record<string, any>;
const changed = async (change: (badge: Json) => void, from: Promise<Json> = did.signed()) => {
  const badge = structuredClone(await from);
  change(badge);
  return badge;
};
const edDSA = (payload: Json, header: Json = {}) =>
  jws({ alg: 'EdDSA', typ: 'JWT', kid: 'ed', ...header }, payload, site.ed);
const jwtBadge = (more: Json = {}) => ({
  ...credential(site.address),
  iss: site.address,
  jti: `${SITE}/annettu/1`,
  nbf: 1772359200,
  ...more,
});

describe('a good badge is taken, and told what it says', () => {
  it('as JSON-LD with a Data Integrity proof of a did:key', async () => {
    const { facts, checks, format, issuer } = await verify(await did.signed());
    expect(facts).toMatchObject({ name: 'Tietoturvan taitaja', issuer: did.did, expiresAt: null });
    expect(facts.issuedAt).toEqual(new Date('2026-03-01T10:00:00Z'));
    expect(facts.alignments).toMatchObject([{ code: '4.2 L4', framework: 'DigComp 2.2' }]);
    expect(checks).toMatchObject({ signature: 'eddsa-rdfc-2022', status: 'none', recipient: 'email' });
    expect([format, issuer.id]).toEqual(['ob3', 'did']);
  });

  it.each(['EdDSA', 'RS256', 'ES256'] as const)('as a JWT signed by %s', async (alg) => {
    const key = { EdDSA: site.ed, RS256: site.rsa, ES256: site.ec }[alg];
    expect((await verify(jws({ alg, typ: 'JWT' }, jwtBadge(), key))).checks.signature).toBe(alg);
  });

  it('as a JWT in the older way, with the badge under vc', async () => {
    const { issuer: _, validFrom: __, ...vc } = credential(site.address);
    const { facts } = await verify(edDSA({ iss: site.address, jti: vc.id, nbf: 1772359200, exp: 1800000000, vc }));
    expect(facts).toMatchObject({ issuer: site.address, issuedAt: new Date('2026-03-01T10:00:00Z') });
    expect(facts.expiresAt).toEqual(new Date('2027-01-15T08:00:00Z'));
  });

  it('as a signed assertion of 2.0', async () => {
    const { facts, format } = await verify(jws({ alg: 'RS256' }, assertion(site.address), site.rsa));
    expect([format, facts.name, facts.alignments[0]?.code]).toEqual(['ob2-signed', 'Digiosaaja', '2.1']);
  });

  it.each([
    ['a PNG with JSON', async () => png(JSON.stringify(await did.signed()))],
    ['a PNG with a JWT', async () => png(edDSA(jwtBadge()))],
    ['a PNG with its text packed', async () => png(JSON.stringify(await did.signed()), { packed: true })],
    [
      'a PNG of 2.0',
      async () => png(jws({ alg: 'RS256' }, assertion(site.address), site.rsa), { keyword: 'openbadges' }),
    ],
    [
      'an SVG with JSON',
      async () =>
        svg(`<openbadges:credential><![CDATA[${JSON.stringify(await did.signed())}]]></openbadges:credential>`),
    ],
    ['an SVG with a JWT', async () => svg(`<openbadges:credential verify="${edDSA(jwtBadge())}"/>`)],
    ['a file that begins with a byte order mark', async () => `\uFEFF${JSON.stringify(await did.signed())}\n`],
  ])('from %s', async (_, make) => {
    expect(await fault(await make())).toBe('taken');
  });

  it('and the same badge in another file is the same badge', async () => {
    const badge = JSON.stringify(await did.signed());
    expect((await verify(png(badge))).key).toBe((await verify(badge)).key);
  });
});

describe('whose it is', () => {
  const given = async (identifier: unknown, email: string | null = EMAIL) =>
    (
      await verify(
        await did.signed(credential(did.did, { credentialSubject: subject({ identifier: [identifier] }) })),
        { email },
      )
    ).checks.recipient;

  it('is known by a hash of the e-mail with its salt, or by the plain address', async () => {
    expect(await given(identity())).toBe('email');
    expect(
      await given({
        type: 'IdentityObject',
        identityType: 'emailAddress',
        hashed: false,
        identityHash: 'Aino@jarjesto.example',
      }),
    ).toBe('email');
  });

  it('is not known for another address, no address, a weak hash or another kind of name', async () => {
    expect(await given(identity('joku@muu.example'))).toBe('unknown');
    expect(await given(identity(), null)).toBe('unknown');
    expect(await given({ ...identity(), identityHash: 'md5$0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b' })).toBe('unknown');
    expect(await given({ ...identity(), identityType: 'nationalIdentityNumber' })).toBe('unknown');
  });
});

describe('a badge somebody has touched is refused', () => {
  it.each<[string, (badge: Json) => void, string]>([
    [
      'the name',
      (badge) => {
        badge.credentialSubject.achievement.name = 'Mestari';
      },
      'signature proof',
    ],
    [
      'the level',
      (badge) => {
        badge.credentialSubject.achievement.alignment[0].targetCode = '4.2 L8';
      },
      'signature proof',
    ],
    [
      'whose it is',
      (badge) => {
        badge.credentialSubject.identifier = [identity('joku@muu.example')];
      },
      'signature proof',
    ],
    [
      'the day',
      (badge) => {
        badge.validFrom = '2026-05-01T00:00:00Z';
      },
      'signature proof',
    ],
    [
      'something taken out',
      (badge) => {
        delete badge.credentialSubject.achievement.criteria;
      },
      'signature proof',
    ],
    [
      'a field put in',
      (badge) => {
        badge.credentialSubject.role = 'mestari';
      },
      'signature proof',
    ],
    [
      'the signature',
      (badge) => {
        badge.proof.proofValue = `z${'2'.repeat(87)}`;
      },
      'signature proof',
    ],
    [
      'no signature',
      (badge) => {
        delete badge.proof;
      },
      'unsigned',
    ],
    [
      'two signatures',
      (badge) => {
        badge.proof = [badge.proof, badge.proof];
      },
      'proof proof',
    ],
    [
      'what the signature is for',
      (badge) => {
        badge.proof.proofPurpose = 'authentication';
      },
      'proof proofPurpose',
    ],
    [
      'how it is signed',
      (badge) => {
        badge.proof.cryptosuite = 'eddsa-jcs-2022';
      },
      'suite eddsa-jcs-2022',
    ],
    [
      'a giver who is trusted put in',
      (badge) => {
        badge.issuer.id = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
      },
      'issuer did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    ],
    [
      'words of its own',
      (badge) => {
        badge['@context'] = [...badge['@context'], { name: null, nimi: 'https://schema.org/name' }];
      },
      'context @context',
    ],
    [
      'words from elsewhere',
      (badge) => {
        badge['@context'].push('https://paha.example/v1');
      },
      'context https://paha.example/v1',
    ],
    [
      'words within',
      (badge) => {
        badge.credentialSubject['@context'] = { name: null };
      },
      'context @context',
    ],
    [
      'a second name for a thing',
      (badge) => {
        badge.credentialSubject['@included'] = [];
      },
      'context @included',
    ],
    [
      'another form of the same words',
      (badge) => {
        badge['@context'][0] = 'https://www.w3.org/2018/credentials/v1';
      },
      'context https://www.w3.org/2018/credentials/v1',
    ],
    [
      'a word that no context knows',
      (badge) => {
        badge.taso = 8;
      },
      'signature proof',
    ],
  ])('%s', async (_, change, expected) => {
    expect(await fault(await changed(change))).toBe(expected);
  });

  it('also when the fields of the giver and the key are another’s', async () => {
    const forged = await changed((badge) => {
      badge.issuer.id = did.did;
      badge.proof.verificationMethod = `${did.did}#${did.multikey}`;
    }, other.signed());
    expect(await fault(forged)).toBe('signature proof');
    const keyOfOther = await changed((badge) => {
      badge.issuer.id = did.did;
    }, other.signed());
    expect(await fault(keyOfOther)).toBe('key');
  });

  it.each<[string, (token: string[]) => string[], string]>([
    [
      'the text',
      ([head, , mark]) =>
        [
          head,
          Buffer.from(JSON.stringify(jwtBadge({ credentialSubject: subject({}, { name: 'Mestari' }) }))).toString(
            'base64url',
          ),
          mark,
        ] as string[],
      'signature JWS',
    ],
    [
      'the signature',
      ([head, body]) => [head, body, Buffer.alloc(64).toString('base64url')] as string[],
      'signature JWS',
    ],
    ['no signature', ([head, body]) => [head, body, ''] as string[], 'signature JWS'],
  ])('as a JWT: %s', async (_, change, expected) => {
    expect(await fault(change(edDSA(jwtBadge()).split('.')).join('.'))).toBe(expected);
  });
});

describe('a badge by one who is not trusted, or signed in a way that proves nothing', () => {
  it.each<[string, () => unknown, string]>([
    ['a giver nobody knows', () => other.signed(), 'issuer did:key:'],
    ['alg none', () => jws({ alg: 'none' }, jwtBadge()), 'alg none'],
    ['a secret made of the public key', () => jws({ alg: 'HS256' }, jwtBadge(), site.ed), 'alg HS256'],
    [
      'a key of the attacker in the text',
      () => {
        const foe = siteIssuer();
        return jws({ alg: 'EdDSA', jwk: foe.trusted.keys[0] }, jwtBadge(), foe.ed);
      },
      'signature JWS',
    ],
    [
      'a key of the attacker by an address',
      () => {
        const foe = siteIssuer();
        return jws(
          { alg: 'EdDSA', jku: 'https://paha.example/k', kid: 'https://paha.example/k#1' },
          jwtBadge(),
          foe.ed,
        );
      },
      'key',
    ],
    ['another kind of key than the signing says', () => jws({ alg: 'ES256', kid: 'ed' }, jwtBadge(), site.ec), 'key'],
    ['a part that must be understood and is not', () => edDSA(jwtBadge(), { crit: ['exp'] }), 'proof crit'],
    ['claims of another giver', () => edDSA(jwtBadge({ iss: did.did })), 'claims iss'],
    ['claims of another badge', () => edDSA(jwtBadge({ jti: 'urn:x' })), 'claims jti'],
    ['claims that have ended', () => edDSA(jwtBadge({ exp: 1772359300 })), 'expired exp'],
  ])('%s', async (_, make, expected) => {
    expect(await fault(await make())).toContain(expected);
  });

  it('is told apart: a trusted address without keys proves nothing either', async () => {
    const keyless: TrustedIssuer = { ...site.trusted, keys: [] };
    expect(await fault(edDSA(jwtBadge()), { issuers: [keyless] })).toBe('key');
  });
});

describe('days', () => {
  it.each<[string, Json, string]>([
    ['has ended', { validUntil: '2026-05-31T00:00:00Z' }, 'expired'],
    ['has not begun', { validFrom: '2026-07-01T00:00:00Z' }, 'future'],
    ['is no day', { validFrom: 'eilen' }, 'date validFrom'],
    ['is no day of any calendar', { validFrom: '2026-13-45T00:00:00Z' }, 'date validFrom'],
    ['is not told', { validFrom: undefined }, 'field validFrom'],
  ])('%s', async (_, more, expected) => {
    expect(await fault(edDSA({ ...credential(site.address, more) }))).toBe(expected);
  });
});

describe('a file that means harm, or is none', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
  it.each<[string, () => unknown, string]>([
    ['a picture without a badge', () => png('x', { keyword: 'Comment' }), 'none'],
    ['a picture with two badges', () => png('{}', { times: 2 }), 'many'],
    ['a broken picture', () => png('{}').subarray(0, 60), 'png'],
    [
      'a picture whose sum is wrong',
      () => {
        const made = png('{}');
        made[made.indexOf('openbadge')] = 0x6f ^ 1;
        return made;
      },
      'png',
    ],
    ['a small picture that unpacks to a great one', () => png(Buffer.alloc(50_000_000), { packed: true }), 'large'],
    [
      'a packed part that is none',
      () => {
        const made = png('{}', { packed: false });
        const at = made.indexOf('openbadgecredential') + 20;
        made[at] = 1;
        return made;
      },
      'png',
    ],
    ['a great text', () => `{"a":"${'x'.repeat(300_000)}"}`, 'large'],
    ['many small things', () => `{"a":[${'1,'.repeat(10_000)}1]}`, 'large'],
    ['a text as deep as a well', () => deep, 'deep'],
    ['keys that reach into the program', () => '{"__proto__":{"trusted":true}}', 'keys __proto__'],
    ['a key of that kind within', () => '{"a":[{"constructor":{"prototype":1}}]}', 'keys constructor'],
    ['a broken text', () => '{"a":', 'json'],
    ['a list', () => '[1]', 'none'],
    ['a page', () => '<html><body>moi</body></html>', 'none'],
    ['nothing', () => '', 'none'],
    ['a JWT of broken parts', () => 'aaaa.bbbb.cccc', 'json'],
    [
      'an SVG with entities',
      () => svg('<openbadges:credential>&a;</openbadges:credential>', '<!DOCTYPE svg [<!ENTITY a "b">]>'),
      'svg',
    ],
    ['an SVG without a badge', () => svg('<rect/>'), 'none'],
    [
      'an SVG with two badges',
      () => svg('<openbadges:credential verify="a.b.c"/><openbadges:assertion verify="a.b.c"/>'),
      'many',
    ],
    [
      'another kind of credential',
      () => edDSA({ ...credential(site.address), type: ['VerifiableCredential'] }),
      'kind type',
    ],
    [
      'two who got it',
      () => edDSA(credential(site.address, { credentialSubject: [subject(), subject()] })),
      'field credentialSubject',
    ],
    [
      'a badge without a name',
      () => edDSA(credential(site.address, { credentialSubject: subject({}, { name: '' }) })),
      'field achievement.name',
    ],
  ])('%s', async (_, make, expected) => {
    expect(await fault(await make())).toBe(expected);
  });

  it.each<[string, (badge: Json) => void, string]>([
    [
      'hundreds of things alike',
      (badge) => {
        badge.credentialSubject.achievement.alignment = Array.from({ length: 400 }, () => digcomp('4.2'));
      },
      'signature proof',
    ],
    [
      'a knot of nameless things',
      (badge) => {
        badge.credentialSubject.achievement.related = Array.from({ length: 9 }, (_, n) => ({
          id: `_:n${n}`,
          type: ['Related'],
        }));
      },
      'context _:',
    ],
  ])(
    'never takes long: %s',
    async (_, change, expected) => {
      const badge = await changed(change);
      const started = performance.now();
      expect(await fault(badge)).toBe(expected);
      expect(performance.now() - started).toBeLessThan(8000);
    },
    20_000,
  );
});

describe('the way of signing', () => {
  it('is that of the standard: worked out by hand, the same signature holds', async () => {
    const badge = await did.signed();
    const { proof, ...unsigned } = badge as Json;
    const { proofValue, ...config } = proof;
    const canonical = (document: object) =>
      jsonld.canonize(document, {
        algorithm: 'RDFC-1.0',
        format: 'application/n-quads',
        documentLoader: loadContext,
        safe: true,
      });
    const hash = async (document: object) =>
      createHash('sha256')
        .update(await canonical(document))
        .digest();
    const data = Buffer.concat([await hash({ '@context': badge['@context'], ...config }), await hash(unsigned)]);
    const key = createPublicKey({ key: keyOfDid(did.did) as never, format: 'jwk' });
    let number = 0n;
    for (const sign of proofValue.slice(1)) number = number * 58n + BigInt(BASE58.indexOf(sign));
    const signature = Buffer.from(number.toString(16).padStart(128, '0'), 'hex');
    expect(verifySignature(null, data, key, signature)).toBe(true);
    expect(verifySignature(null, Buffer.from(data).fill(0, 63), key, signature)).toBe(false);
  });
});

describe('an assertion that is not signed', () => {
  const hosted = (more: Json = {}) => assertion(site.address, { verification: { type: 'HostedBadge' }, ...more });
  const world = (pages: Record<string, unknown>) => async (address: string) => {
    const found = pages[address];
    if (found === undefined) return { status: 404, text: '' };
    return typeof found === 'number' ? { status: found, text: '' } : { status: 200, text: JSON.stringify(found) };
  };
  const address = `${SITE}/annettu/2`;

  it('is worth nothing as long as nothing is fetched', async () => {
    expect(await fault(hosted())).toBe('hosted-off');
  });

  it('is what its giver’s own address says, not what the file says', async () => {
    const fetch = world({ [address]: hosted() });
    const { facts, format } = await verify(hosted({ badge: { ...(hosted().badge as Json), name: 'Mestari' } }), {
      fetch,
    });
    expect([facts.name, format]).toEqual(['Digiosaaja', 'ob2-hosted']);
  });

  it.each<[string, Json, Record<string, unknown>, string]>([
    ['is not there', {}, {}, 'hosted merkit.example'],
    ['was taken back', {}, { [address]: 410 }, 'revoked'],
    ['says that it was taken back', {}, { [address]: { ...hosted(), revoked: true } }, 'revoked'],
    [
      'is another’s site',
      { id: 'https://paha.example/1' },
      { 'https://paha.example/1': hosted() },
      'issuer https://paha.example',
    ],
    [
      'is of another giver on the same site',
      {},
      { [address]: assertion(`${SITE}/toinen`, { verification: { type: 'HostedBadge' } }) },
      `issuer ${SITE}/toinen`,
    ],
    ['is another badge there', {}, { [address]: hosted({ id: `${SITE}/annettu/3` }) }, 'hosted id'],
    ['says it is signed, without a signature', { verification: { type: 'SignedBadge' } }, {}, 'unsigned'],
  ])('is refused when it %s', async (_, more, pages, expected) => {
    expect(await fault(hosted(more), { fetch: world(pages) })).toBe(expected);
  });
});

describe('a badge that can be taken back', () => {
  const list = `${SITE}/takaisin`;
  const badge = () =>
    did.signed(credential(did.did, { credentialStatus: { id: list, type: '1EdTechRevocationList' } }));
  const status = async (fetch?: Verifying['fetch']) => {
    const [key, checked] = await verify(
      edDSA(credential(site.address, { credentialStatus: { id: list, type: '1EdTechRevocationList' } })),
      { fetch },
    ).then(
      ({ checks }) => ['taken', checks.status],
      (error: BadgeFault) => [error.key],
    );
    return checked ?? key;
  };

  it('says so when it could not be looked up', async () => {
    expect(await status()).toBe('not-checked');
    expect(await status(async () => ({ status: 500, text: '' }))).toBe('not-checked');
    expect(await status(async () => ({ status: 200, text: 'hyvä' }))).toBe('not-checked');
    expect(badge).toBeDefined();
  });

  it('is looked up in the giver’s list', async () => {
    expect(await status(async () => ({ status: 200, text: '{"revokedCredential":[]}' }))).toBe('valid');
    const text = JSON.stringify({ revokedCredential: [{ id: `${SITE}/annettu/1` }] });
    expect(await status(async () => ({ status: 200, text }))).toBe('revoked');
  });
});
