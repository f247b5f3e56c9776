import fc from 'fast-check';
import {
  collapsed,
  countedGroups,
  countedIn,
  type Group,
  groupsOf,
  OTHERS,
  releasedTable,
  type Stay,
  type TableCell,
} from '../../src/features/reports/closing/release';
import { releasedGrowth } from '../../src/features/reports/figures/released-growth';

const MONTHS = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-28`);
const month = (index: number) => MONTHS[index] ?? '2027-01-28';
const K = 5;

const aStay = (person: number, values: Partial<Stay> = {}): Stay => ({
  person_id: `p${person}`,
  team_id: 'team',
  profile: 'guide',
  least: K,
  seen: true,
  from: month(0),
  until: null,
  ...values,
});
const people = (count: number, values: Partial<Stay> = {}, first = 0) =>
  Array.from({ length: count }, (_, index) => aStay(first + index, values));
const countAt = (stays: Stay[], at: number) =>
  countedIn(countedGroups(stays, MONTHS), month(at)).reduce((sum, { people }) => sum + people.length, 0);

describe('counted groups', () => {
  it('let newcomers in only as many as may show', () => {
    const stays = [...people(6), ...people(4, { from: month(1) }, 6), ...people(1, { from: month(3) }, 10)];
    expect([0, 1, 2, 3].map((at) => countAt(stays, at))).toEqual([6, 6, 6, 11]);
  });

  it('keep those who left until as many have left, and end when too few would be left', () => {
    const leaving = people(11).map((stay, index) => (index < 5 ? { ...stay, until: month(2 + index) } : stay));
    expect([1, 2, 5, 6].map((at) => countAt(leaving, at))).toEqual([11, 11, 11, 6]);
    const small = people(6).map((stay, index) => (index < 2 ? { ...stay, until: month(2 + index) } : stay));
    expect([1, 2, 3].map((at) => countAt(small, at))).toEqual([6, 6, 0]);
  });

  it('tell profiles apart where there are enough, and the rest together', () => {
    const stays = [...people(6), ...people(3, { profile: 'peer' }, 6), ...people(2, { profile: 'head' }, 9)];
    const groups = countedGroups(stays, MONTHS);
    expect(groups.map(({ profile, members }) => [profile, members.length])).toEqual([
      ['guide', 6],
      [null, 5],
    ]);
    expect(groupsOf(groups, { profile: 'peer' })).toEqual([]);
  });

  it('ask for ten where clients are among them', () => {
    expect(countAt(people(9, { least: 10 }), 3)).toBe(0);
    expect(countAt([...people(9), ...people(1, { least: 10, profile: 'client' }, 9)], 3)).toBe(10);
  });

  it('count who has waited half a year with others of the organisation only', () => {
    const stays = [...people(3, { team_id: 'a' }), ...people(3, { team_id: 'b' }, 3)];
    const groups = countedGroups(stays, MONTHS);
    expect(groups.map(({ team_id, members }) => [team_id, members.length])).toEqual([[null, 6]]);
    expect(groupsOf(groups, { teams: ['a', 'b'] })).toEqual([]);
    expect([5, 6].map((at) => countAt(stays, at))).toEqual([0, 6]);
  });

  const anyStay = fc.record({
    team_id: fc.constantFrom('a', 'b', null),
    profile: fc.constantFrom('guide', 'peer', null),
    seen: fc.boolean(),
    start: fc.nat({ max: 11 }),
    months: fc.option(fc.integer({ min: 1, max: 8 })),
    least: fc.constantFrom(K, K, K, 10),
  });
  const anyStays = fc
    .array(anyStay, { maxLength: 40 })
    .map((all) =>
      all.map(({ start, months, ...values }, person) =>
        aStay(person, { ...values, from: month(start), until: months === null ? null : month(start + months) }),
      ),
    );

  it('are enough people at every pair of months, and change by enough or not at all', () => {
    fc.assert(
      fc.property(anyStays, (stays) => {
        const groups = countedGroups(stays, MONTHS);
        for (const from of MONTHS)
          for (const to of MONTHS.filter((one) => one >= from))
            for (const { group, people: both } of countedIn(groups, from, to)) {
              expect(both.length).toBeGreaterThanOrEqual(group.least);
              const before = countedIn([group], from)[0]?.people ?? [];
              const gone = before.filter((person) => !both.includes(person)).length;
              expect(gone === 0 || gone >= group.least).toBe(true);
            }
      }),
    );
  });

  it('come out the same when months are closed one by one', () => {
    const shape = (groups: Group[]) =>
      groups.map(({ id: _, ...group }) => ({ ...group, members: group.members.toSorted(byPerson) }));
    const byPerson = (a: { person_id: string }, b: { person_id: string }) => (a.person_id < b.person_id ? -1 : 1);
    fc.assert(
      fc.property(anyStays, (stays) => {
        const known = (at: string) => stays.filter(({ from }) => from <= at);
        let groups: Group[] = [];
        for (const at of MONTHS) groups = countedGroups(known(at), [at], groups);
        expect(shape(groups)).toEqual(shape(countedGroups(stays, MONTHS)));
      }),
    );
  });

  it('have nobody in two of them at once', () => {
    fc.assert(
      fc.property(anyStays, (stays) => {
        const groups = countedGroups(stays, MONTHS);
        for (const at of MONTHS) {
          const all = countedIn(groups, at).flatMap(({ people: counted }) => counted);
          expect(new Set(all).size).toBe(all.length);
        }
      }),
    );
  });
});

describe('a released table', () => {
  const anyTable = fc.array(
    fc.record({
      row: fc.constantFrom('a', 'b', 'c', 'd'),
      column: fc.constantFrom('x', 'y', 'z'),
      n: fc.nat({ max: 14 }),
    }),
    { maxLength: 12 },
  );
  const cellsOf = (table: { row: string; column: string; n: number }[]): TableCell[] =>
    table.map(({ row, column, n }) => ({ keys: [row, column] as const, n }));

  it('has no part under the limit, and nothing but what it shows in its sums', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const released = releasedTable(cellsOf(table), K);
        for (const { n } of [...released, ...collapsed(released, 0), ...collapsed(released, 1)])
          expect(n).toBeGreaterThanOrEqual(K);
        const whole = table.reduce((sum, { n }) => sum + n, 0);
        expect(released.reduce((sum, { n }) => sum + n, 0)).toBe(whole >= K ? whole : 0);
      }),
    );
  });

  it('puts small parts together, with the smallest large one where they are few', () => {
    expect(
      releasedTable(
        [
          { keys: ['a'], n: 9 },
          { keys: ['b'], n: 6 },
          { keys: ['c'], n: 2 },
        ],
        K,
      ),
    ).toEqual([
      { keys: ['a'], n: 9 },
      { keys: [OTHERS], n: 8 },
    ]);
  });

  it('takes no third dimension', () => {
    const cell = { keys: ['a', 'b', 'c'], n: 9 } as unknown as TableCell;
    expect(() => releasedTable([cell], K)).toThrow(RangeError);
  });
});

describe('released growth', () => {
  const changed = (...changes: number[]) => changes.map((change) => ({ before: 2, after: 2 + change }));

  it('never has an interval that tells that everyone changed', () => {
    const [low, high] = releasedGrowth([{ pairs: changed(2, 2, 2, 2, 2), k: K }]).interval;
    // With one who stayed and four who changed by 2.5 the interval would be this wide.
    expect(high - low).toBeGreaterThan(2 * 0.9);
  });

  it('adds that to each of its groups, so that a difference tells it neither', () => {
    const spread = changed(0, 1, 2, 3, 4);
    const both = releasedGrowth([
      { pairs: spread, k: K },
      { pairs: changed(2, 2, 2, 2, 2), k: K },
    ]);
    const whole = releasedGrowth([{ pairs: [...spread, ...changed(2, 2, 2, 2, 2)], k: K }]);
    expect(both.interval[1] - both.interval[0]).toBeGreaterThan(whole.interval[1] - whole.interval[0]);
  });

  it('refuses a group under its limit', () => {
    expect(() => releasedGrowth([{ pairs: changed(1, 1, 1), k: K }])).toThrow(RangeError);
  });
});
