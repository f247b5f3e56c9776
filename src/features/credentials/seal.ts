import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { config } from '../../config';
import { secret } from '../../lib/secret';

/** The key that private keys are kept under: told by the setting KEY_SECRET, else by the installation's secret. Never in the database. */
const sealingKey = () =>
  Buffer.from(hkdfSync('sha256', config.KEY_SECRET ?? secret(), '', 'oppiva private keys of issuers', 32));

/** A text under AES-256-GCM. `purpose` must be told again to open it. */
export function seal(text: string, purpose: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(), nonce).setAAD(Buffer.from(purpose));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [nonce, cipher.getAuthTag(), bytes].map((part) => part.toString('base64url')).join('.');
}

/** What was sealed; undefined when it was sealed with another secret or changed since. */
export function unseal(sealed: string, purpose: string): string | undefined {
  const [nonce, tag, bytes] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!nonce || tag?.length !== 16 || !bytes) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(), nonce).setAAD(Buffer.from(purpose)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
