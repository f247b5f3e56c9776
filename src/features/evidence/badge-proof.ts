import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { from } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { checkContexts, loadContext } from './badge-contexts';
import { BadgeFault, must } from './badge-fault';
import { idOf, isObject, type JsonObject, listOf, textOf } from './badge-json';
import { keysFor, type PublicJwk } from './badge-keys';

/**
 * Whether one of the issuer's keys made the proof of an Open Badges 3.0 credential (Data Integrity, eddsa-rdfc-2022:
 * https://www.w3.org/TR/vc-di-eddsa/). Returns the name of the suite. Throws a BadgeFault.
 */
export async function checkProof(credential: JsonObject, keys: readonly PublicJwk[], now: Date): Promise<string> {
  const proof = proofOf(credential);
  checkContexts(credential);
  must(proof.proofPurpose === 'assertionMethod', 'proof', { where: 'proofPurpose' });
  if (proof.expires !== undefined) must(new Date(String(proof.expires)) > now, 'proof', { where: 'proof.expires' });
  const issuer = idOf(credential.issuer) ?? '';
  const method = textOf(proof.verificationMethod) ?? '';
  const fitting = keysFor(keys, method).filter(({ crv }) => crv === 'Ed25519');
  must(fitting.length > 0, 'key');
  for (const key of fitting) if (await isMadeBy(credential, { key, method, issuer, now })) return 'eddsa-rdfc-2022';
  throw new BadgeFault('signature', { where: 'proof' });
}

function proofOf(credential: JsonObject): JsonObject {
  const proofs = listOf(credential.proof);
  must(proofs.length > 0, 'unsigned');
  const [proof] = proofs;
  must(proofs.length === 1 && isObject(proof), 'proof', { where: 'proof' });
  const name = textOf(proof.cryptosuite) ?? textOf(proof.type) ?? '';
  must(proof.type === 'DataIntegrityProof' && name === 'eddsa-rdfc-2022', 'suite', { where: name.slice(0, 60) });
  return proof;
}

interface Made {
  key: PublicJwk;
  method: string;
  issuer: string;
  now: Date;
}

async function isMadeBy(credential: JsonObject, { key, method, issuer, now }: Made): Promise<boolean> {
  const { kid: _, ...publicKeyJwk } = key;
  const multikey = await (await from({ type: 'JsonWebKey', id: method, controller: issuer, publicKeyJwk })).export({
    publicKey: true,
  });
  const document = { ...multikey, id: method, controller: issuer };
  const controller = { id: issuer, assertionMethod: [method] };
  let fault: unknown;
  const { verified } = await verifyCredential({
    credential,
    controller,
    now,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: (url) => (url === method ? { contextUrl: null, documentUrl: url, document } : loadContext(url)),
    // The status is looked up by our own way in; see badge-status.
    checkStatus: async () => ({ verified: true }),
  }).catch((error: unknown) => {
    fault = error;
    return { verified: false };
  });
  if (fault instanceof BadgeFault) throw fault;
  return verified;
}
