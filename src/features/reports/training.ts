import type { Day } from '../../lib/calendar';

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
}

export type TrainingState = 'done' | 'late' | 'on-the-way' | 'not-started';

export interface TrainingOf {
  state: TrainingState;
  done: number;
  total: number;
  /** The nearest day by which something unfinished should be ready. */
  due_on: Day | null;
  /** When the last of the courses was completed; only when all are. */
  completed_at: Date | null;
}

/** Late from the day after the due date; done whenever it was done. */
export function courseState(course: AgreedCourse, today: Day): TrainingState {
  if (course.completed_at) return 'done';
  if (course.due_on !== null && course.due_on < today) return 'late';
  return course.lessons_done > 0 ? 'on-the-way' : 'not-started';
}

/** All agreed courses of one person as one; undefined when nothing has been agreed. */
export function trainingOf(courses: readonly AgreedCourse[], today: Day): TrainingOf | undefined {
  if (courses.length === 0) return undefined;
  const states = new Set(courses.map((course) => courseState(course, today)));
  const open = courses.filter(({ completed_at }) => !completed_at);
  const done = sum(courses.map(({ lessons_done }) => lessons_done));
  return {
    state: open.length === 0 ? 'done' : states.has('late') ? 'late' : done > 0 ? 'on-the-way' : 'not-started',
    done,
    total: sum(courses.map(({ lessons_total }) => lessons_total)),
    due_on: open.flatMap(({ due_on }) => due_on ?? []).sort()[0] ?? null,
    completed_at: open.length === 0 ? newest(courses.flatMap(({ completed_at }) => completed_at ?? [])) : null,
  };
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
const newest = (dates: Date[]) => new Date(Math.max(...dates.map((date) => date.getTime())));

export interface TeamTraining {
  /** People who have something agreed, and of them those who have begun, are ready, or are past a due date. */
  agreed: number;
  started: number;
  done: number;
  late: number;
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
    done: agreed.filter(({ state }) => state === 'done').length,
    late: agreed.filter(({ state }) => state === 'late').length,
    next_due: dates.sort()[0] ?? null,
  };
}
