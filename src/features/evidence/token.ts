import { createHash, createHmac } from 'node:crypto';
import { secret } from '../../lib/secret';

/** Crockford's letters: no I, L, O or U, so that a code read from paper is hard to misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;
const GROUP = 4;

/**
 * The secret of an invitation's link: 130 bits, told by the installation's secret and the invitation's random id. It can be
 * shown to the inviter again, and nothing that the database holds gives it away.
 */
export function invitationToken(invitationId: string): string {
  const bytes = createHmac('sha256', secret()).update(`view invitation ${invitationId}`).digest();
  let [bits, held] = [0, 0];
  let token = '';
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    held += 8;
    while (held >= 5 && token.length < LENGTH) {
      held -= 5;
      token += LETTERS[(bits >> held) & 31];
    }
  }
  return token;
}

/** What is kept of a token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** ABCD-EFGH-…: as it stands on paper. */
export function onPaper(token: string): string {
  return token.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? token;
}

/** A code as somebody typed it: spaces, dashes, small letters and O, I, L are forgiven. Undefined when it can be no code. */
export function readToken(typed: string): string | undefined {
  const token = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return token.length === LENGTH && [...token].every((letter) => LETTERS.includes(letter)) ? token : undefined;
}
