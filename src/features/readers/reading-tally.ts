/** Of people together: how many read to the end, and where the others stopped. */
export interface ReadingTally {
  people: number;
  finished: number;
  /** By the place in the lesson. */
  stops: Record<string, number>;
}

/**
 * What is counted when one more group is: the sum of both, with the group told so that nobody in it is told. Whoever subtracts
 * yesterday's figures from today's has the group alone; so of no group it is told that all did alike, that all read to the end
 * or that none did: one of such a group is counted as another. `first`: a place of the lesson. As with answers (`withGroup`),
 * somebody who knows of all others in a group is not kept from the last.
 */
export function withReaders(known: ReadingTally | undefined, group: ReadingTally, first: string): ReadingTally {
  const told = toldGroup(group, first);
  if (!known) return told;
  const stops = { ...known.stops };
  for (const [place, people] of Object.entries(told.stops)) stops[place] = (stops[place] ?? 0) + people;
  return { people: known.people + told.people, finished: known.finished + told.finished, stops };
}

function toldGroup({ people, finished, stops }: ReadingTally, first: string): ReadingTally {
  if (finished === people) return { people, finished: people - 1, stops: { [first]: 1 } };
  if (finished > 0) return { people, finished, stops };
  const [most] = Object.entries(stops).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const left = most ? { ...stops, [most[0]]: most[1] - 1 } : stops;
  return { people, finished: 1, stops: left };
}

/** Fewer people than this in one place are not told as a number. */
export const ENOUGH_THERE = 5;

export interface Stop {
  place: string;
  /** Undefined: a few. */
  people: number | undefined;
  /** Of all who were counted. */
  percent: number;
}

export interface ReadingStory {
  people: number;
  /** How many of ten read to the end; 1 is at most one, 9 at least nine, so that small groups tell nobody's way. */
  tenths: number;
  /** In the order of the lesson. */
  stops: Stop[];
  /** Where most stop, when that is enough people to tell. */
  worst: Stop | undefined;
}

/** What is told of a lesson's readers; `places` are its places in order, and what is there no more comes last as ''. */
export function readingStory({ people, finished, stops }: ReadingTally, places: readonly string[]): ReadingStory {
  const gone = Object.entries(stops).filter(([place]) => !places.includes(place));
  const counts: [string, number][] = [
    ...places.map((place): [string, number] => [place, stops[place] ?? 0]),
    ['', gone.reduce((sum, [, count]) => sum + count, 0)],
  ];
  const told = counts
    .filter(([, count]) => count > 0)
    .map(([place, count]) => {
      const isTold = count >= ENOUGH_THERE;
      return { place, people: isTold ? count : undefined, percent: isTold ? Math.round((100 * count) / people) : 0 };
    });
  const [worst] = told
    .filter((stop) => stop.people !== undefined && stop.place !== '')
    .toSorted((a, b) => b.percent - a.percent);
  return { people, tenths: Math.min(9, Math.max(1, Math.round((10 * finished) / people))), stops: told, worst };
}
