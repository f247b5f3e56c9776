import { z } from 'zod';
import { message } from '../../lib/forms';
import { keyOfDid, readKeys } from './badge-keys';

const name = z
  .string(message('badges.issuer.name.missing'))
  .trim()
  .min(1, message('badges.issuer.name.missing'))
  .max(200, message('badges.issuer.name.long'));

/** Keys as they were pasted: none is allowed, but not something that is no key. */
const keys = z
  .string(message('errors.invalid'))
  .trim()
  .max(20_000, message('badges.issuer.keys.none'))
  .default('')
  .transform((text, context) => {
    const read = text === '' ? [] : readKeys(text);
    if (text !== '' && read.length === 0) context.addIssue({ code: 'custom', message: 'badges.issuer.keys.none' });
    return read;
  });

const address = z
  .string(message('badges.issuer.address.missing'))
  .trim()
  .max(500, message('badges.issuer.address.missing'))
  .refine(isIssuerAddress, message('badges.issuer.address.missing'));

export const IssuerForm = z.object({
  name,
  address,
  keys,
  ready: z
    .enum(['', 'tieke', 'dvv'])
    .catch('')
    .transform((key) => key || null),
});
export type IssuerForm = z.output<typeof IssuerForm>;

export const KeysForm = z.object({ name, keys });

export const MappingForm = z.object({
  badge: z
    .string(message('badges.map.badge.missing'))
    .trim()
    .min(1, message('badges.map.badge.missing'))
    .max(500, message('badges.map.badge.missing')),
  competence: z.string(message('badges.map.competence.missing')).min(1, message('badges.map.competence.missing')),
  level: z.coerce
    .number(message('badges.map.level.missing'))
    .int(message('badges.map.level.missing'))
    .min(1, message('badges.map.level.missing'))
    .max(8, message('badges.map.level.missing')),
});

function isIssuerAddress(given: string): boolean {
  if (given.startsWith('did:key:')) return keyOfDid(given) !== undefined;
  if (given.startsWith('did:web:')) return /^did:web:[\w.-]+\.[a-z]{2,}(%3A\d+)?(:[\w.%-]+)*$/i.test(given);
  return URL.canParse(given) && new URL(given).protocol === 'https:' && !/\s/.test(given);
}

/** Where the keys of an issuer are published; undefined for one whose name is its key. */
export function keysAddress(address: string): string | undefined {
  if (address.startsWith('https:')) return address;
  // https://w3c-ccg.github.io/did-method-web/#read-resolve
  const [host, ...path] = /^did:web:(.+)$/.exec(address)?.[1]?.split(':') ?? [];
  if (host === undefined) return undefined;
  const place = path.length > 0 ? path.map(decodeURIComponent).join('/') : '.well-known';
  return `https://${decodeURIComponent(host)}/${place}/did.json`;
}
