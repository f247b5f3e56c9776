import type { Road, RoadStop, RoadTopic } from './road';

/** The room of a thing on the picture, in its units. No two of a picture lie on each other. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Line {
  text: string;
  x: number;
  y: number;
  look: 'name' | 'soft';
  lang?: string;
}

export interface Mark {
  kind: 'stop' | 'topic' | 'goal';
  x: number;
  y: number;
  radius: number;
  /** What stands in the mark. */
  sign: string;
  /** Which of the areas in the order they came up; decides the colour beside the words. */
  area: number;
  lines: Line[];
  box: Box;
  /** Of a stop: workshop or dialogue. */
  session?: 'workshop' | 'dialogue';
}

export interface Layout {
  width: number;
  height: number;
  marks: Mark[];
  /** The road, as the d of a path. */
  road: string;
  anchor: 'middle' | 'start';
}

/** Words that the picture says, in its language. */
export interface PictureWords {
  day: (day: string) => string;
  kind: (kind: 'workshop' | 'dialogue') => string;
  times: (times: number, sessions: number) => string;
  area: (area: string) => string;
  /** The question that the road answers, and its year. */
  goal: string;
  year: string;
}

export const WIDE = 1080;
export const NARROW = 344;
const LETTER = 9.4;
const LINE = 23;
const COLUMNS = 4;
const MARGIN = 30;
const LARGEST = 38;
const SMALLEST = 17;

/** Breaks words into lines of at most `most` signs; a longer word is cut with a hyphen. At most `lines`, then an ellipsis. */
export function wrap(text: string, most: number, lines = 4): string[] {
  const words = text
    .trim()
    .split(/\s+/)
    .flatMap((word) => cut(word, most));
  const out: string[] = [];
  for (const word of words) {
    const last = out.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= most && !last.endsWith('\u2010'))
      out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  if (out.length <= lines) return out;
  const shown = out.slice(0, lines);
  shown[lines - 1] = `${(shown[lines - 1] ?? '').slice(0, most - 1)}…`;
  return shown;
}

function cut(word: string, most: number): string[] {
  const signs = [...word];
  if (signs.length <= most) return [word];
  const parts: string[] = [];
  while (signs.length > most) parts.push(`${signs.splice(0, most - 1).join('')}\u2010`);
  return [...parts, signs.join('')];
}

/** Larger when a topic came up more often: the area of the mark grows with the number, within what fits. */
export const radiusOf = (times: number, most: number): number =>
  Math.round(SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(most > 1 ? (times - 1) / (most - 1) : 0.4));

type Item = { stop: RoadStop } | { topic: RoadTopic } | { goal: true };

/** Where everything stands. `NARROW` is one winding lane for a phone, `WIDE` a road that turns at the edges of a page. */
export function layoutRoad(road: Road, words: PictureWords, width: typeof WIDE | typeof NARROW): Layout {
  const items: Item[] = [
    ...road.stops.flatMap((stop): Item[] => [{ stop }, ...stop.topics.map((topic) => ({ topic }))]),
    { goal: true },
  ];
  const areas = [...new Set(road.stops.flatMap(({ topics }) => topics.map(({ area }) => area)))];
  const marks = items.map((item) => markOf(item, road, words, areas, width));
  return width === NARROW ? lane(marks) : turning(marks);
}

type Unplaced = Omit<Mark, 'x' | 'y' | 'box' | 'lines'> & { told: Omit<Line, 'x' | 'y'>[] };

