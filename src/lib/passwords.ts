import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP password storage cheat sheet: argon2id, 19 MiB, 2 passes, 1 lane. It is the package's default algorithm. */
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** An argon2id hash in PHC form, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the hash. Without a hash it takes the same time and says no,
 * so an absent user answers like a wrong password.
 */
export async function passwordFits(known: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no user has this password');
  const fits = await verify(known ?? (await decoy), password);
  return known !== undefined && fits;
}

/** Letters and digits that nobody takes for another when they are read on paper. */
const CLEAR = 'abcdefghkmnprstuvwxyz23456789';

/** A password to hand over on paper: three groups of four, 58 bits. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return [group(), group(), group()].join('-');
}
