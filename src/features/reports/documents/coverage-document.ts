import { noonOf } from '../../../lib/calendar';
import type { CoverageReport, CoverageRow } from '../figures/coverage-report';
import type { Period } from '../period';
import { hiddenCell, type ReportCell, type ReportColumn, type ReportDocument, type ReportRow } from './document';
import type { Reader } from './document-cells';
import { say } from './report-words';

export interface CoverageOf {
  report: CoverageReport;
  competences: ReadonlyMap<string, { plain_name: string }>;
  /** The smallest group that shows. */
  k: number;
  period: Period;
  /** Whose skills, in words. */
  scope: string;
}

const BANDS = ['1', '2', '3', '4'] as const;

/** How target profiles are reached at the end of a period, as a document. */
export function coverageDocument(
  { report, competences, k, period, scope }: CoverageOf,
  reader: Reader,
): ReportDocument {
  const { t, fmt } = reader;
  const columns = coverageColumns(reader);
  const date = fmt.date(noonOf(period.to));
  const { hidden } = report;
  const inWords = report.rows.some((row) => row.shown && !(row.reached.exact && row.bands.exact));
  return {
    slug: t('reports.coverage.file'),
    title: t('reports.coverage.heading'),
    scope,
    period: { from: period.from, to: period.to },
    about: {
      n: report.team,
      coverage: t('reports.coverage.people', { team: report.team, profile: report.withProfile }),
      freshness: `${t('reports.about.closedMonth', { date })} ${t('reports.coverage.monthly')}`,
      definitions: [
        { term: t('reports.column.atTarget'), meaning: t('reports.coverage.definition.reached') },
        { term: t('reports.column.bands'), meaning: t('reports.coverage.definition.bands') },
        { term: t('reports.column.people'), meaning: t('reports.coverage.how.target') },
      ],
      hidden: [
        ...(hidden > 0 ? [t('reports.sure.hidden', { count: hidden })] : []),
        ...(inWords ? [t('reports.coverage.hidden')] : []),
      ],
    },
    sections: [
      {
        heading: t('reports.coverage.caption'),
        words: [t('reports.coverage.lead', { date })],
        table: { columns, rows: report.rows.map((row) => coverageCells(row, columns.length, competences, k, reader)) },
      },
    ],
  };
}

function coverageColumns({ t }: Reader): ReportColumn[] {
  const column = (key: string, kind: ReportColumn['kind'], more: Partial<ReportColumn> = {}): ReportColumn => ({
    key,
    heading: t(`reports.column.${key}`),
    kind,
    ...more,
  });
  return [
    column('code', 'text', { filesOnly: true }),
    column('skill', 'text'),
    column('people', 'count'),
    column('reached', 'count'),
    column('reachedShare', 'percent'),
    column('reachedWord', 'text'),
    ...BANDS.map((band) => column(`band-${band}`, 'count', { heading: t(`common.chart.band.${band}`) })),
    column('bandWord', 'text'),
  ];
}

function coverageCells(
  row: CoverageRow,
  length: number,
  names: CoverageOf['competences'],
  k: number,
  { t }: Reader,
): ReportRow {
  const start = [row.code, names.get(row.code)?.plain_name ?? row.code];
  if (!row.shown) return [...start, ...Array<ReportCell>(length - start.length).fill(hiddenCell(row.reason, k))];
  const { reached, bands, n } = row;
  return [
    ...start,
    n,
    ...(reached.exact
      ? [reached.counts.reached, (100 * reached.counts.reached) / n, null]
      : [null, null, say.reached(reached, t)]),
    ...BANDS.map((band) => (bands.exact ? (bands.counts[band] ?? 0) : null)),
    bands.exact ? null : say.band(bands, t),
  ];
}
