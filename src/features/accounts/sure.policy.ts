import type { Request } from 'express';
import { mailIsOn } from '../../lib/mail';
import type { Handler } from '../../lib/routes';
import { hasOwnPassword } from './accounts.model';
import { hasTwo, type Level, levelOf } from './assurance';
import { selectWays } from './ways.model';

/** How long a sign-in is fresh enough for acts that change who can come in, or that take out everything. */
export const FRESH_MINUTES = 15;

/** The strongest level that the person can show. A password on paper is nobody's own yet. */
export async function strongestOf(personId: string): Promise<Level> {
  const [ways, password] = await Promise.all([selectWays(personId), hasOwnPassword(personId)]);
  const levels = ways.map(({ kind, details }) => levelOf(kind === 'card' && details.numbered ? 'number' : kind));
  const own = ways.flatMap(({ kind }, index) => (kind === 'totp' ? [] : [levels[index] as Level]));
  return Math.max(0, password ? 3 : 0, ...own) as Level;
}

/**
 * What is missing from a sign-in for a sensitive act: to show again who they are, by the strongest kind that they have (no way
 * opens a stronger one), or the second factor where they have one. Undefined when nothing is.
 */
export async function whatIsMissing(req: Request): Promise<'first' | 'second' | undefined> {
  const shown = req.signIn;
  if (!shown) return undefined;
  if (Date.now() - (shown.at ?? 0) > FRESH_MINUTES * 60_000) return 'first';
  if (levelOf(shown.by) < (await strongestOf(shown.personId))) return 'first';
  if (hasTwo(shown)) return undefined;
  const kinds = new Set((await selectWays(shown.personId)).map(({ kind }) => kind));
  const others = req.lowered === 'second' && (kinds.has('passkey') || (kinds.has('mail') && mailIsOn()));
  return kinds.has('totp') || others ? 'second' : undefined;
}

export const isSure = async (req: Request): Promise<boolean> => (await whatIsMissing(req)) === undefined;

/** Asks again who it is before a sensitive act; afterwards the person is where they were, or at `back` when they sent a form. */
export function surely(back: string, handler: Handler): Handler {
  return async (req, res) => {
    if (await isSure(req)) return handler(req, res);
    const next = req.method === 'GET' ? req.originalUrl : back;
    res.redirect(303, `/sign-in/stronger?why=again&next=${encodeURIComponent(next)}`);
  };
}
