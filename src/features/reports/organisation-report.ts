import { addCalendarDays, type Day, lastMonthEnd, monthEndBefore } from '../../lib/calendar';
import { type CoverageReport, coverageOfCounts, type Targets } from './coverage-report';
import { type GrowthReport, reportOfFigures, requiredBy } from './growth-report';
import { newestMonthEnd, type Period, periodOf } from './period';
import { byCode, leastOf } from './skill-ends';
import { KEPT_MONTHS } from './summaries.model';
import type { OrganisationMonths, SkillFiguresRow, selectGrowthSums } from './summaries.queries';

type SumsRow = Awaited<ReturnType<typeof selectGrowthSums>>['rows'][number];

/** The period moved into the months that an organisation's summaries are kept of: the newest 24, from up to 24 before each. */
export function keptPeriod({ from, to }: Period, now = new Date()): Period {
  const oldest = monthEndBefore(newestMonthEnd(now), KEPT_MONTHS - 1);
  const end = to < oldest ? oldest : to;
  const earliest = monthEndBefore(end, KEPT_MONTHS);
  const start = from < earliest ? earliest : from;
  return periodOf(start < end ? start : monthBefore(end), end);
}

const monthBefore = (month: Day) => lastMonthEnd(addCalendarDays(month, -1));

const NOBODY: OrganisationMonths = {
  at_start: 0,
  at_end: 0,
  stayed: 0,
  known: 0,
  with_profile: 0,
  has_clients: false,
  profiles: [],
};

/** The smallest group that may show of an organisation. */
export const leastOfMonths = (months: OrganisationMonths | undefined, smallestGroup: number) =>
  leastOf(months?.has_clients ? [{ relation: 'client' }] : [], smallestGroup);

/**
 * Paired growth of a whole organisation from its kept sums. `people` is exact when nothing is hidden; otherwise it is how many
 * are in the row with most of them.
 */
export function organisationGrowth(
  rows: readonly SumsRow[],
  months: OrganisationMonths = NOBODY,
  targets: Targets,
  k: number,
): GrowthReport {
  const skills = rows
    .toSorted((a, b) => byCode(a.competence_code, b.competence_code))
    .map((row) => ({
      code: row.competence_code,
      all: { n: row.n, change: BigInt(row.change), squares: BigInt(row.squares), up: row.up, down: row.down },
      verified: {
        n: row.verified_n,
        change: BigInt(row.verified_change),
        squares: BigInt(row.verified_squares),
        up: row.verified_up,
        down: row.verified_down,
      },
    }));
  return reportOfFigures(
    {
      skills,
      required: requiredBy(months.profiles, targets),
      team: months.at_end,
      joined: months.at_end - months.stayed,
      left: months.at_start - months.stayed,
      peopleOf: (codes) =>
        codes.length === skills.length
          ? months.known
          : Math.max(0, ...skills.filter(({ code }) => codes.includes(code)).map(({ all }) => all.n)),
      oldestOf: () => undefined,
    },
    k,
  );
}

/** How targets are reached in a whole organisation, or in a team of it, from kept counts. */
export function keptCoverage(
  rows: readonly SkillFiguresRow[],
  months: Pick<OrganisationMonths, 'at_end' | 'with_profile'> = NOBODY,
  k: number,
): CoverageReport {
  return coverageOfCounts(
    rows
      .toSorted((a, b) => byCode(a.competence_code, b.competence_code))
      .map(({ competence_code, reached, on_the_way }) => ({ code: competence_code, reached, onTheWay: on_the_way })),
    { team: months.at_end, withProfile: months.with_profile },
    k,
  );
}
