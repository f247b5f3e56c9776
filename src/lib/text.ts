/** Words for an address: small letters a-z, digits and dashes; ä becomes a. Empty when nothing is left. */
export function slugify(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
}

/** The same, or `otherwise` when nothing is left, with a number after it when it is taken. */
export function freeSlug(text: string, taken: readonly string[], otherwise: string): string {
  const slug = slugify(text) || otherwise;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
