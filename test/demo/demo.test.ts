import { buildDemo } from '../../src/demo/build';
import type { Row } from '../../src/demo/bulk';
import { Calendar } from '../../src/demo/calendar';
import type { CatalogueCourse } from '../../src/demo/catalogue';
import { LEAST_PEOPLE } from '../../src/demo/organisations';
import { type EstimatePoint, estimateAt, pointAt } from '../../src/features/skills/estimate';
import { pairedGrowth } from '../../src/features/skills/growth';

const ITEMS = (code: string) =>
  (['knowledge', 'skill', 'attitude'] as const).map((kind) => ({ id: `${code}-${kind}`, kind }));
const STARTERS = ['1.2', '2.1', '2.3', '2.5', '4.1', '4.2', '5.1', '5.4'].map((code) => ({ code, items: ITEMS(code) }));

const lesson = (id: string) => ({
  id,
  slug: id,
  kind: 'text' as const,
  level: 2,
  audience: [],
  quiz_id: null,
  competences: ['4.2'],
  questions: [],
});
const question = (id: string) => ({
  id,
  type: 'single' as const,
  competence_code: '4.2',
  level: 2,
  audience: [],
  options: ['a', 'b', 'c'].map((key) => ({ key, is_correct: key === 'a' })),
});
const COURSES: CatalogueCourse[] = ['strong-auth-passwords', 'recognise-scam-messages', 'video-appointment'].map(
  (id) => ({
    id,
    slug: id,
    exchange_id: id,
    lessons_total: 3,
    lessons: [
      lesson(`${id} 1`),
      lesson(`${id} 2`),
      { ...lesson(`${id} 3`), kind: 'quiz', quiz_id: `${id} quiz`, questions: ['q1', 'q2', 'q3', 'q4'].map(question) },
    ],
  }),
);

function tables(now: string, people = LEAST_PEOPLE): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  const content = { courses: COURSES, starters: STARTERS, lessons: [] };
  const add = (table: string, row: Row) => {
    const known = rows.get(table);
    if (known) known.push(row);
    else rows.set(table, [row]);
  };
  const teams = buildDemo({
    rows: { add },
    calendar: new Calendar(new Date(now)),
    passwordHash: 'hash',
    pictureHash: 'hash',
    content,
    people,
  });
  for (const _ of teams);
  return rows;
}

const NOW = '2026-05-15T09:00:00Z';
const demo = tables(NOW);
const of = (table: string) => demo.get(table) ?? [];

it('tells the same history at every run of a day', () => {
  expect(tables('2026-05-15T21:30:00Z')).toEqual(demo);
});

it('has the people, teams and organisations that it promises', () => {
  expect(of('people')).toHaveLength(240);
  expect(of('teams')).toHaveLength(12);
  expect(of('network_organisations')).toHaveLength(3);
  expect(new Set(of('people').map(({ username }) => username)).size).toBe(240);
  expect(of('people').filter(({ email }) => email === null).length).toBeGreaterThan(15);
  expect(of('memberships')).toHaveLength(241);
  expect(of('team_supervisors').filter(({ is_deputy }) => is_deputy)).toHaveLength(2);
  expect(of('memberships').filter(({ relation }) => relation === 'independent')).toHaveLength(1);
});

it('grows by teams of twenty when more people are asked for', () => {
  const larger = tables(NOW, 300);
  expect(larger.get('people')).toHaveLength(300);
  expect(larger.get('people')?.slice(0, 240)).toEqual(of('people'));
  expect(larger.get('teams')?.length).toBe(15);
});

it('refuses fewer people than its plan has', () => {
  expect(() => tables(NOW, 100)).toThrow(RangeError);
});

it('never tells of tomorrow', () => {
  const today = new Date('2026-05-15T00:00:00Z');
  // An invitation is open until a day to come.
  for (const [table, rows] of demo)
    for (const row of rows)
      for (const [column, value] of Object.entries(row))
        if (value instanceof Date && value > today && column !== 'expires_at')
          throw new Error(`${table}.${column}: ${value.toISOString()}`);
});

/** Growth of a team as a report counts it, between two moments. */
function growth(teamName: string, code: string, from: Date, to: Date) {
  const team = of('teams').find(({ name }) => name === teamName);
  const members = of('team_members').filter(({ team_id }) => team_id === team?.id);
  const pairs = members.flatMap(({ person_id }) => {
    const points = of('skill_points')
      .filter((point) => point.person_id === person_id && point.competence_code === code)
      .map((point) => ({ ...point, at: point.observed_at }) as unknown as EstimatePoint);
    const [before, after] = [from, to].map((date) => estimateAt(pointAt(points, date), date).level);
    return before === null || before === undefined || after === null || after === undefined ? [] : [{ before, after }];
  });
  const result = pairedGrowth(pairs, 5);
  return result.shown ? result.verdict : 'hidden';
}

const AGO = [new Date('2025-10-31'), new Date('2026-04-30')] as const;

it('has something to read in the growth reports', () => {
  const told = (team: string) => STARTERS.map(({ code }) => growth(team, code, ...AGO));
  expect(growth('Kotiin vietävä tuki', '4.2', ...AGO)).toBe('grew');
  expect(growth('Kotiin vietävä tuki', '2.1', ...AGO)).toBe('grew');
  expect(growth('Kotiin vietävä tuki', '2.3', ...AGO)).toBe('fell');
  expect(growth('Kotiin vietävä tuki', '4.1', ...AGO)).toBe('cannot-tell');
  expect(growth('Kotiin vietävä tuki', '5.1', ...AGO)).toBe('hidden');
  expect(told('Digitupa').filter((verdict) => verdict === 'grew').length).toBeGreaterThan(3);
  expect(told('Vertaisohjaajat').filter((verdict) => verdict === 'cannot-tell').length).toBeGreaterThan(3);
  expect(new Set(told('Nuorten tila'))).toEqual(new Set(['hidden']));
});

it('answers quizzes with one answer to each question, the sum of which is the result', () => {
  const answers = Map.groupBy(of('quiz_answers'), ({ attempt_id }) => attempt_id);
  for (const attempt of of('quiz_attempts')) {
    const mine = answers.get(attempt.id) ?? [];
    expect(mine).toHaveLength(Number(attempt.points_possible));
    expect(mine.reduce((sum, { points }) => sum + Number(points), 0)).toBeCloseTo(Number(attempt.points), 2);
  }
});
