/** What of a published lesson is needed to say where a place is. */
export interface ShownBlock {
  id: string;
  kind: string;
  text: string;
  html: Record<string, string>;
}

export interface LessonPlace {
  id: string;
  kind: string;
  /** Its number in the lesson, from 1. */
  number: number;
  /** Its first words. */
  words: string;
}

const THIRDS = ['start', 'middle', 'end'] as const;
const SPOT = /\bid="(spot-\d+)"/g;
const LONGEST = 90;

/** The places of a lesson in order: its blocks, or thirds of a text that has none. */
export function placesOf(blocks: readonly ShownBlock[]): LessonPlace[] {
  if (blocks.length === 0) return THIRDS.map((id, index) => ({ id, kind: id, number: index + 1, words: '' }));
  return blocks.map((block, index) => ({ id: block.id, kind: block.kind, number: index + 1, words: wordsOf(block) }));
}

function wordsOf({ text, html }: ShownBlock): string {
  const plain = (
    text ||
    Object.values(html)
      .join(' ')
      .replace(/<[^>]*>/g, ' ')
  ).replace(/[*_#>`[\]]|\(\/[^)]*\)/g, '');
  const words = plain.replace(/\s+/g, ' ').trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s\S*$/, '')} …` : words;
}

/** The place of each spot that a page knows; what is not in it is the beginning. */
export function placeOfSpots(blocks: readonly ShownBlock[], html: string): (spot: string) => string {
  const places = new Map<string, string>();
  for (const { id, html: texts } of blocks)
    for (const spot of spotsIn(Object.values(texts).join(''))) places.set(spot, id);
  const spots = blocks.length > 0 ? [] : spotsIn(html);
  for (const [index, spot] of spots.entries())
    places.set(spot, THIRDS[Math.min(2, Math.floor((3 * index) / spots.length))] ?? 'start');
  const first = blocks[0]?.id ?? 'start';
  return (spot) => places.get(spot) ?? first;
}

const spotsIn = (html: string) => [...html.matchAll(SPOT)].flatMap(([, spot]) => spot ?? []);
