import { generate } from '@digitalbazaar/ed25519-multikey';
import { sign } from '../../src/features/credentials/sign';
import { verifyAgain } from './second-verifier';

const ISSUER = 'did:web:oppiva.example:orgs:polkutupa';
const METHOD = `${ISSUER}#key-1`;
/** Of the one key whose secret is 32 bytes of 7: what is signed by it is the same on every machine and in every year. */
const CREDENTIAL = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:0b1f3d52-5a0e-4c7e-9a55-7a2f6b7f0c11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Turvallinen kirjautuja',
  issuer: { id: ISSUER, type: ['Profile'], name: 'Polkutupa ry' },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: {
      id: `${ISSUER}:sign-in`,
      type: ['Achievement'],
      name: 'Turvallinen kirjautuja',
      description: 'Kirjautuu palveluihin ja huomaa huijauksen – myös kiireessä.',
      criteria: { narrative: 'Käy kurssi ja vastaa visaan.' },
    },
  },
};

async function made(credential: object = CREDENTIAL) {
  const key = await generate({ id: METHOD, controller: ISSUER, seed: new Uint8Array(32).fill(7) });
  const { publicKeyMultibase } = (await key.export({ publicKey: true })) as { publicKeyMultibase?: string };
  const signed = JSON.parse(await sign(structuredClone(credential), key, new Date('2026-02-24T23:36:38Z')));
  return { signed, publicKeyMultibase: String(publicKeyMultibase) };
}

it('signs a known credential as it has always signed it, so that badges given before stay good after an update', async () => {
  const { signed, publicKeyMultibase } = await made();
  expect(publicKeyMultibase).toBe('z6MkvDqGT54cXesYGvABpF1UapVNwjCqRcafi4Px6Thv5T3Z');
  expect(signed.proof.proofValue).toBe(
    'zYQQH1iuRbkFFYKt8Spm7s6to99YGJiYipH761mR4YjDLrzXhpMEYpgVUkkT1wzQ2j4SavYMUeiJu4gVwVQco3Xp',
  );
  await expect(verifyAgain(signed, { [METHOD]: publicKeyMultibase })).resolves.toBeUndefined();
});

it('signs the same for another order of fields, and another for another word', async () => {
  const first = (await made()).signed.proof.proofValue;
  const turned = Object.fromEntries(Object.entries(CREDENTIAL).toReversed());
  expect((await made(turned)).signed.proof.proofValue).toBe(first);
  expect((await made({ ...CREDENTIAL, name: 'Turvallinen kirjautuja.' })).signed.proof.proofValue).not.toBe(first);
});
