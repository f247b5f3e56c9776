import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { db } from '../../lib/db';
import { cookieOf, dropCookie, keepCookie } from './cookies';
import { keyed } from './keyed';

export type ChallengeKind = 'mail' | 'phone' | 'phone-number' | 'second' | 'passkey' | 'passkey-new';

interface Asked {
  kind: ChallengeKind;
  personId?: string | undefined;
  wayId?: string | undefined;
  /** A number that is no way in yet. */
  phone?: string;
  secret?: string;
  seconds: number;
}

/**
 * Keeps a question that this browser alone may answer, for a short time; its half of the secret is a cookie. The same is done
 * for a name that nobody has. Returns the id.
 */
export async function ask(req: Request, res: Response, asked: Asked): Promise<string> {
  const nonce = randomBytes(24).toString('base64url');
  const bound = keyed('challenge', nonce);
  const { kind, personId = null, wayId = null, secret = '', phone, seconds } = asked;
  const { rows } = phone
    ? await db().raw('select challenge_put_phone(?, ?, ?, ?) as id', [bound, personId, phone, seconds] as never)
    : await db().raw('select challenge_put(?, ?, ?, ?, ?, ?) as id', [
        ...[kind, bound, personId, wayId, secret, seconds],
      ] as never);
  keepCookie(req, res, cookieName(asked.kind), `${rows[0].id}.${nonce}`, asked.seconds);
  return rows[0].id;
}

const cookieName = (kind: ChallengeKind) => `asked-${kind}`;

function heldBy(req: Request, kind: ChallengeKind): { id: string; bound: string } | undefined {
  const [, id, nonce] = /^([0-9a-f-]{36})\.([\w-]{32})$/.exec(cookieOf(req, cookieName(kind)) ?? '') ?? [];
  return id && nonce ? { id, bound: keyed('challenge', nonce) } : undefined;
}

export type Outcome =
  | { outcome: 'right'; person_id: string; way_id: string }
  | { outcome: 'wrong' | 'over'; person_id: null; way_id: null };

/** Whether the typed code is the one that was sent to whom this browser asked for. Five tries, once right. */
export async function tryCode(req: Request, res: Response, kind: ChallengeKind, code: string): Promise<Outcome> {
  const held = heldBy(req, kind);
  const over: Outcome = { outcome: 'over', person_id: null, way_id: null };
  if (!held) return over;
  const { rows } = await db().raw('select * from challenge_try(?, ?, ?, ?)', [
    held.id,
    kind,
    held.bound,
    codeHash(held.id, code),
  ]);
  const answer: Outcome = rows[0] ?? over;
  if (answer.outcome === 'right') dropCookie(req, res, cookieName(kind));
  return answer;
}

export const codeHash = (challengeId: string, code: string): string => keyed('code', `${challengeId} ${code}`);

/** The number that waits for its code in this browser, and whose it will be; undefined when none does. */
export async function phoneAsked(req: Request): Promise<{ person_id: string; phone: string } | undefined> {
  const held = heldBy(req, 'phone-number');
  if (!held) return undefined;
  const { rows } = await db().raw('select * from challenge_phone(?, ?)', [held.id, held.bound]);
  return rows[0];
}

/** What a passkey was asked in this browser. It can be taken once, whatever comes of it. */
export async function takeQuestion(
  req: Request,
  res: Response,
  kind: 'passkey' | 'passkey-new',
): Promise<{ person_id: string | null; secret: string } | undefined> {
  const held = heldBy(req, kind);
  if (!held) return undefined;
  dropCookie(req, res, cookieName(kind));
  const { rows } = await db().raw('select * from challenge_take(?, ?, ?)', [held.id, kind, held.bound]);
  return rows[0];
}

/** Whom the code goes to, once its hash is kept; undefined for a name of nobody and when it is too late. */
export async function keepCode(
  id: string,
  hash: string,
): Promise<{ kind: ChallengeKind; email: string | null; phone: string | null; language: string } | undefined> {
  const { rows } = await db().raw('select * from challenge_to_send(?, ?)', [id, hash]);
  return rows[0];
}
