import { noonOf } from '../../../lib/calendar';
import type { GrowthReport, GrowthRow, Half } from '../figures/growth-report';
import type { Period } from '../period';
import { hiddenCell, type ReportCell, type ReportColumn, type ReportDocument, type ReportRow } from './document';
import type { Reader } from './document-cells';
import { say } from './report-words';

export interface GrowthOf {
  report: GrowthReport;
  competences: ReadonlyMap<string, { plain_name: string }>;
  /** The smallest group that shows. */
  k: number;
  period: Period;
  /** Whose growth, in words. */
  scope: string;
}

/** Growth of the same people between two month ends, as a document. */
export function growthDocument({ report, competences, k, period, scope }: GrowthOf, reader: Reader): ReportDocument {
  const { t } = reader;
  const columns = growthColumns(reader);
  return {
    slug: t('reports.growth.file'),
    title: t('reports.growth.heading'),
    scope,
    period: { from: period.from, to: period.to },
    about: growthAbout(report, period, k, reader),
    sections: [
      {
        heading: t('reports.growth.caption'),
        words: growthWords(report, reader),
        chart: {
          kind: 'interval',
          label: 'skill',
          values: ['mean'],
          low: 'low',
          high: 'high',
          finding: growthWords(report, reader).join(' '),
        },
        table: {
          columns,
          rows: report.rows.map((row) => growthCells(row, columns.length, competences, k, reader)),
        },
      },
    ],
  };
}

/** What the growth report finds, in a sentence or two. */
export function growthWords({ said, rows }: GrowthReport, { t }: Pick<Reader, 't'>): string[] {
  if (!rows.some((row) => row.shown)) return [];
  const fell = said.fell > 0 ? ` ${t('reports.growth.fell', { count: said.fell })}` : '';
  return [`${t('reports.growth.grew', { count: said.grew })}${fell}`];
}

function growthColumns({ t }: Reader): ReportColumn[] {
  const column = (key: string, kind: ReportColumn['kind'], filesOnly = false): ReportColumn => ({
    key,
    heading: t(`reports.column.${key}`),
    kind,
    ...(filesOnly && { filesOnly }),
  });
  return [
    column('code', 'text', true),
    column('skill', 'text'),
    column('change', 'verdict'),
    column('mean', 'change'),
    column('low', 'change'),
    column('high', 'change'),
    column('people', 'count'),
    column('up', 'count', true),
    column('same', 'count', true),
    column('down', 'count', true),
    column('direction', 'text', true),
    column('verifiedPeople', 'count', true),
    column('verifiedMean', 'change', true),
    column('ownPeople', 'count', true),
    column('ownMean', 'change', true),
  ];
}

function growthCells(
  row: GrowthRow,
  length: number,
  names: GrowthOf['competences'],
  k: number,
  { t }: Reader,
): ReportRow {
  const start = [row.code, names.get(row.code)?.plain_name ?? row.code];
  if (!row.shown) return [...start, ...Array<ReportCell>(length - start.length).fill(hiddenCell(row.reason, k))];
  const { moved } = row;
  const directions = moved.exact
    ? [moved.counts.up, moved.counts.same, moved.counts.down, null]
    : [null, null, null, say.moved(moved, t)];
  const half = (part: Half): ReportCell[] => {
    if (part.shown) return [part.n, part.mean];
    return part.n === 0 ? [0, null] : Array(2).fill(t('reports.half.hidden'));
  };
  return [
    ...start,
    row.verdict,
    row.mean,
    ...row.interval,
    row.n,
    ...directions,
    ...half(row.verified),
    ...half(row.ownView),
  ];
}

function growthAbout(report: GrowthReport, period: Period, k: number, { t, fmt }: Reader): ReportDocument['about'] {
  const { people, team, joined, left, hidden, verifiedShare, oldestMonths, rows } = report;
  const held = rows.filter((row) => row.shown && row.isHeld).length;
  const share = { share: verifiedShare };
  const halves = rows.some((row) => row.shown && !row.verified.shown && row.verified.n === undefined);
  return {
    n: people > 0 ? people : null,
    coverage: [
      t('reports.sure.people', { people, team }),
      t('reports.sure.stayed'),
      ...(joined > 0 || left > 0 ? [t('reports.sure.moved', { joined, left })] : []),
      ...(left > 0 ? [t('reports.sure.left')] : []),
      ...(held > 0 ? [t('reports.sure.held', { count: held })] : []),
      ...(verifiedShare === 90 ? [t('reports.sure.verified.most', share)] : []),
      ...(verifiedShare === 10 ? [t('reports.sure.verified.few', share)] : []),
      ...(verifiedShare !== undefined && ![10, 90].includes(verifiedShare) ? [t('reports.sure.verified', share)] : []),
    ].join(' '),
    freshness: [
      t('reports.about.closedMonth', { date: fmt.date(noonOf(period.to)) }),
      ...(oldestMonths === 0 ? [t('reports.sure.fresh')] : []),
      ...(oldestMonths ? [t('reports.sure.oldest', { count: oldestMonths })] : []),
    ].join(' '),
    definitions: [
      { term: t('reports.column.mean'), meaning: t('reports.growth.definition.mean') },
      {
        term: `${t('reports.column.low')}, ${t('reports.column.high')}`,
        meaning: t('reports.growth.definition.interval'),
      },
      { term: t('reports.column.change'), meaning: t('reports.growth.definition.verdict') },
      { term: t('reports.growth.definition.quiz'), meaning: t('reports.growth.definition.quiz.text') },
      { term: `${t('reports.column.up')}, ${t('reports.column.down')}`, meaning: t('reports.growth.definition.moved') },
      { term: t('reports.half.verified'), meaning: t('reports.half.lead', { least: k }) },
    ],
    hidden: [
      ...(hidden > 0 ? [t('reports.sure.hidden', { count: hidden })] : []),
      ...(halves ? [t('reports.growth.hidden.halves')] : []),
    ],
  };
}
