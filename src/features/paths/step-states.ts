import type { Day } from '../../lib/calendar';

export const STEP_KINDS = ['course', 'lesson', 'placement', 'task', 'outside', 'talk'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export const CONDITION_KINDS = [
  'finished',
  'result',
  'went_well',
  'went_less',
  'level',
  'team',
  'role',
  'relation',
  'profile',
  'date',
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];
/** Conditions about another step of the path. */
export const ABOUT_A_STEP: readonly ConditionKind[] = ['finished', 'result', 'went_well', 'went_less'];

/**
 * When a step opens. `result` waits until the share is reached; `went_well` and `went_less` are the two ways of a fork: the
 * step is of those whose result was at least, or under, the share, and nobody else needs it.
 */
export interface Condition {
  kind: ConditionKind;
  other_step_id: string | null;
  /** Per cent of right answers, 1..100. */
  share: number | null;
  competence_code: string | null;
  level: number | null;
  team_id: string | null;
  /** A role, a relation or a target profile. */
  code: string | null;
  day: Day | null;
}

/** How a step came to need nothing more: done, known already by the placement test, or judged to be learnt before. */
export type Finish = 'done' | 'can' | 'recognised';

export interface Step {
  id: string;
  is_required: boolean;
  group_key: number | null;
  conditions: readonly Condition[];
  finish: Finish | null;
  started: boolean;
  /** Share of right answers of its questions, 0..1; null when there is no result. */
  result: number | null;
}

export interface Person {
  today: Day;
  teams: readonly string[];
  roles: readonly string[];
  relation: string;
  target_profile: string | null;
  /** What is known of the person's skills with confidence that is not low. */
  levels: ReadonlyMap<string, number>;
}

/** 'other': the step is not for this person (a fork went the other way, or it is for another team). */
export type StepState = Finish | 'open' | 'locked' | 'other';

export interface JudgedStep {
  state: StepState;
  /** Conditions that are not met yet, in their order; empty unless the step is locked. */
  waitsFor: readonly Condition[];
  /** Whether the path is unfinished without it: required, its own, and its group not full yet. */
  isNeeded: boolean;
}

type Verdict = 'met' | 'waits' | 'other';

/** Which steps are done, open, locked or not this person's. What is finished stays so, whatever its conditions say. */
export function judgeSteps(
  steps: readonly Step[],
  groups: ReadonlyMap<number, number>,
  person: Person,
): Map<string, JudgedStep> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const judged = new Map<string, Omit<JudgedStep, 'isNeeded'>>();
  const judge = (step: Step): Omit<JudgedStep, 'isNeeded'> => {
    const known = judged.get(step.id);
    if (known) return known;
    // A circle is refused when a path is saved; were there one, the step is simply open.
    judged.set(step.id, { state: step.finish ?? 'open', waitsFor: [] });
    const verdicts = step.finish ? [] : step.conditions.map((condition) => verdictOf(condition, person, byId, judge));
    const waitsFor = step.conditions.filter((_, index) => verdicts[index] === 'waits');
    const state: StepState =
      step.finish ?? (verdicts.includes('other') ? 'other' : waitsFor.length > 0 ? 'locked' : 'open');
    const verdict = { state, waitsFor: state === 'locked' ? waitsFor : [] };
    judged.set(step.id, verdict);
    return verdict;
  };
  for (const step of steps) judge(step);
  const full = fullGroups(steps, groups, judged);
  return new Map(
    steps.map((step) => {
      const verdict = judged.get(step.id) as Omit<JudgedStep, 'isNeeded'>;
      const isWanted = step.group_key === null ? step.is_required : !full.has(step.group_key);
      return [step.id, { ...verdict, isNeeded: isWanted && verdict.state !== 'other' && step.finish === null }];
    }),
  );
}

/** Groups of which enough is finished, or of which nothing more can be done by this person. */
function fullGroups(
  steps: readonly Step[],
  groups: ReadonlyMap<number, number>,
  judged: ReadonlyMap<string, { state: StepState }>,
): Set<number> {
  const full = new Set<number>();
  for (const [key, needed] of groups) {
    const finished = steps.filter(({ group_key, finish }) => group_key === key && finish !== null).length;
    const possible = steps.filter(({ id, group_key }) => group_key === key && judged.get(id)?.state !== 'other').length;
    if (finished >= Math.min(needed, possible)) full.add(key);
  }
  return full;
}

function verdictOf(
  condition: Condition,
  person: Person,
  byId: ReadonlyMap<string, Step>,
  judge: (step: Step) => { state: StepState },
): Verdict {
  const known = (yes: boolean): Verdict => (yes ? 'met' : 'waits');
  const theirs = (yes: boolean): Verdict => (yes ? 'met' : 'other');
  switch (condition.kind) {
    case 'level':
      return known((person.levels.get(condition.competence_code ?? '') ?? 0) >= (condition.level ?? 0));
    case 'date':
      return known(person.today >= (condition.day ?? ''));
    case 'team':
      return theirs(person.teams.includes(condition.team_id ?? ''));
    case 'role':
      return theirs(person.roles.includes(condition.code ?? ''));
    case 'relation':
      return theirs(person.relation === condition.code);
    case 'profile':
      return theirs(person.target_profile === condition.code);
    default: {
      const other = byId.get(condition.other_step_id ?? '');
      // A step that was taken off the path, or is not this person's, holds nobody back.
      if (!other || judge(other).state === 'other') return 'met';
      if (condition.kind === 'finished') return known(other.finish !== null);
      return resultVerdict(condition, other);
    }
  }
}

function resultVerdict({ kind, share }: Condition, other: Step): Verdict {
  // What is known already, or was judged to be, has no answers: it went well.
  const result = other.result ?? (other.finish === 'can' || other.finish === 'recognised' ? 1 : null);
  if (result === null) return 'waits';
  const isEnough = Math.round(result * 100) >= (share ?? 0);
  if (kind === 'result') return isEnough ? 'met' : 'waits';
  return isEnough === (kind === 'went_well') ? 'met' : 'other';
}

/** The step to take now: the first that is needed and open, one that is begun before others. */
export function stepNow<S extends Step>(steps: readonly S[], judged: ReadonlyMap<string, JudgedStep>): S | undefined {
  const open = steps.filter(({ id }) => judged.get(id)?.state === 'open' && judged.get(id)?.isNeeded);
  return open.find(({ started }) => started) ?? open[0];
}

/** Whether nothing of the path is needed any more. A path without steps is not ready. */
export const isReady = (judged: ReadonlyMap<string, JudgedStep>) =>
  judged.size > 0 && [...judged.values()].every(({ isNeeded }) => !isNeeded);
