import type { Day } from '../../../lib/calendar';
import { selectMonthTargets } from './month-ends.model';

type Levels = Map<string, Map<string, number>>;
const targetsAt = new Map<string, Levels>();
const MOST_KEPT = 500;

/** Profile -> competence code -> level at the end of a closed month. Kept in memory: they never change. */
export async function monthTargets(organisationId: string, month: Day): Promise<Levels> {
  const key = `${organisationId} ${month}`;
  const known = targetsAt.get(key);
  if (known) return known;
  const targets = await readMonthTargets(organisationId, month);
  if (targetsAt.size >= MOST_KEPT) targetsAt.clear();
  targetsAt.set(key, targets);
  return targets;
}

/** The same from the database, while the month may still be rolled back. */
export async function readMonthTargets(organisationId: string, month: Day): Promise<Levels> {
  const targets: Levels = new Map();
  for (const { profile, competence_code, level } of await selectMonthTargets(organisationId, month)) {
    const levels = targets.get(profile) ?? new Map<string, number>();
    targets.set(profile, levels.set(competence_code, level));
  }
  return targets;
}
