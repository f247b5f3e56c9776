import fc from 'fast-check';
import { countedIn, groupsOf, type Stay } from '../../src/features/reports/closing/release';
import { releasedGrowth } from '../../src/features/reports/figures/released-growth';
import { splitOf } from '../../src/features/reports/figures/small-groups';
import { pairedGrowth } from '../../src/features/skills/growth';
import {
  counted,
  derivable,
  MONTHS,
  type Month,
  type Organisation,
  type Publish,
  people,
  scopesOf,
  type World,
} from '../support/attacker';

const K = 5;
const [JANUARY, FEBRUARY, MARCH] = MONTHS;

const stays = (count: number, values: Partial<Stay> = {}, first = 0): Stay[] =>
  Array.from({ length: count }, (_, index) => ({
    person_id: `p${first + index}`,
    team_id: 'a',
    profile: 'guide',
    least: K,
    seen: true,
    from: JANUARY,
    until: null,
    ...values,
  }));

/** Small organisations, each with something that makes two reports differ by few people. */
const ORGANISATIONS: [string, Stay[]][] = [
  ['one team', stays(7)],
  ['one team that everybody knows the least size of', stays(5)],
  ['a joiner', [...stays(7), ...stays(1, { from: FEBRUARY }, 7)]],
  ['joiners one by one', [...stays(5), ...stays(2, { from: FEBRUARY }, 5), ...stays(3, { from: MARCH }, 7)]],
  ['a leaver', [...stays(7), ...stays(2, { until: MARCH }, 7)]],
  ['many leavers', [...stays(5), ...stays(5, { until: MARCH }, 5)]],
  ['two teams and some in neither', [...stays(5), ...stays(3, { team_id: 'b' }, 5), ...stays(2, { team_id: null }, 8)]],
  ['two teams', [...stays(5), ...stays(5, { team_id: 'b' }, 5)]],
  ['a small profile', [...stays(6), ...stays(3, { profile: 'peer' }, 6)]],
  ['two profiles', [...stays(5), ...stays(5, { profile: 'peer' }, 5)]],
  [
    'a change of profile',
    [...stays(8), ...stays(1, { until: MARCH }, 8), ...stays(1, { profile: 'peer', from: MARCH }, 8)],
  ],
  [
    'a change of team',
    [
      ...stays(6),
      ...stays(1, { until: MARCH }, 6),
      ...stays(1, { team_id: 'b', from: MARCH }, 6),
      ...stays(3, { team_id: 'b' }, 7),
    ],
  ],
  ['own views and seen by others', [...stays(5), ...stays(5, { seen: false }, 5)]],
  ['one whom others have seen later', [...stays(7), ...stays(2, { seen: false }, 7)]],
];

/** Secrets: whether one has reached the target. Levels never change, so that reports of different months can be subtracted. */
const reached =
  (secrets: readonly boolean[]): World =>
  (person) =>
    secrets[person] ? 5 : 2;

it.each(ORGANISATIONS)('cannot derive how many of a few have reached their target: %s', (_, own) => {
  expect(derivable(counted(own), reached, { k: K })).toEqual([]);
});

describe('an attacker who is given a hole', () => {
  const present = ({ stays: all }: Organisation, month: Month) =>
    people(all).flatMap((id, person) => {
      const stay = all.find(({ person_id }) => person_id === id);
      return stay && stay.from <= month && (!stay.until || stay.until > month) ? [person] : [];
    });
  const countsOf = (organisation: Organisation, world: World, month: Month) => {
    const own = present(organisation, month);
    const count = own.filter((person) => world(person, month) >= 4).length;
    return { reached: count, onTheWay: own.length - count };
  };
  const joiner = counted([...stays(10), ...stays(1, { from: FEBRUARY }, 10)]);

  it('finds a joiner where everybody present is counted, though small parts are hidden', () => {
    const publish: Publish = (organisation, world) =>
      [JANUARY, FEBRUARY].map((month) => JSON.stringify(splitOf(countsOf(organisation, world, month), K)));
    expect(derivable(joiner, reached, { k: K, publish }).map((found) => found.people)).toEqual([['p10']]);
  });

  it('finds a small group that is hidden without a second one', () => {
    const own = counted([...stays(6), ...stays(3, { profile: 'peer' }, 6)]);
    const publish: Publish = (_organisation, world) => {
      const of = (members: number[]) => members.filter((person) => world(person, JANUARY) >= 4).length;
      return [`all ${of([0, 1, 2, 3, 4, 5, 6, 7, 8])}`, `guides ${of([0, 1, 2, 3, 4, 5])}`, 'peers hidden'];
    };
    const found = derivable(own, reached, { k: K, publish });
    expect(found.map((one) => one.people)).toContainEqual(['p6', 'p7', 'p8']);
  });

  it('finds everybody of a group of whom "all" is said', () => {
    const publish: Publish = (organisation, world) => [String(countsOf(organisation, world, JANUARY).reached)];
    const found = derivable(counted(stays(6)), reached, { k: K, publish });
    expect(found.map((one) => one.people)).toContainEqual(['p0']);
  });
});

