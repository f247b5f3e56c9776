import { createHash } from 'node:crypto';
import request from 'supertest';
import { trustIssuer } from '../../src/features/evidence/badge-issuers.service';
import { readKeys } from '../../src/features/evidence/badge-keys';
import { useOutside } from '../../src/features/evidence/badge-outside';
import { verifyBadge } from '../../src/features/evidence/badge-verify';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { anAcceptedBadge, credentialsOf } from '../support/factories-credentials';
import { theFramework } from '../support/factories-skills';
import { verifyAgain } from './second-verifier';

// biome-ignore lint/suspicious/noExplicitAny: a credential is changed in every possible place here
type Json = Record<string, any>;
const EMAIL = 'aino@jarjesto.example';

async function scene(form: object = {}) {
  await theFramework();
  const organisation = await anOrganisation({ slug: 'polkutupa-koe', name: 'Polkutupa ry' });
  const learner = await aPerson({ organisation });
  await asOwner(() => db()('people').where({ id: learner.id }).update({ email: EMAIL }));
  const admin = await aPerson({ organisation, roles: ['administrator'], name: 'Sari Hoitaja' });
  return { organisation, learner, admin, ...(await anAcceptedBadge(learner, form)) };
}

/** Keys as anybody gets them. */
async function published(slug = 'polkutupa-koe') {
  const { body, text } = await as(undefined).get(`/orgs/${slug}/did.json`).expect(200);
  const document = (body?.id ? body : JSON.parse(text)) as Json;
  return {
    document,
    keys: Object.fromEntries(document.verificationMethod.map((one: Json) => [one.id, one.publicKeyMultibase])),
  };
}

afterEach(() => useOutside(undefined));

it('signs what a second, independent verifier accepts, from published keys and with nothing fetched', async () => {
  const { credential } = await scene({ by_email: 'yes', evidence: 'Tein tehtävät itse.' });
  const { keys, document } = await published();
  await expect(verifyAgain(credential, keys)).resolves.toBeUndefined();
  expect(document.id).toBe('did:web:localhost%3A3000:orgs:polkutupa-koe');
  expect((credential as Json).issuer.id).toBe(document.id);
  expect((credential as Json).credentialSubject.achievement.alignment[0]).toMatchObject({ targetCode: '4.2 L3' });
});

it.each<[string, (one: Json) => void]>([
  [
    'the subject',
    (one) => {
      one.credentialSubject.id = 'urn:uuid:00000000-0000-4000-8000-000000000000';
    },
  ],
  [
    'whom it was given to',
    (one) => {
      one.credentialSubject.identifier[0].identityHash = `sha256$${'0'.repeat(64)}`;
    },
  ],
  [
    'the achievement',
    (one) => {
      one.credentialSubject.achievement.name = 'Professor';
    },
  ],
  [
    'the level',
    (one) => {
      one.credentialSubject.achievement.alignment[0].targetCode = '4.2 L8';
    },
  ],
  [
    'the criteria',
    (one) => {
      one.credentialSubject.achievement.criteria.narrative = 'Kaikki';
    },
  ],
  [
    'the day it was given',
    (one) => {
      one.validFrom = '2020-01-01T00:00:00Z';
    },
  ],
  [
    'the end',
    (one) => {
      one.validUntil = '2099-01-01T00:00:00Z';
    },
  ],
  [
    'the issuer’s name',
    (one) => {
      one.issuer.name = 'Kela';
    },
  ],
  [
    'a place in another status list',
    (one) => {
      one.credentialStatus.statusListIndex = '7';
    },
  ],
  [
    'no status',
    (one) => {
      delete one.credentialStatus;
    },
  ],
  [
    'evidence',
    (one) => {
      one.evidence = [{ type: ['Evidence'], narrative: 'Ei minun' }];
    },
  ],
  [
    'the day of the proof',
    (one) => {
      one.proof.created = '2020-01-01T00:00:00Z';
    },
  ],
  [
    'an end of the proof',
    (one) => {
      one.proof.expires = '2099-01-01T00:00:00Z';
    },
  ],
  [
    'the purpose of the proof',
    (one) => {
      one.proof.proofPurpose = 'authentication';
    },
  ],
  [
    'the key',
    (one) => {
      one.proof.verificationMethod = one.proof.verificationMethod.replace('key-1', 'key-2');
    },
  ],
  [
    'the suite',
    (one) => {
      one.proof.cryptosuite = 'eddsa-jcs-2022';
    },
  ],
  [
    'the signature',
    (one) => {
      one.proof.proofValue = `z${one.proof.proofValue.slice(2)}2`;
    },
  ],
])('is refused by both verifiers with another %s', async (_, tamper) => {
  const { credential } = await scene({ by_email: 'yes', evidence: 'Tein tehtävät itse.' });
  const { keys, document } = await published();
  const copy = structuredClone(credential) as Json;
  tamper(copy);
  await expect(verifyAgain(copy, keys)).rejects.toThrow();
  const trusted = { id: 'x', name: 'Polkutupa ry', address: document.id, keys: readKeys(JSON.stringify(document)) };
  const verifying = { issuers: [trusted], email: EMAIL, now: new Date() };
  await expect(verifyBadge(Buffer.from(JSON.stringify(copy)), verifying)).rejects.toThrow();
  await expect(verifyBadge(Buffer.from(JSON.stringify(credential)), verifying)).resolves.toBeDefined();
});

