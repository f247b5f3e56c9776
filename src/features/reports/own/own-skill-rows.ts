import { OTHERS } from '../closing/release';
import { hiddenCell, type ReportCell, type ReportColumn } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import { say } from '../documents/report-words';
import {
  type CountedGroup,
  type CountedSkill,
  groupsAtEnd,
  type PairedGroup,
  pairedGroups,
} from '../figures/counted-skill';
import { bandedGroup, judgedGroup, splits, type Targets } from '../figures/coverage-report';
import { releasedGrowth } from '../figures/released-growth';
import type { Definition, Group } from './own-definition';

/** A row of a report of one's own about skills: what it is grouped by, and its values by column. */
export interface OwnRow {
  keys: string[];
  /** People behind it; undefined when hidden. */
  n: number | undefined;
  cells: ReportCell[];
}

export interface SkillData {
  counted: readonly CountedSkill[];
  targets: Targets;
  /** Codes of an area, when it is filtered by. */
  codes?: ReadonlySet<string> | undefined;
}

/** What groups of one competence say in each of the columns; undefined when nothing of them may be shown. */
type Values = (code: string, groups: readonly CountedGroup[]) => { n: number; cells: ReportCell[] } | undefined;

/**
 * Rows of whole counted groups (`release.ts`): each figure is about groups of one competence, and about those of them that
 * the row and the filters name. So a report of one's own can tell nothing that the ready ones do not.
 */
export function skillRows(definition: Definition, data: SkillData, reader: Reader): OwnRow[] {
  const { filters, groups: dimensions, source } = definition;
  const values = valuesOf(definition, data, reader);
  const byCode = source === 'growth' ? pairedGroups(data.counted) : groupsAtEnd(data.counted);
  return [...byCode].flatMap(([code, groups]) => {
    if (filters.competence && code !== filters.competence) return [];
    if (data.codes && !data.codes.has(code)) return [];
    const own = groups.filter(({ profile }) => !filters.profile || profile === filters.profile);
    const rows = Map.groupBy(own, (group) =>
      JSON.stringify(dimensions.map((dimension) => keyOf(dimension, code, group))),
    );
    return [...rows].flatMap(([key, some]) => {
      const row = values(code, some);
      return row ? [{ keys: JSON.parse(key) as string[], ...row }] : [];
    });
  });
}

function keyOf(dimension: Group, code: string, { team_id, profile }: CountedGroup): string {
  if (dimension === 'team') return team_id ?? OTHERS;
  if (dimension === 'profile') return profile ?? OTHERS;
  return code;
}

function valuesOf(definition: Definition, { targets }: SkillData, { t }: Reader): Values {
  const has = (column: string) => definition.columns.includes(column);
  const only = (cells: Record<string, ReportCell[]>) => definition.columns.flatMap((column) => cells[column] ?? []);
  if (definition.source === 'growth')
    return (_, groups) => {
      if (groups.length === 0) return undefined;
      const pairs = (groups as readonly PairedGroup[]).map(({ people, least }) => ({ pairs: people, k: least }));
      const { n, mean, interval, verdict, moved } = releasedGrowth(pairs);
      const ways = moved.exact
        ? [moved.counts.up, moved.counts.same, moved.counts.down, null]
        : [null, null, null, say.moved(moved, t)];
      return { n, cells: only({ people: [n], verdict: [verdict], mean: [mean], range: interval, moved: ways }) };
    };
  return (code, groups) => {
    const judge = definition.source === 'skills' ? bandedGroup : judgedGroup;
    const judged = groups.flatMap((group) => judge(group, code, targets) ?? []);
    if (judged.length === 0) return undefined;
    const n = judged.reduce((sum, { people }) => sum + people.length, 0);
    const { reached, bands } = splits(judged);
    return {
      n,
      cells: only({
        people: [n],
        bands: [
          ...BANDS.map((band) => (bands.exact ? bands.counts[band] : null)),
          bands.exact ? null : say.band(bands, t),
        ],
        reached: [reached.exact ? reached.counts.reached : has('word') ? null : say.reached(reached, t)],
        share: [reached.exact ? (100 * reached.counts.reached) / n : null],
        word: [reached.exact ? null : say.reached(reached, t)],
      }),
    };
  };
}

const BANDS = ['1', '2', '3', '4'] as const;

/** The columns of the values, in the order of `skillRows`. */
export function skillColumns({ columns }: Definition, { t }: Reader): ReportColumn[] {
  const column = (key: string, kind: ReportColumn['kind']): ReportColumn => ({
    key,
    heading: t(`reports.column.${key}`),
    kind,
  });
  const all: Record<string, ReportColumn[]> = {
    people: [column('people', 'count')],
    verdict: [column('change', 'verdict')],
    mean: [column('mean', 'change')],
    range: [column('low', 'change'), column('high', 'change')],
    moved: [column('up', 'count'), column('same', 'count'), column('down', 'count'), column('direction', 'text')],
    bands: [
      ...BANDS.map(
        (band): ReportColumn => ({ key: `band-${band}`, heading: t(`common.chart.band.${band}`), kind: 'count' }),
      ),
      column('bandWord', 'text'),
    ],
    reached: [column('reached', 'count')],
    share: [column('reachedShare', 'percent')],
    word: [column('reachedWord', 'text')],
  };
  return columns.flatMap((name) => all[name] ?? []);
}

/** A row for something that is named and of which nothing may be shown. */
export const hiddenRow = (keys: string[], width: number, k: number): OwnRow => ({
  keys,
  n: undefined,
  cells: Array<ReportCell>(width).fill(hiddenCell('small', k)),
});