describe('growth of one counted group', () => {
  const growth = (changes: readonly number[]) =>
    JSON.stringify(releasedGrowth([{ pairs: changes.map((change) => ({ before: 0, after: change })), k: K }]));
  const hasGrown = (change: number) => change >= 0.5;

  /** The same mean and spread with the first person at `value`: the others moved and drawn together or apart. */
  function withFirstAt(changes: readonly number[], value: number, nudge = 0): number[] {
    const n = changes.length;
    const [, ...others] = changes;
    const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
    const squares = (all: readonly number[]) => all.reduce((sum, one) => sum + (one - mean(all)) ** 2, 0);
    const centre = mean(changes);
    // A mean on the edge of a rounding falls to the other side by the dust of floating point.
    const aim = (n * centre - value) / (n - 1) + nudge;
    const wanted = Math.max(0, squares(changes) - ((value - centre) ** 2 * n) / (n - 1));
    // Alike: any pattern will do.
    const pattern =
      squares(others) > 1e-9 ? others.map((one) => one - mean(others)) : others.map((_, at) => (at % 2 ? 1 : -1));
    const even = pattern.map((one) => one - mean(pattern));
    const scale = Math.sqrt(wanted / (squares(even) || 1));
    return [value, ...even.map((one) => aim + scale * one)];
  }

  /** Another world that looks the same, in which somebody has grown who had not, or the other way round. */
  function isOpen(changes: readonly number[]): boolean {
    const grown = changes.filter(hasGrown).length;
    // Somebody has and somebody has not: exchange them.
    if (grown > 0 && grown < changes.length) return true;
    const values = grown > 0 ? [0.49, 0.45, 0.4] : [0.5, 0.52, 0.55];
    return changes.some((_, at) =>
      values.some((value) =>
        [0, 1e-4, -1e-4].some((nudge) => {
          const other = withFirstAt([changes[at] as number, ...changes.toSpliced(at, 1)], value, nudge);
          return growth(other) === growth(changes);
        }),
      ),
    );
  }

  it('never tells who of a few has grown: every group of five to eight, whatever each changed', () => {
    const steps = [-3, -2, -1, -0.3, 0, 0.3, 1, 2, 3];
    const multisets = (size: number, from = 0): number[][] =>
      size === 0
        ? [[]]
        : steps.slice(from).flatMap((one, at) => multisets(size - 1, from + at).map((rest) => [one, ...rest]));
    for (const size of [5, 6, 8])
      for (const changes of multisets(size))
        if (changes.every(hasGrown) || !changes.some(hasGrown))
          expect([changes, isOpen(changes)]).toEqual([changes, true]);
  });

  it('would tell it, were the interval as narrow as it is', () => {
    const plain = (changes: readonly number[]) =>
      JSON.stringify(
        pairedGrowth(
          changes.map((change) => ({ before: 0, after: change })),
          K,
        ),
      );
    const other = withFirstAt([1, 1, 1, 1, 1], 0.49);
    expect(plain(other)).not.toEqual(plain([1, 1, 1, 1, 1]));
    expect(growth(other)).toEqual(growth([1, 1, 1, 1, 1]));
  });
});

