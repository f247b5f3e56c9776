import { addCalendarDays, type Day, lastMonthEnd, monthEndBefore } from '../../../lib/calendar';
import { atomically, onReplica } from '../../../lib/db';
import { enqueue } from '../../../lib/jobs';
import { withScope } from '../../../lib/scope';
import { selectOrganisations } from '../../organisations/organisations.model';
import { frameworkWordsOn } from '../../skills/skills.model';
import { newestMonthEnd } from '../period';
import { expectManyRows, findClosedMonth, lockClosing, setClosedMonth } from './closings.model';
import { countMonths } from './counting.service';
import { keepNewest } from './kept-figures.service';
import {
  type Closing,
  insertMonthMembers,
  insertMonthTargets,
  insertSkillMonthEnds,
  selectTargetMonths,
  type Target,
} from './month-ends.model';

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
      await expectManyRows();
      await close({ organisationId, first, last });
      await keepNewest(organisationId, last);
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

/** The job at the turn of a month: it leaves one job for each organisation, so that one that fails stops no other. */
export const CLOSE_MONTHS = 'close-months';
export const CLOSE_ORGANISATION = 'close-organisation';

export function closeAllMonths(): Promise<void> {
  return atomically(async () => {
    for (const { id } of await selectOrganisations())
      await enqueue(CLOSE_ORGANISATION, { organisation_id: id }, { key: `${CLOSE_ORGANISATION} ${id}` });
  });
}

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
