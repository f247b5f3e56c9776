import fc from 'fast-check';
import { deadEnds, type Wired } from '../../src/features/paths/dead-ends';
import {
  type Condition,
  isReady,
  judgeSteps,
  type Person,
  type Step,
  stepNow,
} from '../../src/features/paths/step-states';

const none = {
  other_step_id: null,
  share: null,
  competence_code: null,
  level: null,
  team_id: null,
  code: null,
  day: null,
};
const when = (kind: Condition['kind'], values: Partial<Condition> = {}): Condition => ({ ...none, kind, ...values });
const aStep = (id: string, values: Partial<Step> = {}): Step => ({
  ...{ id, is_required: true, group_key: null, conditions: [], finish: null, started: false, result: null },
  ...values,
});
const person: Person = {
  ...{ today: '2026-11-22', teams: ['t1'], roles: ['learner'], relation: 'employee', target_profile: 'staff' },
  levels: new Map([['4.2', 3.2]]),
};
const states = (steps: Step[], groups = new Map<number, number>()) =>
  Object.fromEntries([...judgeSteps(steps, groups, person)].map(([id, { state }]) => [id, state]));

describe('a condition', () => {
  it.each<[string, Condition, string]>([
    ['the other step is not done', when('finished', { other_step_id: 'a' }), 'locked'],
    ['the other step was taken away', when('finished', { other_step_id: 'gone' }), 'open'],
    ['the level is reached', when('level', { competence_code: '4.2', level: 3 }), 'open'],
    ['the level is not reached', when('level', { competence_code: '4.2', level: 4 }), 'locked'],
    ['nothing sure is known', when('level', { competence_code: '1.1', level: 1 }), 'locked'],
    ['the day came', when('date', { day: '2026-11-22' }), 'open'],
    ['the day is tomorrow', when('date', { day: '2026-11-23' }), 'locked'],
    ['the team is theirs', when('team', { team_id: 't1' }), 'open'],
    ['the team is another', when('team', { team_id: 't2' }), 'other'],
    ['the role is another', when('role', { code: 'author' }), 'other'],
    ['the relation is theirs', when('relation', { code: 'employee' }), 'open'],
    ['the profile is another', when('profile', { code: 'peer' }), 'other'],
  ])('when %s', (_, condition, state) => {
    expect(states([aStep('a'), aStep('b', { conditions: [condition] })]).b).toBe(state);
  });

  it.each<[number | null, string, string, string]>([
    [null, 'locked', 'locked', 'locked'],
    [0.69, 'locked', 'other', 'open'],
    [0.7, 'open', 'open', 'other'],
    [1, 'open', 'open', 'other'],
  ])('by a result of %s: waits for it, or forks', (result, lock, well, less) => {
    const fork = (kind: Condition['kind']) =>
      aStep(kind, { conditions: [when(kind, { other_step_id: 'a', share: 70 })] });
    const steps = [aStep('a', { result }), fork('result'), fork('went_well'), fork('went_less')];
    expect(states(steps)).toMatchObject({ result: lock, went_well: well, went_less: less });
  });

  it('never takes away what is finished', () => {
    expect(states([aStep('a'), aStep('b', { finish: 'done', conditions: [when('team', { team_id: 't2' })] })]).b).toBe(
      'done',
    );
  });
});

describe('what is needed', () => {
  it('is k of a group, and then the rest is only offered', () => {
    const group = (id: string, finish: Step['finish'] = null) => aStep(id, { group_key: 1, finish });
    const needed = (steps: Step[]) =>
      [...judgeSteps(steps, new Map([[1, 2]]), person).values()].filter(({ isNeeded }) => isNeeded).length;
    expect(needed([group('a'), group('b'), group('c')])).toBe(3);
    expect(needed([group('a', 'done'), group('b'), group('c')])).toBe(2);
    expect(needed([group('a', 'done'), group('b', 'can'), group('c')])).toBe(0);
  });

  it('leaves optional steps out, and begins with what was begun', () => {
    const steps = [aStep('a', { is_required: false }), aStep('b'), aStep('c', { started: true })];
    const judged = judgeSteps(steps, new Map(), person);
    expect([stepNow(steps, judged)?.id, isReady(judged)]).toEqual(['c', false]);
    expect(isReady(judgeSteps([], new Map(), person))).toBe(false);
  });
});

