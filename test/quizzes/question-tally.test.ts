import fc from 'fast-check';
import { agreementOf, type Tally, withGroup } from '../../src/features/quizzes/question-tally';

const RIGHT = 'a';
const ANSWERS = [RIGHT, 'b', 'c', 'dont-know'] as const;
type Answer = (typeof ANSWERS)[number];

function groupOf(answers: readonly Answer[]): Tally {
  const labels: Record<string, number> = {};
  for (const answer of answers) labels[answer] = (labels[answer] ?? 0) + 1;
  const points = labels[RIGHT] ?? 0;
  const nothing = { compared: 0, compared_points: 0, others: 0, points_squared: 0, others_squared: 0, product: 0 };
  return { people: answers.length, points, ...nothing, labels };
}

/** What subtracting the figures before from those after tells. */
function toldOf(answers: readonly Answer[], before: Tally | undefined): string {
  const after = withGroup(before, groupOf(answers), [RIGHT]);
  const parts = ANSWERS.map((label) => (after.labels[label] ?? 0) - (before?.labels[label] ?? 0));
  return [...parts, after.points - (before?.points ?? 0)].join(' ');
}

const worlds = (people: number): Answer[][] =>
  people === 0 ? [[]] : worlds(people - 1).flatMap((world) => ANSWERS.map((answer) => [...world, answer]));

it.each([undefined, withGroup(undefined, groupOf(['a', 'a', 'b', 'b', 'c']), [RIGHT])])(
  'of nobody in a group of five is it told what they answered or whether it was right, in any of all worlds',
  (before) => {
    const byTold = Map.groupBy(worlds(5), (world) => toldOf(world, before));
    expect(byTold.size).toBeGreaterThan(20);
    for (const [told, possible] of byTold)
      for (const person of [0, 1, 2, 3, 4]) {
        const answers = new Set(possible.map((world) => world[person]));
        const isRight = new Set([...answers].map((answer) => answer === RIGHT));
        expect([told, person, answers.size > 1, isRight.size]).toEqual([told, person, true, 2]);
      }
  },
);

it('counts everybody once, and moves at most one answer of a group', () => {
  const answers = fc.array(fc.constantFrom(...ANSWERS), { minLength: 5, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), (groups) => {
      let tally: Tally | undefined;
      for (const group of groups) tally = withGroup(tally, groupOf(group), [RIGHT]);
      const all = groupOf(groups.flat());
      expect(tally?.people).toBe(all.people);
      expect(Object.values(tally?.labels ?? {}).reduce((sum, n) => sum + n, 0)).toBe(all.people);
      for (const label of ANSWERS)
        expect(Math.abs((tally?.labels[label] ?? 0) - (all.labels[label] ?? 0))).toBeLessThanOrEqual(groups.length);
      expect(Math.abs((tally?.points ?? 0) - all.points)).toBeLessThanOrEqual(groups.length);
    }),
    { numRuns: 60 },
  );
});

it('compares with the other questions as Pearson does, and says nothing where all are alike', () => {
  const pairs = [
    [1, 0.9],
    [0, 0.2],
    [1, 0.7],
    [0, 0.6],
  ] as const;
  const sum = (pick: (pair: readonly [number, number]) => number) => pairs.reduce((all, pair) => all + pick(pair), 0);
  const tally: Tally = {
    ...groupOf(['a', 'b', 'a', 'b']),
    compared: 4,
    compared_points: sum(([x]) => x),
    others: sum(([, y]) => y),
    points_squared: sum(([x]) => x * x),
    others_squared: sum(([, y]) => y * y),
    product: sum(([x, y]) => x * y),
  };
  expect(agreementOf(tally)).toBeCloseTo(0.7845, 3);
  expect(agreementOf({ ...tally, points_squared: 1, compared_points: 2 })).toBeNull();
});
