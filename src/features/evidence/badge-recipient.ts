import { createHash, timingSafeEqual } from 'node:crypto';
import type { Recipient } from './badge-facts';

/**
 * Whether the badge names this e-mail address as the one it was given to: plainly, or as a hash with salt
 * (sha256$…, Open Badges 2.0 "IdentityHash"). Weaker hashes could be made to fit, so they prove nothing here.
 */
export function isGivenTo(recipients: readonly Recipient[], email: string | null): boolean {
  if (!email) return false;
  return recipients.some((recipient) => {
    if (!['email', 'emailAddress'].includes(recipient.kind)) return false;
    if (!recipient.hashed) return recipient.identity.trim().toLowerCase() === email.toLowerCase();
    const [kind, hash = ''] = recipient.identity.split('$');
    if (kind !== 'sha256' || !/^[0-9a-f]{64}$/i.test(hash)) return false;
    // Givers hash the address as they got it: as we keep it, in small letters.
    const ours = createHash('sha256')
      .update(email + recipient.salt)
      .digest();
    return timingSafeEqual(ours, Buffer.from(hash, 'hex'));
  });
}
