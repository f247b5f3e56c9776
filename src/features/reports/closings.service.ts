import { addCalendarDays, type Day, lastMonthEnd, monthEndBefore } from '../../lib/calendar';
import { atomically, onReplica } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { frameworkWordsOn } from '../skills/skills.model';
import { findClosedMonth, lockClosing, setClosedMonth } from './closings.model';
import { countMonths } from './counting.service';
import {
  type Closing,
  insertMonthMembers,
  insertMonthTargets,
  insertSkillMonthEnds,
  selectMonthTargets,
  selectTargetMonths,
  type Target,
} from './month-ends.model';
import { newestMonthEnd } from './period';

/** How far back the first closing of an organisation goes; older months show what was known at the oldest of these. */
export const HISTORY_MONTHS = 60;

/**
 * Closes all months of an organisation that are over: from then on their figures stand, whatever is recorded, joined or
 * changed later. Safe to call at any time and from several instances at once: they wait for each other, and the later ones
 * find nothing to do. Runs in a scope of its own: nobody's, in the organisation. Returns the newest closed month end.
 */
export function closeMonths(organisationId: string, now = new Date()): Promise<Day> {
  const last = newestMonthEnd(now);
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      const closed = await lockClosing(organisationId);
      if (closed && closed >= last) return closed;
      const first = closed ? monthEndAfter(closed) : monthEndBefore(last, HISTORY_MONTHS);
      await close({ organisationId, first, last });
      await setClosedMonth(organisationId, last);
      return last;
    }),
  );
}

async function close(closing: Closing): Promise<void> {
  await insertSkillMonthEnds(closing);
  await insertMonthMembers(closing);
  for (const month of await selectTargetMonths(closing)) {
    const { targets } = await frameworkWordsOn('fi', month);
    await insertMonthTargets(closing.organisationId, month, listed(targets));
  }
  await countMonths(closing.organisationId, closing.first, closing.last);
}

const listed = (targets: ReadonlyMap<string, ReadonlyMap<string, number>>): Target[] =>
  [...targets].flatMap(([profile, levels]) =>
    [...levels].map(([competence_code, level]) => ({ profile, competence_code, level })),
  );

const monthEndAfter = (month: Day): Day => lastMonthEnd(addCalendarDays(month, 31));

type Read = <T>(work: () => Promise<T>) => Promise<T>;

/** What this process has seen to be closed; a closed month never opens again. */
const seen = new Map<string, Day>();

/**
 * How to read reports of an organisation: closes what is behind first, and then reads on the main database, which alone is
 * sure to have it. Costs a statement until the newest month has been seen closed, and nothing after.
 */
export async function closedReader(organisationId: string): Promise<Read> {
  const newest = newestMonthEnd();
  if ((seen.get(organisationId) ?? '') >= newest) return onReplica;
  const closed = await onReplica(() => findClosedMonth(organisationId));
  if (closed && closed >= newest) {
    seen.set(organisationId, closed);
    return onReplica;
  }
  await closeMonths(organisationId);
  return (work) => work();
}

const targetsAt = new Map<string, Map<string, Map<string, number>>>();
const MOST_KEPT = 500;

/** Profile -> competence code -> level at the end of a closed month. Kept in memory: they never change. */
export async function monthTargets(organisationId: string, month: Day): Promise<Map<string, Map<string, number>>> {
  const key = `${organisationId} ${month}`;
  const known = targetsAt.get(key);
  if (known) return known;
  const targets = new Map<string, Map<string, number>>();
  for (const { profile, competence_code, level } of await selectMonthTargets(organisationId, month)) {
    const levels = targets.get(profile) ?? new Map<string, number>();
    targets.set(profile, levels.set(competence_code, level));
  }
  if (targetsAt.size >= MOST_KEPT) targetsAt.clear();
  targetsAt.set(key, targets);
  return targets;
}
