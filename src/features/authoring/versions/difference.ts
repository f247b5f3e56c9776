import { diffWordsWithSpace } from 'diff';
import type { Language } from '../../../lib/i18n';
import type { DraftContent } from '../drafts.document';
import { type Piece, piecesOf } from '../pieces';

/** Words of a text that stayed, came or went. */
export interface Part {
  how: 'same' | 'added' | 'removed';
  text: string;
}

export interface PieceDifference extends Omit<Piece, 'text'> {
  state: 'same' | 'changed' | 'added' | 'removed' | 'moved';
  parts: Part[];
}

/** Two long texts without a word in common would take minutes; after these milliseconds they are shown one after the other. */
const LONGEST = { part: 100, whole: 800 };

/** What differs between two texts of a lesson in one language, part by part in the order of the later one. */
export function differenceOf(before: DraftContent, after: DraftContent, language: Language): PieceDifference[] {
  const was = piecesOf(before, language);
  const is = piecesOf(after, language);
  const moved = movedIds(was, is);
  const until = Date.now() + LONGEST.whole;
  const lines: PieceDifference[] = is.map(({ text, ...piece }) => {
    const old = was.find(({ id }) => id === piece.id);
    if (!old) return { ...piece, state: 'added', parts: [{ how: 'added', text }] };
    if (old.text !== text)
      return { ...piece, state: 'changed', parts: wordsBetween(old.text, text, until - Date.now()) };
    return { ...piece, state: moved.has(piece.id) ? 'moved' : 'same', parts: [{ how: 'same', text }] };
  });
  // What went stands after what it stood after.
  was.forEach(({ text, ...piece }, index) => {
    if (is.some(({ id }) => id === piece.id)) return;
    const neighbour = was[index - 1]?.id;
    const place = lines.findIndex(({ id }) => id === neighbour) + 1;
    lines.splice(place, 0, { ...piece, state: 'removed', parts: [{ how: 'removed', text }] });
  });
  return lines;
}

/** Parts that stand in another order than they did; the fewest of them that explain it. */
function movedIds(was: readonly Piece[], is: readonly Piece[]): Set<string> {
  const places = is.map(({ id }) => was.findIndex((piece) => piece.id === id));
  // The longest run of parts that kept their order; those outside it are the ones that moved.
  const best: number[] = [];
  const from: number[] = [];
  places.forEach((place, index) => {
    best[index] = 1;
    from[index] = -1;
    for (let earlier = 0; earlier < index; earlier += 1) {
      const isBefore = (places[earlier] ?? -1) >= 0 && (places[earlier] ?? 0) < place;
      if (isBefore && (best[earlier] ?? 0) + 1 > (best[index] ?? 0)) {
        best[index] = (best[earlier] ?? 0) + 1;
        from[index] = earlier;
      }
    }
  });
  const kept = new Set<string>();
  for (let index = best.indexOf(Math.max(0, ...best)); index >= 0; index = from[index] ?? -1)
    kept.add(is[index]?.id ?? '');
  return new Set(is.filter(({ id }, index) => (places[index] ?? -1) >= 0 && !kept.has(id)).map(({ id }) => id));
}

/** The words that came and went between two texts. */
export function wordsBetween(before: string, after: string, left = LONGEST.part): Part[] {
  const changes = diffWordsWithSpace(before, after, { timeout: Math.max(1, Math.min(LONGEST.part, left)) });
  if (!changes)
    return [
      { how: 'removed', text: before },
      { how: 'added', text: after },
    ];
  return joined(
    changes.map(({ added, removed, value }) => ({ how: added ? 'added' : removed ? 'removed' : 'same', text: value })),
  );
}

/** Changed words with only a space between them are one change: easier to read than a word here and a word there. */
function joined(parts: Part[]): Part[] {
  const result: Part[] = [];
  let removed = '';
  let added = '';
  const settle = () => {
    if (removed) result.push({ how: 'removed', text: removed });
    if (added) result.push({ how: 'added', text: added });
    removed = '';
    added = '';
  };
  parts.forEach((part, index) => {
    const isGap = part.how === 'same' && /^[^\S\n]+$/.test(part.text) && (removed || added) && index < parts.length - 1;
    if (part.how === 'removed') removed += part.text;
    else if (part.how === 'added') added += part.text;
    else if (isGap) {
      removed += part.text;
      added += part.text;
    } else {
      settle();
      result.push(part);
    }
  });
  settle();
  return result;
}
