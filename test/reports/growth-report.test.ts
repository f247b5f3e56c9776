import { growthReport } from '../../src/features/reports/growth-report';
import { periodOf } from '../../src/features/reports/period';
import type { SkillEnd, TeamDay } from '../../src/features/reports/skill-ends';

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

function end(person: number, code: string, which: 'from' | 'to', level: number, own = false): SkillEnd {
  return {
    person_id: `p${person}`,
    competence_code: code,
    end_of: which,
    level,
    verified: !own,
    observed_at: which === 'from' ? new Date('2026-01-10T10:00:00Z') : new Date('2026-05-10T10:00:00Z'),
  };
}

const both = (code: string, people: number, change: (person: number) => number, own = (_: number) => false) =>
  Array.from({ length: people }, (_, person) => [
    end(person, code, 'from', 3, own(person)),
    end(person, code, 'to', 3 + change(person), own(person)),
  ]).flat();

const team = (people: number): TeamDay[] =>
  Array.from({ length: people }, (_, person) => ({
    person_id: `p${person}`,
    target_profile: 'staff',
    relation: 'employee' as const,
    at_start: true,
    at_end: true,
  }));

const report = (ends: SkillEnd[], days = team(9)) => growthReport(ends, days, targets, period, 5);

it('shows a change with its interval, word, people, and directions in a word when numbers would tell of a few', () => {
  const { rows, people, team: size } = report(both('4.2', 8, (person) => (person < 6 ? 1 : 0)));
  expect(rows[0]).toMatchObject({
    code: '4.2',
    shown: true,
    n: 8,
    verdict: 'grew',
    mean: 0.75,
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

it('hides a small row and the smallest other with it, and counts its summary from what shows', () => {
  const ends = [...both('1.2', 4, () => 1), ...both('2.1', 6, () => 1), ...both('4.2', 8, (person) => person % 2)];
  const { rows, hidden, people, said } = report(ends);
  expect(rows.map((row) => [row.code, row.shown || row.reason])).toEqual([
    ['4.2', true],
    ['1.2', 'small'],
    ['2.1', 'protects-another'],
  ]);
  expect([hidden, people, said]).toEqual([2, 8, { grew: 1, fell: 0, 'cannot-tell': 0 }]);
});

it('shows nothing of a team whose every row is small', () => {
  const { rows, people, verifiedShare, oldestMonths } = report([
    ...both('1.2', 4, () => 1),
    ...both('2.1', 3, () => 1),
  ]);
  expect(rows.every((row) => !row.shown)).toBe(true);
  expect([people, verifiedShare, oldestMonths]).toEqual([0, undefined, undefined]);
});

it('compares the same people: who joined, left or was known on one day only is in no figure', () => {
  const days = team(9).map((day, person) => ({ ...day, at_start: person !== 0, at_end: person !== 1 }));
  const ends = both('4.2', 8, () => 1).filter((one) => one.person_id !== 'p2' || one.end_of === 'to');
  const { rows, joined, left, team: size } = report(ends, days);
  expect(rows[0]).toMatchObject({ n: 5 });
  expect([joined, left, size]).toEqual([1, 1, 8]);
});

it('tells what others have seen from own views, both or neither', () => {
  const halves = (verified: number, own: number) => {
    const [row] = report(
      both(
        '4.2',
        verified + own,
        () => 1,
        (person) => person >= verified,
      ),
      team(20),
    ).rows;
    return row?.shown ? [row.verified.n, row.ownView.n] : [];
  };
  expect(halves(6, 5)).toEqual([6, 5]);
  expect(halves(6, 2)).toEqual([undefined, undefined]);
  expect(halves(8, 0)).toEqual([8, 0]);
  expect(halves(3, 3)).toEqual([undefined, undefined]);
});

it('says how much is seen by others and how old the oldest piece is', () => {
  const { verifiedShare, oldestMonths } = report(
    both(
      '4.2',
      8,
      () => 1,
      (person) => person > 5,
    ),
  );
  expect([verifiedShare, oldestMonths]).toEqual([80, 0]);
});

it('never tells by a narrow interval that everyone changed alike', () => {
  const [row] = report(both('4.2', 8, () => 1)).rows;
  expect(row?.shown && row.interval).toEqual([0.9, 1.1]);
  const [still] = report(both('4.2', 8, () => 0)).rows;
  expect(still).toMatchObject({ verdict: 'cannot-tell', interval: [-0.1, 0.1] });
});

it('names a competence that nobody needs at work only when five people make it a group', () => {
  const ends = [...both('3.4', 4, () => 1), ...both('5.3', 5, () => 1), ...both('4.2', 8, () => 1)];
  expect(report(ends).rows.map(({ code }) => code)).toEqual(['4.2', '5.3']);
});