function markOf(item: Item, { most }: Road, words: PictureWords, areas: string[], width: number): Unplaced {
  const signs = width === NARROW ? 21 : 20;
  const told = (text: string, look: Line['look'], lang?: string, lines?: number) =>
    wrap(text, signs, lines).map((line) => ({ text: line, look, ...(lang && { lang }) }));
  if ('stop' in item) {
    const { stop } = item;
    return {
      kind: 'stop',
      radius: 27,
      sign: String(stop.number),
      area: -1,
      session: stop.kind,
      told: [...told(stop.title, 'name'), ...told(`${words.kind(stop.kind)} ${words.day(stop.on)}`, 'soft')],
    };
  }
  if ('topic' in item) {
    const { topic } = item;
    return {
      kind: 'topic',
      radius: radiusOf(topic.times, most),
      sign: String(topic.times),
      area: areas.indexOf(topic.area),
      told: [
        ...told(topic.name, 'name', topic.lang),
        ...told(words.area(topic.area), 'soft', undefined, 2),
        ...told(words.times(topic.times, topic.sessions), 'soft', undefined, 2),
      ],
    };
  }
  return { kind: 'goal', radius: 36, sign: words.year, area: -1, told: told(words.goal, 'name', undefined, 9) };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** One thing under another: marks on a lane that winds at the left, words at their right. */
function lane(unplaced: Unplaced[]): Layout {
  const words = 142;
  let top = 16;
  const marks = unplaced.map(({ told, ...mark }, index): Mark => {
    const height = Math.max(mark.radius * 2, told.length * LINE) + 26;
    const [x, y] = [index % 2 === 0 ? 52 : 86, top + height / 2];
    const start = y - ((told.length - 1) * LINE) / 2 + 6;
    const lines = told.map((line, at) => ({ ...line, x: words, y: round(start + at * LINE) }));
    const box = { left: 8, top, right: NARROW - 4, bottom: top + height };
    top += height;
    return { ...mark, x, y: round(y), lines, box };
  });
  return { width: NARROW, height: Math.ceil(top + 12), marks, road: winding(marks), anchor: 'start' };
}

/** Four in a row, and the road turns at the edge: left to right, then right to left. */
function turning(unplaced: Unplaced[]): Layout {
  const cell = (WIDE - 2 * MARGIN) / COLUMNS;
  const rows = Array.from({ length: Math.ceil(unplaced.length / COLUMNS) }, (_, row) =>
    unplaced.slice(row * COLUMNS, row * COLUMNS + COLUMNS),
  );
  let top = 16;
  const marks = rows.flatMap((row, rowNumber) => {
    const deepest = Math.max(...row.map(({ told }) => told.length * LINE));
    const height = LARGEST * 2 + 34 + deepest + 18;
    const placed = row.map(({ told, ...mark }, index): Mark => {
      const column = rowNumber % 2 === 0 ? index : COLUMNS - 1 - index;
      const x = MARGIN + cell * (column + 0.5);
      const y = top + LARGEST + 12 + (index % 2 === 0 ? -4 : 8);
      const start = top + LARGEST * 2 + 46;
      const lines = told.map((line, at) => ({ ...line, x, y: round(start + at * LINE) }));
      const box = { left: x - cell / 2, top, right: x + cell / 2, bottom: top + height };
      return { ...mark, x, y: round(y), lines, box };
    });
    top += height;
    return placed;
  });
  return { width: WIDE, height: Math.ceil(top + 8), marks, road: winding(marks), anchor: 'middle' };
}

/** A soft line through the marks. Between rows it bows out at the side, past the words. */
function winding(marks: readonly Mark[]): string {
  return marks
    .map(({ x, y }, index) => {
      const before = marks[index - 1];
      if (!before) return `M${x} ${y}`;
      if (before.x === x) {
        const out = x > WIDE / 2 ? x + 152 : x - 152;
        return `C${out} ${before.y} ${out} ${y} ${x} ${y}`;
      }
      if (Math.abs(before.x - x) < 60) {
        const middle = round((before.y + y) / 2);
        return `C${before.x} ${middle} ${x} ${middle} ${x} ${y}`;
      }
      const middle = round((before.x + x) / 2);
      return `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
    })
    .join('');
}

/** About how wide a line of words is, in units of the picture. */
export const widthOf = (text: string): number => [...text].length * LETTER;
