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

/** Signs that turn the direction of text or are not seen: a name made of them could pass for another. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;

/** What somebody typed on one line: no unseen signs, one space between words. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSEEN, '').trim();
}

/** What somebody typed on many lines: no unseen signs but the ends of lines, at most one empty line in a row. */
export function severalLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\t/g, ' ').replace(UNSEEN, '').trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, in a value of an attribute too. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
