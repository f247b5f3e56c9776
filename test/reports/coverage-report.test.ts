import fc from 'fast-check';
import type { CountedSkill } from '../../src/features/reports/figures/counted-skill';
import { bandOf, coverageReport, reaches } from '../../src/features/reports/figures/coverage-report';

const targets = new Map([['staff', new Map([['4.2', 4]])]]);

function report(levels: number[], profile: string | null = 'staff') {
  const counted = levels.map(
    (level, person): CountedSkill => ({
      competence_code: '4.2',
      group_id: 'group',
      least: 5,
      seen: true,
      team_id: 'team',
      profile,
      own_profile: profile,
      person_id: `p${person}`,
      before: null,
      either_before: null,
      either_after: null,
      after: level,
      verified: true,
      observed_at: new Date('2026-05-10T10:00:00Z'),
    }),
  );
  const days = levels.map((_, person) => ({
    person_id: `p${person}`,
    target_profile: profile,
    relation: 'employee' as const,
    at_start: true,
    at_end: true,
  }));
  return coverageReport(counted, days, targets);
}

const people = (groups: Record<number, number>) =>
  Object.entries(groups).flatMap(([level, count]) => Array<number>(count).fill(Number(level)));

it('counts who reaches the target of their profile when both parts are large enough', () => {
  expect(report(people({ 2: 6, 5: 8 })).rows[0]).toMatchObject({
    n: 14,
    reached: { exact: true, counts: { reached: 8, onTheWay: 6 } },
    bands: { exact: true, counts: { 1: 6, 3: 8 } },
  });
});

it('says in a word what numbers would tell of a few', () => {
  expect(report(people({ 2: 2, 5: 6 })).rows[0]).toMatchObject({
    reached: { exact: false, most: 'reached' },
    bands: { exact: false, most: '3' },
  });
});

it('says 90 % or more when everyone is in the same band', () => {
  expect(report(people({ 1: 12 })).rows[0]).toMatchObject({
    reached: { exact: false, most: 'onTheWay', nearlyAll: true },
    bands: { exact: false, most: '1', nearlyAll: true },
  });
});

it('gives no band numbers that with the target would tell of a few in the middle of a band', () => {
  // Level 3 and 4 share a band, and the target lies between them: 10 - 6 would tell of four people at level 3.
  expect(report(people({ 2: 6, 3: 4, 4: 10 })).rows[0]).toMatchObject({
    reached: { exact: true, counts: { reached: 10, onTheWay: 10 } },
    bands: { exact: false },
  });
});

it('hides rows of few people and leaves out those without a target', () => {
  expect(report(people({ 5: 4 }))).toMatchObject({ rows: [], hidden: 1 });
  expect(report(people({ 5: 8 }), null)).toMatchObject({ rows: [], team: 8, withProfile: 0 });
});

it('never shows a number from which one to four people follow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 5, maxLength: 40 }), (levels) => {
      const [row] = report(levels).rows;
      if (!row?.shown) return;
      const told = [
        ...(row.reached.exact ? Object.values(row.reached.counts) : []),
        ...(row.bands.exact ? Object.values(row.bands.counts) : []),
      ];
      expect(told.filter((count) => count > 0 && count < 5)).toEqual([]);
    }),
  );
});

it('rounds levels as they are shown', () => {
  expect([reaches(3.5, 4), reaches(3.49, 4)]).toEqual([true, false]);
  expect([0, 1, 2.4, 2.5, 4, 5, 7, 8].map(bandOf)).toEqual(['1', '1', '1', '2', '2', '3', '4', '4']);
});
