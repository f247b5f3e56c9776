const MOST_WORDS = 8;

/** The words of a search box as patterns for `ilike all(?)`: each somewhere in the text, signs of patterns taken as they are. */
export function likePatterns(text: string): string[] {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.slice(0, MOST_WORDS).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}