it('is taken by another organisation as it was exported: JSON, PNG and SVG', async () => {
  const { learner, row } = await scene({ by_email: 'yes', evidence: 'Näin: a ]]> b <script>' });
  const { document } = await published();
  const other = await anOrganisation();
  const admin = await aPerson({ organisation: other, roles: ['administrator'] });
  const reader = await aPerson({ organisation: other, email: null });
  await asOwner(() => db()('people').where({ id: learner.id }).update({ email: null }));
  await asOwner(() => db()('people').where({ id: reader.id }).update({ email: EMAIL }));
  await inScope(admin, () =>
    trustIssuer(admin, {
      name: 'Polkutupa ry',
      address: document.id,
      keys: readKeys(JSON.stringify(document)),
      ready: null,
    }),
  );
  const addresses = [];
  for (const ending of ['json', 'png', 'svg']) {
    const file = await as(learner)
      .get(`/credentials/${row.id}/badge.${ending}`)
      .buffer(true)
      .parse(bytes as never)
      .expect(200);
    const sent = await request(as(reader).app).post('/skills/badges').attach('badge', file.body, `merkki.${ending}`);
    expect([ending, sent.status]).toEqual([ending, 303]);
    addresses.push(sent.headers.location);
  }
  expect(new Set(addresses).size).toBe(1);
  const $ = page(await as(reader).get(addresses[0] as string));
  expect($('h1').text()).toBe('Safe signer-in');
  expect($('main').text()).toContain('level 3');
});

it('tells by its signed list that it was revoked, and its copies are refused', async () => {
  const { row, admin, credential, learner } = await scene({ by_email: 'yes' });
  const { keys, document } = await published();
  const list = async () =>
    JSON.parse(
      (
        await as(undefined)
          .get('/orgs/polkutupa-koe/status/1')
          .buffer(true)
          .parse(bytes as never)
          .expect(200)
      ).body.toString(),
    );
  const before = await list();
  await expect(verifyAgain(before, keys)).resolves.toBeUndefined();
  await as(admin)
    .post(`/organisation/badges/given/${row.id}/revoke`)
    .type('form')
    .send({ reason: 'Väärä henkilö' })
    .expect(303);
  const after = await list();
  await expect(verifyAgain(after, keys)).resolves.toBeUndefined();
  await expect(verifyAgain({ ...before, credentialSubject: after.credentialSubject }, keys)).rejects.toThrow(
    'signature',
  );

  const trusted = { id: 'x', name: 'Polkutupa ry', address: document.id, keys: readKeys(JSON.stringify(document)) };
  const verify = (text: string) =>
    verifyBadge(Buffer.from(JSON.stringify(credential)), {
      issuers: [trusted],
      email: EMAIL,
      now: new Date(),
      fetch: async () => ({ status: 200, text, type: '' }) as never,
    });
  await expect(verify(JSON.stringify(before))).resolves.toMatchObject({ checks: { status: 'valid' } });
  await expect(verify(JSON.stringify(after))).rejects.toMatchObject({ key: 'revoked' });
  expect(page(await as(learner).get(`/credentials/${row.id}`))('main').text()).toContain('Väärä henkilö');
  expect(page(await as(undefined).get(`/check/${row.code}`))('main').text()).toMatch(/peru|revoked/i);
});

it('names nobody unless the person wishes it', async () => {
  const { credential } = await scene();
  const text = JSON.stringify(credential);
  for (const told of ['Aino', EMAIL, createHash('sha256').update(EMAIL).digest('hex'), 'identifier'])
    expect(text).not.toContain(told);
});

it('keeps old keys when a new one is made, and believes a revoked one no more', async () => {
  const { admin, credential, organisation } = await scene();
  await as(admin).post('/organisation/badges/keys').type('form').send({ go: 'new' }).expect(303);
  const { keys, document } = await published();
  await expect(verifyAgain(credential, keys)).resolves.toBeUndefined();
  expect(document.assertionMethod).toHaveLength(2);
  await as(admin).post('/organisation/badges/keys').type('form').send({ go: 'revoke', number: '1' }).expect(303);
  const after = (await published()).document;
  expect(after.assertionMethod).toEqual([expect.stringMatching(/#key-2$/)]);
  expect(readKeys(JSON.stringify(after)).map(({ kid }) => kid)).toEqual(after.assertionMethod);
  const [kept] = await asOwner(() => db()('issuer_keys').where({ organisation_id: organisation.id }));
  expect(kept?.sealed).not.toContain('zru');
  expect(await credentialsOf({ id: admin.id })).toEqual([]);
});

function bytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)));
  response.on('end', () => done(null, Buffer.concat(parts)));
}
