import type { Day } from '../../lib/calendar';

/** A point on the ring, in the units of its picture: 400 wide and high. */
export interface RingPoint {
  x: number;
  y: number;
}

const CENTRE = 200;
const FULL = 360;
/** Stones nearer than this would lie on each other. */
const LEAST_APART = 30;

/** Where on the ring of its year a day is: degrees clockwise from 1 January at the top. */
export function angleOf(day: Day): number {
  const [year, start] = [Number(day.slice(0, 4)), Date.UTC(Number(day.slice(0, 4)), 0, 1)];
  const days = (Date.UTC(year + 1, 0, 1) - start) / 86_400_000;
  return ((Date.parse(`${day}T00:00:00Z`) - start) / 86_400_000 / days) * FULL;
}

/** The point at an angle, `radius` from the middle; to a tenth. */
export function pointAt(angle: number, radius: number): RingPoint {
  const radians = ((angle - 90) / 180) * Math.PI;
  const round = (value: number) => Math.round(value * 10) / 10;
  return { x: round(CENTRE + radius * Math.cos(radians)), y: round(CENTRE + radius * Math.sin(radians)) };
}

/**
 * Angles for stones in the order of their days (ascending): each at its own, pushed on where it would lie on the one before.
 * The last ones are pushed back together rather than past the end of the year.
 */
export function stoneAngles(days: readonly Day[]): number[] {
  const angles = days.map(angleOf);
  for (let index = 1; index < angles.length; index += 1)
    angles[index] = Math.max(angles[index] as number, (angles[index - 1] as number) + LEAST_APART);
  let most = FULL - LEAST_APART / 2;
  for (let index = angles.length - 1; index >= 0 && (angles[index] as number) > most; index -= 1) {
    angles[index] = most;
    most -= LEAST_APART;
  }
  return angles;
}
