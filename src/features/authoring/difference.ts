import { diffWordsWithSpace } from 'diff';

export interface Piece {
  text: string;
  way: 'same' | 'gone' | 'new';
}

/** What changed from one text to another, word by word. Very long texts are shown as they are, without comparing. */
export function difference(before: string, now: string): Piece[] {
  const changes = diffWordsWithSpace(before, now, { timeout: 200 });
  if (!changes) {
    return [
      { text: before, way: 'gone' },
      { text: now, way: 'new' },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    text: value,
    way: added ? ('new' as const) : removed ? ('gone' as const) : ('same' as const),
  }));
}
