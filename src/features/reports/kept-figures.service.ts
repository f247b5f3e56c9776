import { type Day, monthEndBefore } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { lockClosing } from './closings.model';
import { selectKnownCodes } from './counted-people.model';
import { type ShownCoverage, skillCoverage, type Targets } from './coverage-report';
import { type SkillGrowth, skillGrowth } from './growth-report';
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
import { PRESETS, periodOf } from './period';
import { selectCounted } from './skills.queries';

/** What pages offer by one press is ready when a month is closed; in the transaction that closes it. */
export async function keepNewest(organisationId: string, last: Day): Promise<void> {
  await insertTrainingFigures(organisationId, last);
  await keep(
    organisationId,
    PRESETS.map((months) => ({ from: monthEndBefore(last, months), to: last })),
  );
}

/**
 * Figures between two closed months, kept from the first asking on: they can never be others. Who asks while another is at
 * it waits for them.
 */
export function keepFigures(organisationId: string, months: Months): Promise<void> {
  return withScope({ organisationId, personId: null }, () =>
    atomically(async () => {
      const closed = await lockClosing(organisationId);
      if (!closed || closed < months.to) throw new RangeError(`${months.to} is not a closed month`);
      const kept = await selectKeptMonths(organisationId);
      if (!kept.some(({ from, to }) => from === months.from && to === months.to))
        await keep(organisationId, [months], kept);
    }),
  );
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

/** One competence at a time, so that memory holds one competence of one organisation. */
async function keep(organisationId: string, pairs: readonly Months[], before: readonly Months[] = []): Promise<void> {
  const codes = await selectKnownCodes(organisationId);
  const covered = new Set(before.map(({ to }) => to));
  for (const months of pairs) {
    const targets = covered.has(months.to) ? undefined : await readMonthTargets(organisationId, months.to);
    covered.add(months.to);
    const { growth, coverage } = await figuresOf(organisationId, months, codes, targets);
    await insertKeptPeople(organisationId, months);
    await insertKeptGrowth(organisationId, months, growth);
    await insertKeptCoverage(organisationId, months.to, coverage);
  }
}

async function figuresOf(organisationId: string, { from, to }: Months, codes: readonly string[], targets?: Targets) {
  const growth: SkillGrowth[] = [];
  const coverage: ShownCoverage[] = [];
  for (const code of codes) {
    const counted = (await selectCounted(organisationId, { teams: null, from, to, code })).rows;
    growth.push(...skillGrowth(counted, periodOf(from, to)));
    if (targets) coverage.push(...skillCoverage(counted, targets));
  }
  return { growth, coverage };
}
