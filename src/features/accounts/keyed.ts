import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { secret } from '../../lib/secret';

/** A hash that only this installation can make: for codes too short for a plain one and too many to try for a slow one. */
export const keyed = (purpose: string, text: string): string =>
  createHmac('sha256', secret()).update(`${purpose}:${text}`).digest('base64url');

const keyOf = (purpose: string) => Buffer.from(hkdfSync('sha256', secret(), '', `seal:${purpose}`, 32));

/** Encrypts what must be read again, by AES-256-GCM under a key of the purpose. */
export function seal(purpose: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Undoes `seal`. Throws when the text or the installation's secret is another one. */
export function unseal(purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
