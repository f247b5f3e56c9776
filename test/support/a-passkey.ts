import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';

const USER_IS_THERE = 0x01;
const USER_IS_KNOWN = 0x04;
const HOLDS_KEY = 0x40;

/** What an attacker changes of an answer; an honest one leaves all of it out. */
export interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  counter?: number;
  isKnown?: boolean;
  /** Says that the key belongs to this person. */
  user?: Pick<Actor, 'id'>;
  /** Claims to be this key, and signs by its own. */
  id?: string;
}

const hash = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64 = (data: Buffer | string) => Buffer.from(data).toString('base64url');

/** A passkey of code on a device at `host`: it signs what it is asked, honestly or with lies (WebAuthn level 3, 6.1 and 7). */
export function aPasskey(host: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(32);
  let signatures = 0;

  const clientData = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? `http://${host}`,
      }),
    );
  const deviceData = (lies: Lies, more: number, tail = Buffer.alloc(0)) => {
    signatures += 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? signatures);
    const flags = USER_IS_THERE | (lies.isKnown === false ? 0 : USER_IS_KNOWN) | more;
    return Buffer.concat([hash(lies.rpId ?? host), Buffer.from([flags]), counter, tail]);
  };
  const cose = () => {
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => Buffer.from(text, 'base64url');
    return Buffer.concat([
      ...[Buffer.from('a5010203262001215820', 'hex'), bytes(x), Buffer.from('225820', 'hex'), bytes(y)],
    ]);
  };
  const answer = (response: object, id = base64(rawId)) => ({
    response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
  });

  return {
    id: base64(rawId),
    /** The answer to the question of a new passkey. */
    made({ challenge }: { challenge: string }, lies: Lies = {}) {
      const length = Buffer.from([0, rawId.length]);
      const authData = deviceData(lies, HOLDS_KEY, Buffer.concat([Buffer.alloc(16), length, rawId, cose()]));
      const size = Buffer.alloc(2);
      size.writeUInt16BE(authData.length);
      const attestation = Buffer.concat([
        ...[Buffer.from('a363666d74646e6f6e656761747453746d74a068', 'hex'), Buffer.from('authData')],
        ...[Buffer.from([0x59]), size, authData],
      ]);
      return answer({
        clientDataJSON: base64(clientData('webauthn.create', challenge, lies)),
        attestationObject: base64(attestation),
      });
    },
    /** The answer to the question of who comes in. */
    shown({ challenge }: { challenge: string }, lies: Lies = {}) {
      const data = clientData('webauthn.get', challenge, lies);
      const authenticatorData = deviceData(lies, 0);
      const response = {
        clientDataJSON: base64(data),
        authenticatorData: base64(authenticatorData),
        signature: base64(sign('sha256', Buffer.concat([authenticatorData, hash(data)]), privateKey)),
        ...(lies.user && { userHandle: base64(Buffer.from(lies.user.id.replaceAll('-', ''), 'hex')) }),
      };
      return answer(response, lies.id);
    },
  };
}
