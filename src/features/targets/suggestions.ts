import { HIGHEST_LEVEL } from '../skills/estimate';
import type { Range } from './target-levels';

/** One skill of a target profile, and what is known of it. */
export interface Goal extends Range {
  code: string;
  /** Unrounded; null while nothing is known. */
  level: number | null;
}

/** A lesson that the person may open and has not done. */
export interface Candidate {
  id: string;
  code: string;
  /** 1..8; null for one that asks for nothing before it. */
  level: number | null;
  minutes: number;
  course: string;
  position: number;
}

/** Where a skill stands: nothing known, under the least level, between it and the aim, or at the aim. */
export type Standing = 'unknown' | 'onTheWay' | 'reached' | 'there';

/** Why a lesson is suggested: it makes the present level firm, is the next step, comes later, or is where all begin. */
export type Reason = 'begin' | 'here' | 'next' | 'later';

export interface Suggested<C extends Candidate = Candidate> {
  lesson: C;
  reason: Reason;
}

/** How many lessons stand by one skill, and how much one path holds: so little that it gets done. */
export const MOST_BY_SKILL = 3;
export const MOST_ON_PATH = 8;
export const MOST_MINUTES = 120;

/** Levels count as whole numbers, as they are shown. */
export const shown = (level: number) => Math.min(HIGHEST_LEVEL, Math.max(0, Math.round(level)));

export function standingOf({ level, minimum, aim }: Goal): Standing {
  if (level === null) return 'unknown';
  if (shown(level) >= aim) return 'there';
  return shown(level) >= minimum ? 'reached' : 'onTheWay';
}

/** Steps from the present level to the least one that is needed; from nothing when nothing is known. 0 when it is reached. */
export const stepsTo = ({ level, minimum }: Goal) => Math.max(0, minimum - shown(level ?? 0));

/**
 * The lessons of one skill as a ladder from where the person stands: those of their own level first, then each level up to
 * the aim, and none beyond it. Where nothing is known the ladder begins at the beginning. A lesson without a level is of the
 * first. Within a level the order of courses. No lessons for an aim that is reached.
 */
export function ladderOf<C extends Candidate>(goal: Goal, lessons: readonly C[]): Suggested<C>[] {
  if (standingOf(goal) === 'there') return [];
  const from = Math.max(1, shown(goal.level ?? 0));
  const levelOf = ({ level }: C) => level ?? 1;
  return lessons
    .filter(
      (lesson) => lesson.code === goal.code && levelOf(lesson) >= from && levelOf(lesson) <= Math.max(from, goal.aim),
    )
    .toSorted((a, b) => levelOf(a) - levelOf(b) || a.course.localeCompare(b.course) || a.position - b.position)
    .map((lesson) => ({ lesson, reason: reasonOf(levelOf(lesson), goal) }));
}

function reasonOf(level: number, goal: Goal): Reason {
  const now = goal.level === null ? 0 : shown(goal.level);
  if (now === 0) return level === 1 ? 'begin' : level === 2 ? 'next' : 'later';
  if (level === now) return 'here';
  return level === now + 1 ? 'next' : 'later';
}

/** Skills in the order in which they are worth looking at: the longest way first, then what is not known, then what is reached. */
export function inOrder<G extends Goal>(goals: readonly G[]): G[] {
  const rank = { onTheWay: 0, unknown: 1, reached: 2, there: 3 } as const;
  return goals.toSorted(
    (a, b) => rank[standingOf(a)] - rank[standingOf(b)] || stepsTo(b) - stepsTo(a) || byCode(a.code, b.code),
  );
}

export type Step<C extends Candidate = Candidate> =
  | { kind: 'self_assessment'; code: string; reason: 'ask' }
  | { kind: 'lesson'; code: string; lesson: C; reason: Reason };

/**
 * One path out of all goals. It begins with a self-assessment when some level is not known, and goes on with the skills whose
 * way is longest; in each from easy to hard. A lesson of two skills is there once. At most 3 lessons of a skill, 8 steps and
 * two hours, but always at least one lesson when there is one. Reached skills come in only when nothing else is left.
 */
export function makePath<C extends Candidate>(goals: readonly Goal[], lessons: readonly C[]): Step<C>[] {
  const ordered = inOrder(goals);
  const open = ordered.filter((goal) => ['onTheWay', 'unknown'].includes(standingOf(goal)));
  const unknown = open.find(({ level }) => level === null);
  const steps: Step<C>[] = unknown ? [{ kind: 'self_assessment', code: unknown.code, reason: 'ask' }] : [];
  const taken = new Set<string>();
  let minutes = 0;
  for (const goal of open.length > 0 ? open : ordered) {
    let here = 0;
    for (const { lesson, reason } of ladderOf(goal, lessons)) {
      const isFull = minutes > 0 && minutes + lesson.minutes > MOST_MINUTES;
      if (here === MOST_BY_SKILL || steps.length === MOST_ON_PATH || isFull) break;
      if (taken.has(lesson.id)) continue;
      taken.add(lesson.id);
      steps.push({ kind: 'lesson', code: goal.code, lesson, reason });
      minutes += lesson.minutes;
      here += 1;
    }
  }
  return steps;
}

const byCode = new Intl.Collator('fi', { numeric: true }).compare;
