import fc from 'fast-check';
import {
  type Candidate,
  type Goal,
  inOrder,
  ladderOf,
  MOST_BY_SKILL,
  MOST_MINUTES,
  MOST_ON_PATH,
  makePath,
  standingOf,
} from '../../src/features/targets/suggestions';

const goal = (values: Partial<Goal> = {}): Goal => ({ code: '4.2', minimum: 3, aim: 5, level: 2, ...values });
const lesson = (level: number | null, values: Partial<Candidate> = {}): Candidate => ({
  id: `${values.code ?? '4.2'} ${level} ${values.position ?? 1}`,
  code: '4.2',
  level,
  minutes: 10,
  course: 'kurssi',
  position: 1,
  ...values,
});
const told = (of: Goal, lessons: Candidate[]) =>
  ladderOf(of, lessons).map(({ lesson, reason }) => [lesson.level, reason]);
const all = [5, 3, 8, 1, 2, 4, 6].map((level) => lesson(level));

it('gives a beginner the ladder from where they are, not only the target level', () => {
  expect(told(goal({ level: 1 }), all)).toEqual([
    [1, 'here'],
    [2, 'next'],
    [3, 'later'],
    [4, 'later'],
    [5, 'later'],
  ]);
});

it('starts nobody under their own level and leads nobody past the aim', () => {
  expect(told(goal({ level: 2.4 }), all).map(([level]) => level)).toEqual([2, 3, 4, 5]);
  expect(told(goal({ level: 4.6 }), all)).toEqual([]);
  expect(told(goal({ level: 4 }), all)).toEqual([
    [4, 'here'],
    [5, 'next'],
  ]);
});

it('begins at the beginning when nothing is known, and when all is still ahead', () => {
  for (const level of [null, 0, 0.4])
    expect(told(goal({ level }), all).slice(0, 3)).toEqual([
      [1, 'begin'],
      [2, 'next'],
      [3, 'later'],
    ]);
});

it('takes a lesson without a level as one of the first', () => {
  expect(told(goal({ level: 0 }), [lesson(null)])).toEqual([[null, 'begin']]);
  expect(told(goal({ level: 3 }), [lesson(null)])).toEqual([]);
});

it('says where a skill stands: reached is the least level, not the aim', () => {
  expect([null, 2, 2.5, 4.4, 4.5, 5, 8].map((level) => standingOf(goal({ level })))).toEqual([
    ...['unknown', 'onTheWay', 'reached', 'reached', 'there', 'there', 'there'],
  ]);
});

it('looks first at the longest way, then at what is not known, then at what is reached', () => {
  const goals = [
    goal({ code: '1.1', level: 5 }),
    goal({ code: '1.2', level: null }),
    goal({ code: '2.1', level: 2 }),
    goal({ code: '10.1', level: 0 }),
    goal({ code: '2.2', level: 0 }),
    goal({ code: '3.1', level: 3 }),
  ];
  expect(inOrder(goals).map(({ code }) => code)).toEqual(['2.2', '10.1', '2.1', '1.2', '3.1', '1.1']);
});

it('asks first when a level is not known, and asks nothing when all are', () => {
  const path = makePath([goal({ code: '1.1', level: null }), goal()], [lesson(3), lesson(1, { code: '1.1' })]);
  expect(path.map(({ kind, code }) => [kind, code])).toEqual([
    ['self_assessment', '1.1'],
    ['lesson', '4.2'],
    ['lesson', '1.1'],
  ]);
  expect(makePath([goal()], [lesson(3)]).map(({ kind }) => kind)).toEqual(['lesson']);
});

it('goes on towards the aim only when every least level is reached', () => {
  const lessons = [lesson(4), lesson(3, { code: '1.1' })];
  const reached = goal({ level: 4 });
  expect(makePath([reached, goal({ code: '1.1' })], lessons).map(({ code }) => code)).toEqual(['1.1']);
  expect(makePath([reached], lessons).map(({ code }) => code)).toEqual(['4.2']);
  expect(makePath([goal({ level: 6 })], lessons)).toEqual([]);
});

it('has a lesson of two skills once', () => {
  const both = [lesson(2, { id: 'one', code: '1.1' }), lesson(2, { id: 'one', code: '4.2' })];
  expect(makePath([goal(), goal({ code: '1.1' })], both)).toHaveLength(1);
});

const goals = fc.uniqueArray(
  fc
    .record({
      code: fc.constantFrom('1.1', '1.2', '2.1', '2.2', '3.1', '4.2'),
      minimum: fc.integer({ min: 1, max: 8 }),
      more: fc.integer({ min: 0, max: 7 }),
      level: fc.option(fc.double({ min: 0, max: 8, noNaN: true })),
    })
    .map(({ more, ...rest }) => ({ ...rest, aim: Math.min(8, rest.minimum + more) })),
  { selector: ({ code }) => code },
);
const lessons = fc.array(
  fc.record({
    id: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
    code: fc.constantFrom('1.1', '1.2', '2.1', '2.2', '3.1', '4.2'),
    level: fc.option(fc.integer({ min: 1, max: 8 })),
    minutes: fc.integer({ min: 1, max: 200 }),
    course: fc.constantFrom('x', 'y'),
    position: fc.integer({ min: 1, max: 9 }),
  }),
);

it('makes a path that is short, climbs, and suits the person, whatever the goals and lessons', () => {
  fc.assert(
    fc.property(goals, lessons, (goals, lessons) => {
      const path = makePath(goals, lessons);
      const taken = path.flatMap((step) => (step.kind === 'lesson' ? [step] : []));
      expect(path.length).toBeLessThanOrEqual(MOST_ON_PATH);
      expect(new Set(taken.map((step) => step.lesson.id)).size).toBe(taken.length);
      const minutes = taken.reduce((sum, step) => sum + step.lesson.minutes, 0);
      expect(taken.length <= 1 || minutes <= MOST_MINUTES).toBe(true);
      for (const [code, steps] of Map.groupBy(taken, (step) => step.code)) {
        const of = goals.find((one) => one.code === code) as Goal;
        const levels = steps.map((step) => step.lesson.level ?? 1);
        expect(steps.length).toBeLessThanOrEqual(MOST_BY_SKILL);
        expect(levels).toEqual(levels.toSorted((a, b) => a - b));
        expect(Math.min(...levels)).toBeGreaterThanOrEqual(Math.max(1, Math.round(of.level ?? 0)));
        expect(Math.max(...levels)).toBeLessThanOrEqual(of.aim);
      }
      const asks = path.filter(({ kind }) => kind === 'self_assessment').length;
      expect(asks).toBe(goals.some(({ level }) => level === null) ? 1 : 0);
    }),
  );
});
