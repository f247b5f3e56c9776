import type { Day } from '../../lib/calendar';
import { pointAt, type RingPoint, stoneAngles } from './cycle-ring';
import type { CycleStep } from './cycles.model';
import type { Cycle } from './cycles.queries';

export interface DrawnStep extends CycleStep {
  number: number;
  state: 'done' | 'now' | 'ahead';
  /** Its day has passed and it is not done: it can be done now. */
  isLate: boolean;
  point: RingPoint;
}

export interface DrawnCycle {
  steps: DrawnStep[];
  /** The first that is not done. */
  now: DrawnStep | undefined;
  /** The middles of the twelve months, for their names. */
  months: RingPoint[];
}

const STONES = 130;
const NAMES = 180;

/** The steps of a year with their places on the ring, and which of them is the present one. */
export function drawCycle(cycle: Cycle | undefined, today: Day): DrawnCycle {
  const months = Array.from({ length: 12 }, (_, month) => pointAt(month * 30 + 15, NAMES));
  if (!cycle) return { steps: [], now: undefined, months };
  const angles = stoneAngles(cycle.steps.map(({ due_on }) => due_on));
  const first = cycle.steps.findIndex(({ done_on }) => done_on === null);
  const steps = cycle.steps.map((step, index): DrawnStep => {
    const state = step.done_on ? 'done' : index === first ? 'now' : 'ahead';
    const isLate = step.done_on === null && step.due_on < today;
    return { ...step, number: index + 1, state, isLate, point: pointAt(angles[index] ?? 0, STONES) };
  });
  return { steps, now: steps.find(({ state }) => state === 'now'), months };
}
