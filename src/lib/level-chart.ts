/** A measured level on a day, with the range it probably lies in. The mark says what kind of source it came from. */
export interface ChartPoint {
  date: Date;
  level: number;
  low: number;
  high: number;
  mark: 'circle' | 'square' | 'diamond';
}

/** Everything a view needs to draw the chart; all numbers are percent of its width and height. */
export interface LevelChart {
  bands: number;
  range: string;
  line: string;
  marks: { x: number; y: number; mark: ChartPoint['mark'] }[];
  goal: number | undefined;
  /** On which side of its line the word of the goal stands: the one where the newest mark is not. */
  goalWord: 'above' | 'below';
  labels: { x: number; date: Date; withYear: boolean }[];
}

const LEVELS_IN_BAND = 2;
const LEAST_BANDS = 3;
const LEFT = 6;
const RIGHT = 92;
/** What was seen on one day only has a range too: as wide as a finger. */
const ONE_DAY = 8;

/** Places points on a chart of levels over time, oldest first. A fourth band appears only when something reaches it. */
export function drawLevelChart(points: ChartPoint[], goal?: number): LevelChart {
  const sorted = points.toSorted((a, b) => a.date.getTime() - b.date.getTime());
  const highest = Math.max(0, goal ?? 0, ...sorted.map((point) => point.level));
  const bands = Math.max(LEAST_BANDS, Math.ceil(highest / LEVELS_IN_BAND));
  const top = bands * LEVELS_IN_BAND;
  const y = (level: number) => rounded(100 - (100 * Math.min(top, Math.max(0, level))) / top);
  const x = timeScale(sorted.map((point) => point.date));
  const at = (point: ChartPoint, level: number) => `${x(point.date)} ${y(level)}`;
  const edges = rangeEdges(sorted, x);

  return {
    bands,
    range: closed(edges.map(([across, level]) => `${rounded(across)} ${y(level)}`)),
    line: open(sorted.map((point) => at(point, point.level))),
    marks: sorted.map((point) => ({ x: x(point.date), y: y(point.level), mark: point.mark })),
    goal: goal === undefined ? undefined : y(goal),
    goalWord: goal !== undefined && (sorted.at(-1)?.level ?? 0) >= goal ? 'below' : 'above',
    labels: labelled(
      sorted.map((point) => point.date),
      x,
    ),
  };
}

/** The corners of the range: along its upper edge, and back along its lower one. */
function rangeEdges(sorted: ChartPoint[], x: (date: Date) => number): [x: number, level: number][] {
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  if (first.date.getTime() === last.date.getTime()) {
    const [left, right] = [x(last.date) - ONE_DAY / 2, x(last.date) + ONE_DAY / 2];
    return [
      [left, last.high],
      [right, last.high],
      [right, last.low],
      [left, last.low],
    ];
  }
  return [
    ...sorted.map((point): [number, number] => [x(point.date), point.high]),
    ...sorted.toReversed().map((point): [number, number] => [x(point.date), point.low]),
  ];
}

function timeScale(dates: Date[]) {
  const first = dates[0]?.getTime() ?? 0;
  const length = (dates.at(-1)?.getTime() ?? 0) - first;
  return (date: Date) =>
    length === 0 ? (LEFT + RIGHT) / 2 : rounded(LEFT + ((RIGHT - LEFT) * (date.getTime() - first)) / length);
}

/** The days to name under the axis: the first, the last, and one near the middle. More would touch on a phone. */
function labelled(dates: Date[], x: (date: Date) => number): LevelChart['labels'] {
  const middle = (LEFT + RIGHT) / 2;
  const between = dates.find((date) => Math.abs(x(date) - middle) <= (RIGHT - LEFT) / 6);
  const days = new Map([dates[0], between, dates.at(-1)].map((date) => [date?.getTime(), date]));
  const chosen = [...days.values()].filter((date) => date !== undefined);
  return chosen.map((date, index) => ({
    x: x(date),
    date,
    withYear: date.getFullYear() !== chosen[index - 1]?.getFullYear(),
  }));
}

const open = (places: string[]) => (places.length > 0 ? `M${places.join('L')}` : '');
const closed = (places: string[]) => (places.length > 0 ? `${open(places)}Z` : '');
const rounded = (value: number) => Math.round(value * 100) / 100;
