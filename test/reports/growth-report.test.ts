import type { TeamDay } from '../../src/features/reports/closing/skill-ends';
import type { CountedSkill } from '../../src/features/reports/figures/counted-skill';
import { growthReport } from '../../src/features/reports/figures/growth-report';
import { periodOf } from '../../src/features/reports/period';

const targets = new Map([
  [
    'staff',
    new Map([
      ['1.2', 3],
      ['2.1', 3],
      ['4.2', 3],
    ]),
  ],
]);
const period = periodOf('2026-01-31', '2026-05-31');

/** A group in a competence, in which each changed by so much; a change of null: not counted at the start. */
function group(code: string, changes: (number | null)[], values: Partial<CountedSkill> = {}): CountedSkill[] {
  return changes.map((change, person) => ({
    competence_code: code,
    least: 5,
    seen: true,
    team_id: 'team',
    profile: 'staff',
    own_profile: 'staff',
    person_id: `p${person}`,
    before: change === null ? null : 3,
    after: 3 + (change ?? 0),
    either_before: change === null ? null : 3,
    either_after: 3 + (change ?? 0),
    verified: true,
    observed_at: new Date('2026-05-10T10:00:00Z'),
    ...values,
    ...{ group_id: `${code} ${values.group_id ?? 1}` },
  }));
}
const both = (
  code: string,
  people: number,
  change: (person: number) => number | null,
  values?: Partial<CountedSkill>,
) =>
  group(
    code,
    Array.from({ length: people }, (_, person) => change(person)),
    values,
  );

const team = (people: number): TeamDay[] =>
  Array.from({ length: people }, (_, person) => ({
    person_id: `p${person}`,
    target_profile: 'staff',
    relation: 'employee' as const,
    at_start: true,
    at_end: true,
  }));

const report = (counted: CountedSkill[], days = team(9)) => growthReport(counted, days, targets, period);

it('shows a change with its interval, word, people, and directions in a word when numbers would tell of a few', () => {
  const { rows, people, team: size } = report(both('4.2', 8, (person) => (person < 6 ? 1 : 0)));
  expect(rows[0]).toMatchObject({
    code: '4.2',
    shown: true,
    n: 8,
    verdict: 'grew',
    mean: 0.8,
    moved: { exact: false, most: 'up' },
  });
  expect([people, size]).toEqual([8, 9]);
});

it('gives numbers of directions when each has five people', () => {
  const { rows } = report(
    both('4.2', 12, (person) => (person < 6 ? 1 : 0)),
    team(12),
  );
  expect(rows[0]).toMatchObject({ moved: { exact: true, counts: { up: 6, same: 6, down: 0 } } });
});

it('hides what is counted at the end only, and counts its summary from what shows', () => {
  const { rows, hidden, people, said } = report([
    ...both('2.1', 6, () => 1),
    ...both('4.2', 8, (person) => person % 2),
    ...both('1.2', 5, () => null),
  ]);
  expect(rows.map((row) => [row.code, row.shown || row.reason])).toEqual([
    ['2.1', true],
    ['4.2', true],
    ['1.2', 'small'],
  ]);
  expect([hidden, people, said]).toEqual([1, 8, { grew: 2, fell: 0, 'cannot-tell': 0 }]);
});

it('shows nothing of groups that are too few at both ends', () => {
  const { rows, people, verifiedShare, oldestMonths } = report([
    ...both('1.2', 4, () => 1),
    ...both('2.1', 8, (person) => (person < 4 ? 1 : null)),
  ]);
  expect(rows.every((row) => !row.shown)).toBe(true);
  expect([people, verifiedShare, oldestMonths]).toEqual([0, undefined, undefined]);
});

it('compares the same people: who was not counted at the start is in no figure', () => {
  const days = team(9).map((day, person) => ({ ...day, at_start: person !== 0, at_end: person !== 1 }));
  const counted = [...both('4.2', 5, () => 1), ...both('4.2', 6, () => null, { group_id: '2' })];
  const { rows, joined, left, team: size } = report(counted, days);
  expect(rows[0]).toMatchObject({ n: 5 });
  expect([joined, left, size]).toEqual([1, 1, 8]);
});

it('tells what others have seen from own views, both or neither', () => {
  const halves = (...groups: CountedSkill[][]) => {
    const [row] = report(groups.flat(), team(20)).rows;
    return row?.shown ? [row.verified.n, row.ownView.n] : [];
  };
  const seen = both('4.2', 6, () => 1);
  expect(
    halves(
      seen,
      both('4.2', 5, () => 1, { group_id: '2', seen: false }),
    ),
  ).toEqual([6, 5]);
  expect(
    halves(
      seen,
      both('4.2', 5, () => 1, { group_id: '2', seen: null }),
    ),
  ).toEqual([undefined, undefined]);
  expect(halves(seen)).toEqual([6, 0]);
});

it('says how much is seen by others when that is many, and how old the oldest piece is', () => {
  const many = Array.from({ length: 20 }, (_, index) =>
    both('4.2', 5, () => 1, { group_id: `${index}`, verified: index < 16 }),
  ).flat();
  const { verifiedShare, oldestMonths } = report(many, team(100));
  expect([verifiedShare, oldestMonths]).toEqual([80, 0]);
  expect(report(both('4.2', 8, () => 1)).verifiedShare).toBeUndefined();
});

it('never tells by a narrow interval that everyone changed alike', () => {
  const [row] = report(both('4.2', 8, () => 1)).rows;
  expect(row?.shown && row.interval).toEqual([0.7, 1.3]);
  const [still] = report(both('4.2', 8, () => 0)).rows;
  expect(still).toMatchObject({ verdict: 'cannot-tell', interval: [-0.3, 0.3] });
});

it('names a competence that nobody needs at work only when five people make it a group', () => {
  const counted = [...both('3.4', 4, () => 1), ...both('5.3', 5, () => 1), ...both('4.2', 8, () => 1)];
  expect(report(counted).rows.map(({ code }) => code)).toEqual(['4.2', '5.3']);
});
