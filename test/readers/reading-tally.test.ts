import { type ReadingTally, readingStory, withReaders } from '../../src/features/readers/reading-tally';

const WAYS = ['done', 'a', 'b'] as const;

/** Every way in which five people can have read. */
function worlds(people: number): string[][] {
  if (people === 0) return [[]];
  return worlds(people - 1).flatMap((world) => WAYS.map((way) => [...world, way]));
}

function groupOf(world: readonly string[]): ReadingTally {
  const stops: Record<string, number> = {};
  for (const way of world) if (way !== 'done') stops[way] = (stops[way] ?? 0) + 1;
  return { people: world.length, finished: world.filter((way) => way === 'done').length, stops };
}

const told = (tally: ReadingTally) =>
  JSON.stringify([
    tally.people,
    tally.finished,
    Object.entries(tally.stops)
      .filter(([, count]) => count > 0)
      .sort(),
  ]);

it('tells of no group what one in it did, whatever all did: the difference of two looks too', () => {
  const before = groupOf(['done', 'done', 'a', 'b', 'a', 'done']);
  const seen = new Map<string, string[][]>();
  for (const world of worlds(5)) {
    const after = withReaders(before, groupOf(world), 'a');
    expect(after.people).toBe(11);
    seen.set(told(after), [...(seen.get(told(after)) ?? []), world]);
  }
  for (const [, same] of seen)
    for (const person of [0, 1, 2, 3, 4]) expect(new Set(same.map((world) => world[person])).size).toBeGreaterThan(1);
});

it('tells numbers from five people on, and how many finished in tenths that never say all or none', () => {
  const story = readingStory({ people: 20, finished: 1, stops: { a: 12, b: 4, gone: 3 } }, ['a', 'b', 'c']);
  expect(story.tenths).toBe(1);
  expect(readingStory({ people: 20, finished: 20, stops: {} }, ['a']).tenths).toBe(9);
  expect(story.stops).toEqual([
    { place: 'a', people: 12, percent: 60 },
    { place: 'b', people: undefined, percent: 0 },
    { place: '', people: undefined, percent: 0 },
  ]);
  expect(story.worst).toMatchObject({ place: 'a' });
});
