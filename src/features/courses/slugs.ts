/** A part of an address from any text: small letters of the English alphabet, digits and hyphens. */
export function slugOf(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '').slice(0, 80) || 'course';
}

/** The same, with a number after it when the slug is taken. */
export function freeSlug(text: string, taken: readonly string[]): string {
  const slug = slugOf(text);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
