import type { Request, Response } from 'express';
import { generateSecret, generateURI, verify } from 'otplib';
import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { tryCode } from './challenges.model';
import { keyed, seal, unseal } from './keyed';
import { ownSecrets, selectWays, setWay, useRecovery, useTimeStep } from './ways.model';
import { newCode, plainCode, putWay } from './ways.service';

const PURPOSE = 'totp';
const PAPER_CODES = 10;

/** A new key for the person's app, and what the app reads from a drawing. Nothing is kept before its first code is shown. */
export function newApp(actor: Pick<Actor, 'username'>, sealed?: string): { key: string; sealed: string; uri: string } {
  const key = openSealed(sealed) ?? generateSecret();
  return {
    key,
    sealed: seal(PURPOSE, key),
    uri: generateURI({ issuer: 'Oppiva', label: actor.username, secret: key }),
  };
}

function openSealed(sealed: string | undefined): string | undefined {
  try {
    return sealed ? unseal(PURPOSE, sealed) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the app into use once it shows the right code. Returns the codes on paper, which are kept as hashes only; undefined when
 * the code is not of this key.
 */
export async function takeApp(actor: Actor, sealed: string, code: string): Promise<string[] | undefined> {
  const key = openSealed(sealed);
  const timeStep = key && (await timeStepOf(key, code, undefined));
  if (!key || timeStep === undefined) return undefined;
  const codes = newPaper();
  await atomically(() =>
    putWay(actor, actor.id, {
      kind: 'totp',
      secret: seal(PURPOSE, key),
      counter: timeStep as number,
      details: { recovery: codes.map((one) => paperHash(actor.id, one)) },
    }),
  );
  return codes;
}

/** New codes on paper in place of the old ones. Undefined without an app. */
export async function renewPaper(actor: Actor): Promise<string[] | undefined> {
  const app = (await selectWays(actor.id)).find(({ kind }) => kind === 'totp');
  if (!app) return undefined;
  const codes = newPaper();
  await atomically(async () => {
    await setWay(app.id, { details: { recovery: codes.map((one) => paperHash(actor.id, one)) } });
    await recordAudit(actor, 'account.paper-codes-renewed', { type: 'person', id: actor.id });
  });
  return codes;
}

/** Whether the code is the app's of now, one on paper, or the one just mailed; each is good once. */
export async function showsSecond(req: Request, res: Response, typed: string): Promise<boolean> {
  const app = (await ownSecrets()).find(({ kind }) => kind === 'totp');
  const digits = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return app !== undefined && useRecovery(app.id, paperHash(req.actor.id, typed));
  if (app) {
    const timeStep = await timeStepOf(unseal(PURPOSE, app.secret), digits, Number(app.counter));
    if (timeStep !== undefined && (await useTimeStep(app.id, timeStep))) return true;
  }
  const mailed = await tryCode(req, res, 'second', digits);
  return mailed.outcome === 'right' && mailed.person_id === req.actor.id;
}

/** The half minute that the code is of: this one, or the one before or after for clocks that differ (RFC 6238, 5.2). */
async function timeStepOf(key: string, token: string, after: number | undefined): Promise<number | undefined> {
  const options = { secret: key, token, epochTolerance: 30, ...(after && { afterTimeStep: after }) };
  const answer = await verify(options).catch(() => undefined);
  if (!answer?.valid) return undefined;
  return (answer as unknown as { timeStep: number }).timeStep;
}

const newPaper = () => Array.from({ length: PAPER_CODES }, newCode);
const paperHash = (personId: string, code: string) => keyed('paper', `${personId} ${plainCode(code)}`);
