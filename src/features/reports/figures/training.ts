import type { Day } from '../../../lib/calendar';
import type { Completion } from '../../progress/completions.model';

/** One agreed course of one person. The only things that a supervisor may know of it. */
export interface AgreedCourse {
  person_id: string;
  name: string;
  course_id: string;
  slug: string;
  title: string;
  due_on: Day | null;
  lessons_done: number;
  lessons_total: number;
  completed_at: Date | null;
  /** When the person last went through the complete course again. */
  renewed_at: Date | null;
  /** Since when it counts as learnt elsewhere before; null when nobody judged so. Never a completion. */
  recognised_at: Date | null;
  agreed_at: Date;
  /** The last day on which the completion is valid, and the first on which it should be renewed; null when it does not end. */
  valid_until: Day | null;
  renew_from: Day | null;
  /** When a lesson of the course was last completed. */
  last_done_at: Date | null;
  /** Every completion and renewal, the newest first. */
  history: Completion[];
}

/** In the order of what needs somebody most. */
export const TRAINING_STATES = [
  'expired',
  'late',
  'expiring',
  'not-started',
  'on-the-way',
  'recognised',
  'done',
] as const;
export type TrainingState = (typeof TRAINING_STATES)[number];

export interface TrainingOf {
  state: TrainingState;
  done: number;
  total: number;
  /** The nearest day by which something unfinished should be ready. */
  due_on: Day | null;
  /** The day on which the first of the completions ends. */
  valid_until: Day | null;
  /** How many of the courses count as learnt before, apart from those completed. */
  recognised: number;
  /** When the last of the courses was completed; only when all are, or count as learnt before. */
  completed_at: Date | null;
}

type Dated = Pick<AgreedCourse, 'due_on' | 'lessons_done' | 'completed_at'> &
  Partial<Pick<AgreedCourse, 'valid_until' | 'renew_from' | 'recognised_at'>>;

/**
 * Late from the day after the due date; done whenever it was done; recognised when somebody judged that it was learnt before
 * and the course itself is not done. What ends is 'expiring' from the day when it should be renewed, and 'expired' from the
 * day after its last.
 */
export function courseState(course: Dated, today: Day): TrainingState {
  if (course.completed_at || course.recognised_at) {
    if (course.valid_until && course.valid_until < today) return 'expired';
    return course.renew_from && course.renew_from <= today ? 'expiring' : course.completed_at ? 'done' : 'recognised';
  }
  if (course.due_on !== null && course.due_on < today) return 'late';
  return course.lessons_done > 0 ? 'on-the-way' : 'not-started';
}

/** All agreed courses of one person as one; undefined when nothing has been agreed. */
export function trainingOf(courses: readonly AgreedCourse[], today: Day): TrainingOf | undefined {
  if (courses.length === 0) return undefined;
  const states = new Set(courses.map((course) => courseState(course, today)));
  const open = courses.filter(({ completed_at, recognised_at }) => !completed_at && !recognised_at);
  const done = sum(courses.map(({ lessons_done }) => lessons_done));
  return {
    state: stateOfAll(states, done),
    valid_until: courses.flatMap(({ valid_until }) => valid_until ?? []).sort()[0] ?? null,
    done,
    total: sum(courses.map(({ lessons_total }) => lessons_total)),
    due_on: open.flatMap(({ due_on }) => due_on ?? []).sort()[0] ?? null,
    recognised: courses.filter((course) => courseState(course, today) === 'recognised').length,
    completed_at: open.length === 0 ? newest(courses.flatMap(({ completed_at }) => completed_at ?? [])) : null,
  };
}

function stateOfAll(states: ReadonlySet<TrainingState>, lessonsDone: number): TrainingState {
  const most = (['expired', 'late', 'expiring'] as const).find((state) => states.has(state));
  if (most) return most;
  if ([...states].every((state) => state === 'done' || state === 'recognised'))
    return states.has('done') ? 'done' : 'recognised';
  return lessonsDone > 0 ? 'on-the-way' : 'not-started';
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
const newest = (dates: Date[]) =>
  dates.length === 0 ? null : new Date(Math.max(...dates.map((date) => date.getTime())));

export interface TeamTraining {
  /** People who have something agreed, and of them those who have begun, are ready, or are past a due date. */
  agreed: number;
  started: number;
  done: number;
  /** Who needs nothing more, with at least one course that counts as learnt before. Not among the ready. */
  recognised: number;
  late: number;
  /** Whose completion has ended, or ends soon. */
  renew: number;
  /** The nearest due date that is not over. */
  next_due: Day | null;
}

/** The agreed training of a whole team in counts. */
export function teamTraining(people: readonly (TrainingOf | undefined)[], today: Day): TeamTraining {
  const agreed = people.filter((training) => training !== undefined);
  const dates = agreed.flatMap(({ due_on }) => due_on ?? []).filter((date) => date >= today);
  return {
    agreed: agreed.length,
    started: agreed.filter(({ done }) => done > 0).length,
    done: agreed.filter(({ completed_at, recognised }) => completed_at !== null && recognised === 0).length,
    recognised: agreed.filter(({ state, recognised }) => recognised > 0 && (state === 'done' || state === 'recognised'))
      .length,
    late: agreed.filter(({ state }) => state === 'late').length,
    renew: agreed.filter(({ state }) => state === 'expired' || state === 'expiring').length,
    next_due: dates.sort()[0] ?? null,
  };
}
