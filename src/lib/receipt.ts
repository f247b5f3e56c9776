import { createHmac } from 'node:crypto';
import { secret } from './secret';

const mac = (text: string) => createHmac('sha256', secret()).update(text);

/**
 * The code by which somebody without an account finds again what they sent: read aloud easily, and the same for the same id, so
 * that nothing of it is kept.
 */
export const receiptCode = (id: string): string =>
  mac(`receipt:${id}`)
    .digest('hex')
    .slice(0, 12)
    .replace(/(.{4})(?=.)/g, '$1-');

/** What is kept to find a code by. */
export const receiptHash = (code: string): string =>
  mac(`receipt-code:${code.trim().toLowerCase()}`).digest('base64url');
