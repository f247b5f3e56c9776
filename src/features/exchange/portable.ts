import { createHash } from 'node:crypto';

/** The same text for the same value, whatever order its fields were written in. */
export function canonical(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 1)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * An id that is made of the thing itself: the same in every installation. The form of a UUID of version 8 (RFC 9562), because ids
 * of files stand in texts as addresses.
 */
export function idFrom(hash: string): string {
  const variant = '89ab'[Number.parseInt(hash[16] ?? '0', 16) % 4];
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Every id in a document: those of files, in texts too, and of H5P contents are among them. */
export const idsIn = (document: unknown): string[] => [...new Set(JSON.stringify(document).match(UUID) ?? [])];

/** The document with each id that has another name under that name. */
export function renamed<T>(document: T, names: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(document).replace(UUID, (id) => names.get(id) ?? id));
}
