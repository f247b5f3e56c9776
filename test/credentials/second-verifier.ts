import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { JsonLdParser } from 'jsonld-streaming-parser';
import { DataFactory } from 'rdf-data-factory';
import { RDFC10 } from 'rdfjs-c14n';
import { OPEN_BADGES_CONTEXT } from '../../src/features/evidence/badge-context';

/**
 * A second way to verify a credential, written from the text of https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022 alone: another
 * parser of JSON-LD, another canonicalization, another implementation of Ed25519. Nothing of the code that signs is in it, and
 * nothing is fetched: contexts are files.
 */
type Json = Record<string, unknown>;

const CONTEXTS: Record<string, object> = {
  'https://www.w3.org/ns/credentials/v2': JSON.parse(
    fs.readFileSync(path.join(__dirname, 'contexts', 'credentials-v2.json'), 'utf8'),
  ),
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': OPEN_BADGES_CONTEXT,
};

/** Throws what is wrong; says nothing when the proof holds. `keys`: multikeys by the ids under which their owner published them. */
export async function verifyAgain(credential: Json, keys: Record<string, string>, now = new Date()): Promise<void> {
  const { proof, ...document } = credential as Json & { proof: Json };
  const { proofValue, ...options } = proof as Json & { proofValue: string };
  if (options.type !== 'DataIntegrityProof' || options.cryptosuite !== 'eddsa-rdfc-2022')
    throw new Error('cryptosuite');
  if (options.proofPurpose !== 'assertionMethod') throw new Error('purpose');
  const key = keys[String(options.verificationMethod)];
  const issuer = typeof document.issuer === 'string' ? document.issuer : (document.issuer as { id: string }).id;
  if (!key || !String(options.verificationMethod).startsWith(`${issuer}#`)) throw new Error('key');
  // The proof's options are canonicalized under the contexts of the document.
  const [optionsHash, documentHash] = [
    await hashOf({ '@context': document['@context'], ...options }),
    await hashOf(document),
  ];
  const signed = Buffer.concat([optionsHash, documentHash]);
  if (!ed25519.verify(fromMultibase(proofValue), signed, publicKeyOf(key))) throw new Error('signature');
  if (document.validUntil && new Date(String(document.validUntil)) <= now) throw new Error('expired');
  if (new Date(String(document.validFrom)) > now) throw new Error('future');
}

async function hashOf(document: object): Promise<Buffer> {
  const canonical = await new RDFC10(new DataFactory() as never).canonicalize(await quadsOf(document));
  return createHash('sha256').update(canonical).digest();
}

function quadsOf(document: object): Promise<never[]> {
  return new Promise((resolve, reject) => {
    const quads: never[] = [];
    const parser = new JsonLdParser({
      documentLoader: {
        load: async (url: string) => {
          const known = CONTEXTS[url];
          if (!known) throw new Error(`a context from outside: ${url}`);
          return known as never;
        },
      },
      // A word that no context knows would not be signed, so a document with one is refused.
      strictValues: true,
      dataFactory: new DataFactory() as never,
    } as never);
    parser.on('data', (quad) => quads.push(quad as never));
    parser.on('error', reject);
    parser.on('end', () => resolve(quads));
    parser.write(JSON.stringify(document));
    parser.end();
  });
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function fromMultibase(text: string): Uint8Array {
  if (!text.startsWith('z')) throw new Error('multibase');
  const bytes: number[] = [];
  for (const sign of text.slice(1)) {
    let carry = BASE58.indexOf(sign);
    if (carry < 0) throw new Error('multibase');
    for (let at = 0; at < bytes.length; at += 1) {
      carry += (bytes[at] as number) * 58;
      bytes[at] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  for (const sign of text.slice(1)) {
    if (sign !== '1') break;
    bytes.push(0);
  }
  return Uint8Array.from(bytes.reverse());
}

function publicKeyOf(multikey: string): Uint8Array {
  const bytes = fromMultibase(multikey);
  if (bytes.length !== 34 || bytes[0] !== 0xed || bytes[1] !== 1) throw new Error('key');
  return bytes.subarray(2);
}
