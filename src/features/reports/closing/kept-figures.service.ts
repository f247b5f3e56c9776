import { type Day, monthEndBefore } from '../../../lib/calendar';
import { atomically } from '../../../lib/db';
import { withScope } from '../../../lib/scope';
import { skillCoverage } from '../figures/coverage-report';
import { skillGrowth } from '../figures/growth-report';
import { selectCountedSince } from '../pages/skills.queries';
import { newestMonthEnd, PRESETS, periodOf } from '../period';
import { lockClosing } from './closings.model';
import { selectKnownCodes } from './counted-people.model';
import {
  deleteKept,
  insertKeptCoverage,
  insertKeptGrowth,
  insertKeptPeople,
  insertTrainingFigures,
  type Months,
  selectKeptMonths,
} from './kept-figures.model';
import { readMonthTargets } from './month-targets';

/** What pages offer by one press is ready when a month is closed; in the transaction that closes it. */
export async function keepNewest(organisationId: string, last: Day): Promise<void> {
  await insertTrainingFigures(organisationId, last);
  await keep(
    organisationId,
    PRESETS.map((months) => ({ from: monthEndBefore(last, months), to: last })),
  );
}

/**
 * Figures between closed months, kept from the first asking on: they can never be others. Who asks while another is at it
 * waits for them. The pairs end at closed months.
 */
export function keepFigures(organisationId: string, pairs: readonly Months[]): Promise<void> {
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      const closed = await lockClosing(organisationId);
      if (!closed || pairs.some(({ to }) => to > closed))
        throw new RangeError('Figures are kept of closed months only');
      const kept = await selectKeptMonths(organisationId);
      const isKept = new Set(kept.map(({ from, to }) => `${from} ${to}`));
      const missing = pairs.filter(({ from, to }) => !isKept.has(`${from} ${to}`));
      if (missing.length > 0) await keep(organisationId, missing, kept);
    }),
  );
}

/** Two years of month ends before the newest closed one: what somebody may ask to compare it with. */
export function keepTwoYears(organisationId: string): Promise<void> {
  const to = newestMonthEnd();
  const months = Array.from({ length: 24 }, (_, index) => ({ from: monthEndBefore(to, index + 1), to }));
  return keepFigures(organisationId, months);
}

/** Makes all that is kept of an organisation again out of the closed months: the same as was kept. */
export function rebuildSummaries(organisationId: string): Promise<void> {
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      await lockClosing(organisationId);
      const kept = await selectKeptMonths(organisationId);
      await deleteKept(organisationId);
      await keep(organisationId, kept);
    }),
  );
}

/** One month end and one competence at a time, so that memory holds one competence of one organisation. */
async function keep(organisationId: string, pairs: readonly Months[], before: readonly Months[] = []): Promise<void> {
  const covered = new Set(before.map(({ to }) => to));
  for (const [to, own] of Map.groupBy(pairs, (months) => months.to)) {
    const froms = own.map(({ from }) => from);
    const targets = covered.has(to) ? undefined : await readMonthTargets(organisationId, to);
    for (const code of await selectKnownCodes(organisationId)) {
      const { rows } = await selectCountedSince(organisationId, code, froms, to);
      for (const [place, from] of froms.entries()) {
        for (const row of rows) {
          row.before = row.befores[place] ?? null;
          row.either_before = row.either_befores[place] ?? null;
        }
        await insertKeptGrowth(organisationId, { from, to }, skillGrowth(rows, periodOf(from, to)));
      }
      if (targets) await insertKeptCoverage(organisationId, to, skillCoverage(rows, targets));
    }
    for (const months of own) await insertKeptPeople(organisationId, months);
  }
}
