import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import type { Multikey } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { loadContext } from '../evidence/badge-contexts';

/** The credential with a proof of Data Integrity, eddsa-rdfc-2022 (https://www.w3.org/TR/vc-di-eddsa/), as a text. */
export async function sign(credential: object, key: Multikey, date: Date): Promise<string> {
  const suite = new DataIntegrityProof({ cryptosuite, signer: key.signer(), date });
  return JSON.stringify(await issue({ credential, suite, documentLoader: loadContext }), null, 2);
}