const ids = ['a', 'b', 'c', 'd', 'e'];
const anyCondition = fc.oneof(
  fc.record({ kind: fc.constantFrom('finished' as const), other_step_id: fc.constantFrom(...ids) }),
  fc.record({
    kind: fc.constantFrom('result' as const, 'went_well' as const, 'went_less' as const),
    other_step_id: fc.constantFrom(...ids),
    share: fc.integer({ min: 1, max: 100 }),
  }),
);
const anyPath = fc.tuple(
  ...ids.map((id) =>
    fc.record({
      id: fc.constant(id),
      hasResult: fc.boolean(),
      conditions: fc.array(anyCondition, { maxLength: 2 }),
      share: fc.integer({ min: 0, max: 100 }),
      group_key: fc.constantFrom(null, null, 1),
    }),
  ),
);

it('leaves nobody stuck: on any path that may be saved, whoever does what is open comes to the end', () => {
  fc.assert(
    fc.property(anyPath, fc.integer({ min: 1, max: 5 }), (parts, needed) => {
      const wired: Wired[] = parts.map((part) => ({
        ...{ id: part.id, kind: 'lesson' as const, hasResult: part.hasResult, attempts_allowed: null },
        ...{ group_key: part.group_key, conditions: part.conditions.map(({ kind, ...rest }) => when(kind, rest)) },
      }));
      const groups = new Map([[1, needed]]);
      fc.pre(deadEnds(wired, groups).length === 0);
      // The person does each open step; a result grows to full when they try again.
      const steps = wired.map((step) => aStep(step.id, { conditions: step.conditions, group_key: step.group_key }));
      for (let round = 0; round <= 2 * ids.length; round += 1) {
        const judged = judgeSteps(steps, groups, person);
        if (isReady(judged)) return;
        for (const step of steps) {
          const part = parts.find(({ id }) => id === step.id);
          if (judged.get(step.id)?.state === 'open' || step.finish) {
            step.result = part?.hasResult ? (step.finish ? 1 : (part.share ?? 0) / 100) : null;
            step.finish = 'done';
          }
        }
      }
      expect(isReady(judgeSteps(steps, groups, person))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

describe('dead ends', () => {
  const wired = (id: string, conditions: Condition[], values: Partial<Wired> = {}): Wired => ({
    ...{ id, kind: 'lesson', hasResult: true, attempts_allowed: null, group_key: null, conditions },
    ...values,
  });
  const on = (kind: Condition['kind'], id: string, share: number | null = null) =>
    when(kind, { other_step_id: id, share });
  it.each<[string, Wired[]]>([
    ['paths.dead.circle', [wired('a', [on('finished', 'a')])]],
    ['paths.dead.circle', [wired('a', [on('finished', 'b')]), wired('b', [on('went_less', 'a', 50)])]],
    ['paths.dead.noResult', [wired('a', [], { hasResult: false }), wired('b', [on('went_well', 'a', 50)])]],
    ['paths.dead.noRetry', [wired('a', [], { attempts_allowed: 2 }), wired('b', [on('result', 'a', 50)])]],
    ['paths.dead.noRetry', [wired('a', [], { kind: 'placement' }), wired('b', [on('result', 'a', 50)])]],
    ['paths.dead.twoAtOnce', [wired('a', []), wired('b', [on('went_well', 'a', 70), on('went_less', 'a', 70)])]],
    ['paths.dead.twoAtOnce', [wired('a', [when('profile', { code: 'x' }), when('profile', { code: 'y' })])]],
    ['paths.dead.group', [wired('a', [], { group_key: 1 })]],
  ])('%s', (message, steps) => {
    expect(deadEnds(steps, new Map([[1, 2]]))[0]?.message).toBe(message);
  });

  it('are not two sides of one fork', () => {
    const steps = [wired('a', []), wired('b', [on('went_well', 'a', 70)]), wired('c', [on('went_less', 'a', 70)])];
    expect(deadEnds(steps, new Map())).toEqual([]);
  });
});
