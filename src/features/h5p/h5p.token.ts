import { createHmac, timingSafeEqual } from 'node:crypto';

const WINDOW = 2 * 60 * 60 * 1000;
const SIGNATURE_BYTES = 24;

/**
 * A name for one version of a content that opens its files for a while, to be put into a path: the sandboxed player sends
 * no cookies, so the address itself has to carry the right. Letters, digits, `-`, `_` and `.` only.
 * Valid for 2 to 4 hours; the same within one 2-hour window, so that browsers can keep what they fetched.
 */
export function signContentToken(contentId: string, secret: string, now = new Date()): string {
  const expires = (Math.floor(now.getTime() / WINDOW) + 2) * WINDOW;
  const payload = `${Buffer.from(contentId, 'utf8').toString('base64url')}.${(expires / 1000).toString(36)}`;
  return `${payload}.${signatureOf(payload, secret)}`;
}

/** The content id a token was made for; undefined when it was made by someone else, changed, or is past its time. */
export function readContentToken(token: string, secret: string, now = new Date()): string | undefined {
  const [, payload, id, expires, signature] = /^(([\w-]{1,200})\.([\da-z]{1,11}))\.([\w-]{1,64})$/.exec(token) ?? [];
  if (!payload || !id || !expires || !signature) return undefined;
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(payload, secret))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  if (Number.parseInt(expires, 36) * 1000 <= now.getTime()) return undefined;
  return Buffer.from(id, 'base64url').toString('utf8');
}

/** The purpose is part of what is signed, so that no other signature made with the same secret fits here. */
function signatureOf(payload: string, secret: string): string {
  const bytes = createHmac('sha256', secret).update(`h5p-content:${payload}`).digest();
  return bytes.subarray(0, SIGNATURE_BYTES).toString('base64url');
}
