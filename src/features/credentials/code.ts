import { randomBytes } from 'node:crypto';

/** Crockford's letters: no I, L, O or U, so that a code read from paper is hard to misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** A new code of a certificate: 80 random bits, short enough to be typed from paper. */
export function newCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join('');
}

/** ABCD-EFGH-…: as it stands on paper. */
export const codeOnPaper = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? code;

/** A code as somebody typed it: spaces, dashes, small letters and O, I, L are forgiven. Undefined when it can be no code. */
export function readCode(typed: string): string | undefined {
  const code = typed
    .slice(0, 200)
    .toUpperCase()
    .replace(/[\s\p{Pd}.]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined;
}