describe('sums and differences of all that is published', () => {
  const anyStay = fc.record({
    team_id: fc.constantFrom('a', 'b', 'c', null),
    profile: fc.constantFrom('guide', 'peer'),
    seen: fc.boolean(),
    from: fc.constantFrom(JANUARY, JANUARY, JANUARY, FEBRUARY, MARCH),
    months: fc.option(fc.constantFrom(1, 2), { freq: 5 }),
  });
  const anyStays = fc.array(anyStay, { minLength: 12, maxLength: 45 }).map((all) =>
    all.map(
      ({ months, ...stay }, index): Stay => ({
        ...stay,
        person_id: `p${index}`,
        least: K,
        until: months === null ? null : (MONTHS[MONTHS.indexOf(stay.from) + months] ?? null),
      }),
    ),
  );

  it('give no person, no joiners, no leavers and no pair of people (linear algebra over every figure of growth)', () => {
    fc.assert(
      fc.property(anyStays, (all) => {
        const organisation = counted(all);
        const names = people(all);
        const column = (person: string, month: Month) => names.indexOf(person) * MONTHS.length + MONTHS.indexOf(month);
        const change = (some: readonly string[], from: Month, to: Month) => {
          const row = new Float64Array(names.length * MONTHS.length);
          for (const person of some) {
            row[column(person, to)] = 1;
            row[column(person, from)] = -1;
          }
          return row;
        };
        // The exact sums behind all figures: teams, profiles, seen or own view, together and apart, at every pair of months.
        const cuts = scopesOf(organisation).flatMap((teams) =>
          [undefined, 'guide', 'peer'].flatMap((profile) => {
            const groups = groupsOf(organisation.groups, { teams: teams ?? undefined, profile });
            return [groups, groups.filter(({ seen }) => seen === true), groups.filter(({ seen }) => seen === false)];
          }),
        );
        const pairs = MONTHS.flatMap((from) => MONTHS.filter((to) => to > from).map((to) => [from, to] as const));
        const known = echelon(
          pairs.flatMap(([from, to]) =>
            cuts.map((groups) =>
              change(
                countedIn(groups, from, to).flatMap(({ people: some }) => some),
                from,
                to,
              ),
            ),
          ),
        );
        const gone = all.filter(({ until }) => until !== null).map(({ person_id }) => person_id);
        const late = all.filter(({ from }) => from !== JANUARY).map(({ person_id }) => person_id);
        const few = [
          ...names.map((one) => [one]),
          ...names.slice(1).map((one, at) => [one, names[at] as string]),
          gone,
          late,
        ].filter((some) => some.length > 0 && some.length < K);
        for (const some of few)
          for (const [from, to] of pairs)
            expect([some, from, to, isKnown(known, change(some, from, to))]).toEqual([some, from, to, false]);
      }),
      { numRuns: 25 },
    );
  });

  /** Rows reduced so that each begins where no other does. */
  function echelon(rows: readonly Float64Array[]): Map<number, Float64Array> {
    const reduced = new Map<number, Float64Array>();
    for (const row of rows) {
      const rest = remainder(reduced, row);
      const first = rest.findIndex((value) => Math.abs(value) > 1e-9);
      if (first < 0) continue;
      const scale = rest[first] as number;
      reduced.set(
        first,
        rest.map((value) => value / scale),
      );
    }
    return reduced;
  }

  function remainder(reduced: ReadonlyMap<number, Float64Array>, row: Float64Array): Float64Array {
    const rest = row.slice();
    for (let at = 0; at < rest.length; at += 1) {
      const factor = rest[at] as number;
      const own = reduced.get(at);
      if (!own || Math.abs(factor) < 1e-9) continue;
      for (let index = at; index < rest.length; index += 1)
        rest[index] = (rest[index] as number) - factor * (own[index] as number);
    }
    return rest;
  }

  const isKnown = (known: ReadonlyMap<number, Float64Array>, row: Float64Array) =>
    remainder(known, row).every((value) => Math.abs(value) < 1e-9);

  it('would give a leaver, were people counted as long as they are there', () => {
    const size = 6;
    const row = (some: number[], from: number, to: number) => {
      const values = new Float64Array(size * 3);
      for (const person of some) {
        values[person * 3 + to] = 1;
        values[person * 3 + from] = -1;
      }
      return values;
    };
    const [everyone, stayed] = [
      [0, 1, 2, 3, 4, 5],
      [0, 1, 2, 3, 4],
    ];
    const known = echelon([row(everyone, 0, 1), row(stayed, 0, 2), row(stayed, 1, 2)]);
    expect(isKnown(known, row([5], 0, 1))).toBe(true);
  });
});
