import { noonOf } from '../../lib/calendar';
import type { CsvCell } from '../../lib/csv';
import type { Formatter } from '../../lib/format';
import type { Translate } from '../../lib/i18n';
import type { CoverageReport } from './coverage-report';
import type { GrowthReport, Half, Moved } from './growth-report';
import type { Split } from './small-groups';
import { type AgreedCourse, courseState } from './training';

export interface Table {
  header: string[];
  rows: CsvCell[][];
}
type Names = ReadonlyMap<string, { plain_name: string }>;

const nameOf = (names: Names, code: string) => names.get(code)?.plain_name ?? code;
const whole = (value: number | undefined): CsvCell => (value === undefined ? null : { value, decimals: 0 });
const level = (value: number): CsvCell => ({ value, decimals: 1 });
const percent = (part: number, n: number): CsvCell => ({ value: (100 * part) / n, decimals: 0 });

/** The growth report as a file: the numbers of the page, hidden rows with their reason. */
export function growthTable(
  { report, competences }: { report: GrowthReport; competences: Names },
  t: Translate,
): Table {
  const columns = ['code', 'skill', 'change', 'mean', 'low', 'high', 'people', 'up', 'same', 'down', 'direction'];
  const halves = ['verifiedPeople', 'verifiedMean', 'ownPeople', 'ownMean', 'hidden'];
  const rows = report.rows.map((row): CsvCell[] => {
    const start = [row.code, nameOf(competences, row.code)];
    if (!row.shown) return [...start, ...Array<null>(13).fill(null), t(`reports.hidden.${row.reason}`)];
    const moved = row.moved;
    const counts = (['up', 'same', 'down'] as const).map((way) => (moved.exact ? whole(moved.counts[way]) : null));
    return [
      ...start,
      t(`common.change.${row.verdict}`),
      ...[row.mean, ...row.interval].map(level),
      whole(row.n),
      ...counts,
      moved.exact ? null : movedWord(moved, t),
      ...halfCells(row.verified),
      ...halfCells(row.ownView),
      null,
    ];
  });
  return { header: [...columns, ...halves].map((column) => t(`reports.column.${column}`)), rows };
}

function halfCells(half: Half): CsvCell[] {
  return half.shown ? [whole(half.n), level(half.mean)] : [whole(half.n), null];
}

/** Where most went, when numbers would tell of a few. */
export function movedWord(split: Extract<Split<Moved>, { exact: false }>, t: Translate): string {
  return t(`reports.moved.most.${split.most ?? 'mixed'}`);
}

export function coverageTable(
  { report, competences }: { report: CoverageReport; competences: Names },
  t: Translate,
): Table {
  const columns = ['code', 'skill', 'people', 'reached', 'reachedShare', 'reachedWord'];
  const bands = ['1', '2', '3', '4'] as const;
  const rows = report.rows.map((row): CsvCell[] => {
    const start = [row.code, nameOf(competences, row.code)];
    if (!row.shown) return [...start, ...Array<null>(9).fill(null), t(`reports.hidden.${row.reason}`)];
    const { reached, bands: spread, n } = row;
    const counts = bands.map((band) => (spread.exact ? whole(spread.counts[band] ?? 0) : null));
    const share = reached.exact
      ? [whole(reached.counts.reached), percent(reached.counts.reached, n), null]
      : [null, null, reachedWord(reached, t)];
    return [...start, whole(n), ...share, ...counts, spread.exact ? null : bandWord(spread, t), null];
  });
  const header = [
    ...columns.map((column) => t(`reports.column.${column}`)),
    ...bands.map((band) => t(`common.chart.band.${band}`)),
    t('reports.column.bandWord'),
    t('reports.column.hidden'),
  ];
  return { header, rows };
}

/** How many have reached the target, in words. */
export function reachedWord(split: { most: string | undefined; nearlyAll: boolean }, t: Translate): string {
  if (split.most === undefined) return t('reports.reached.half');
  const isReached = split.most === 'reached';
  if (split.nearlyAll) return t(isReached ? 'reports.reached.nearlyAll' : 'reports.reached.nearlyNone');
  return t(isReached ? 'reports.reached.most' : 'reports.reached.few');
}

/** Over which bands a group spreads, in words. */
export function bandWord(split: { most: string | undefined; nearlyAll: boolean }, t: Translate): string {
  if (split.most === undefined) return t('reports.bands.spread');
  const band = t(`common.chart.band.${split.most}`);
  return t(split.nearlyAll ? 'reports.bands.nearlyAll' : 'reports.bands.most', { band });
}

export function completionsTable(
  {
    members,
    courses,
    today,
  }: { members: { person_id: string; name: string }[]; courses: AgreedCourse[]; today: string },
  t: Translate,
  fmt: Formatter,
): Table {
  const columns = ['person', 'course', 'lessonsDone', 'lessonsTotal', 'state', 'completed', 'due', 'validUntil'];
  const byPerson = Map.groupBy(courses, ({ person_id }) => person_id);
  const rows = members.flatMap(({ person_id, name }): CsvCell[][] => {
    const own = byPerson.get(person_id);
    if (!own) return [[name, null, null, null, t('reports.training.none'), null, null, null]];
    return own.map((course) => [
      name,
      course.title,
      whole(course.lessons_done),
      whole(course.lessons_total),
      t(`reports.training.${courseState(course, today)}`),
      course.completed_at ? fmt.date(course.completed_at) : null,
      course.due_on ? fmt.date(noonOf(course.due_on)) : null,
      course.valid_until ? fmt.date(noonOf(course.valid_until)) : null,
    ]);
  });
  return { header: columns.map((column) => t(`reports.column.${column}`)), rows };
}

/** The words a page says in place of numbers; the same as in the files. */
export const say = { moved: movedWord, reached: reachedWord, band: bandWord };
