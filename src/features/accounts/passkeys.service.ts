import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Request, Response } from 'express';
import { atomically } from '../../lib/db';
import { originOf } from '../../lib/origin';
import { withScope } from '../../lib/scope';
import { ask, takeQuestion } from './challenges.model';
import { findWayHeld, ownSecrets, setWay, type WayDetails } from './ways.model';
import { putWay } from './ways.service';

const SECONDS = 300;
const MOST_PASSKEYS = 10;

/** The name under which browsers keep our passkeys: the host that people use. */
const siteOf = (req: Request) => new URL(originOf(req)).hostname;
const handleOf = (personId: string) => new Uint8Array(Buffer.from(personId.replaceAll('-', ''), 'hex'));

/** What the browser is asked when a person comes in by a passkey: no name, the device knows whose it is. */
export async function askPasskey(req: Request, res: Response) {
  const options = await generateAuthenticationOptions({ rpID: siteOf(req), userVerification: 'required' });
  await ask(req, res, { kind: 'passkey', secret: options.challenge, seconds: SECONDS });
  return options;
}

/** Whose passkey answered the question that this browser was asked; undefined for any other answer. A question is answered once. */
export async function whoHasPasskey(
  req: Request,
  res: Response,
  response: AuthenticationResponseJSON,
): Promise<{ person_id: string; way_id: string } | undefined> {
  const question = await takeQuestion(req, res, 'passkey');
  const passkey = question && (await findWayHeld('passkey', response.id));
  if (!question || !passkey) return undefined;
  const { person_id, way_id, secret, details, counter } = passkey;
  const { userHandle } = response.response;
  if (userHandle && userHandle !== Buffer.from(handleOf(person_id)).toString('base64url')) return undefined;
  const answer = await verified(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: question.secret,
      expectedOrigin: originOf(req),
      expectedRPID: siteOf(req),
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey: new Uint8Array(Buffer.from(secret, 'base64url')),
        counter: Number(counter),
        transports: (details as WayDetails).transports ?? [],
      },
    }),
  );
  if (!answer?.verified) return undefined;
  const { newCounter } = answer.authenticationInfo;
  await withScope({ organisationId: null, personId: person_id }, () => setWay(way_id, { counter: newCounter }));
  return { person_id, way_id };
}

/** What the browser is asked when the signed-in person takes a passkey. Undefined when they have many already. */
export async function askNewPasskey(req: Request, res: Response) {
  const { id, name, username } = req.actor;
  const known = (await ownSecrets()).filter(({ kind }) => kind === 'passkey');
  if (known.length >= MOST_PASSKEYS) return undefined;
  const options = await generateRegistrationOptions({
    rpName: 'Oppiva',
    rpID: siteOf(req),
    userName: username,
    userDisplayName: name,
    userID: handleOf(id),
    attestationType: 'none',
    excludeCredentials: known.flatMap(({ handle }) => (handle ? [{ id: handle }] : [])),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await ask(req, res, { kind: 'passkey-new', personId: id, secret: options.challenge, seconds: SECONDS });
  return options;
}

/** Keeps the passkey that the browser made for the question it was asked. False for any other answer. */
export async function keepPasskey(
  req: Request,
  res: Response,
  response: RegistrationResponseJSON,
  name: string,
): Promise<boolean> {
  const { actor } = req;
  const question = await takeQuestion(req, res, 'passkey-new');
  if (!question || question.person_id !== actor.id) return false;
  const answer = await verified(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: question.secret,
      expectedOrigin: originOf(req),
      expectedRPID: siteOf(req),
      requireUserVerification: true,
    }),
  );
  if (!answer?.verified) return false;
  const { credential, credentialBackedUp } = answer.registrationInfo;
  if (await findWayHeld('passkey', credential.id)) return false;
  await atomically(() =>
    putWay(actor, actor.id, {
      kind: 'passkey',
      handle: credential.id,
      name,
      secret: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      details: { transports: credential.transports ?? [], synced: credentialBackedUp },
    }),
  );
  return true;
}

/** The library throws for what does not fit; for us that is an answer like any other. */
async function verified<T>(check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch {
    return undefined;
  }
}
