import { z } from 'zod';

/**
 * What a report of one's own may be made of: lists that are closed in code, so that a query string can only choose. There are
 * no columns of time online, log-ins, answers or ranks to choose, and no order by results.
 */
interface SourceParts {
  groups: readonly string[];
  filters: readonly string[];
  columns: readonly string[];
  charts: readonly string[];
  /** Whether it looks at a period, and over how many months. */
  months: readonly number[];
}

const SKILL_GROUPS = ['competence', 'team', 'profile'] as const;
const SKILL_FILTERS = ['team', 'profile', 'competence', 'area'] as const;

export const SOURCES = {
  skills: {
    groups: SKILL_GROUPS,
    filters: SKILL_FILTERS,
    columns: ['people', 'bands'],
    charts: ['stacked', 'bars'],
    months: [],
  },
  growth: {
    groups: SKILL_GROUPS,
    filters: SKILL_FILTERS,
    columns: ['people', 'verdict', 'mean', 'range', 'moved'],
    charts: ['interval', 'bars'],
    months: [3, 6, 12],
  },
  coverage: {
    groups: SKILL_GROUPS,
    filters: SKILL_FILTERS,
    columns: ['people', 'reached', 'share', 'word'],
    charts: ['bars'],
    months: [],
  },
  training: {
    groups: ['course', 'team', 'person'],
    filters: ['team'],
    columns: ['done', 'expiring', 'expired', 'late', 'recognised', 'on-the-way', 'not-started'],
    charts: ['stacked', 'bars'],
    months: [],
  },
  help: { groups: ['topic', 'team'], filters: ['team'], columns: ['asked'], charts: ['bars'], months: [3, 6, 12] },
} as const satisfies Record<string, SourceParts>;

export type Source = keyof typeof SOURCES;
export const SOURCE_NAMES = Object.keys(SOURCES) as Source[];
export const NO_CHART = 'none';
export const FILTERS = ['team', 'profile', 'competence', 'area'] as const;
export type Filter = (typeof FILTERS)[number];
export type Group = 'competence' | 'team' | 'profile' | 'course' | 'person' | 'topic';

/** Groupings and filters together: a third one would cut groups so small that they could be told apart. */
const MOST_DIMENSIONS = 2;

export interface Definition {
  source: Source;
  groups: Group[];
  filters: Partial<Record<Filter, string>>;
  columns: string[];
  chart: string;
  months: number | undefined;
}

const text = z.string().max(100).optional().catch(undefined);

/** What may stand in an address of the builder; anything else is as if it were not there. */
const DefinitionQuery = z.object({
  source: text,
  group: text,
  group2: text,
  team: text,
  profile: text,
  competence: text,
  area: text,
  columns: z
    .preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(40)).max(20))
    .catch([]),
  chart: text,
  months: text,
});
export type DefinitionQuery = z.output<typeof DefinitionQuery>;

/** Reads a definition from what was chosen; undefined when no source was. Unknown choices fall to the usual ones. */
export function readDefinition(query: unknown): Definition | undefined {
  const asked = DefinitionQuery.parse(query ?? {});
  if (!isSource(asked.source)) return undefined;
  const parts: SourceParts = SOURCES[asked.source];
  const groups = [asked.group, asked.group2].filter((group) => group !== undefined && parts.groups.includes(group));
  const chosen = asked.columns.filter((column) => parts.columns.includes(column));
  const months = Number(asked.months);
  return {
    source: asked.source,
    groups: [...new Set(groups.length > 0 ? groups : parts.groups.slice(0, 1))] as Group[],
    filters: Object.fromEntries(
      FILTERS.flatMap((filter) => {
        const value = asked[filter]?.trim();
        return value && parts.filters.includes(filter) ? [[filter, value]] : [];
      }),
    ),
    columns: parts.columns.filter((column) => chosen.length === 0 || chosen.includes(column)),
    chart:
      asked.chart === NO_CHART || parts.charts.includes(asked.chart ?? '')
        ? (asked.chart as string)
        : defaultChart(parts),
    months: parts.months.includes(months) ? months : parts.months[Math.min(1, parts.months.length - 1)],
  };
}

const defaultChart = ({ charts }: SourceParts) => charts[0] ?? NO_CHART;
const isSource = (name: string | undefined): name is Source => SOURCE_NAMES.includes(name as Source);

/** The dimensions that a report crosses: what it is grouped by and what it is filtered by. */
function dimensionsOf({ groups, filters }: Pick<Definition, 'groups' | 'filters'>): string[] {
  return [...new Set([...groups, ...Object.keys(filters)])];
}

/** What stops a report from being made, as a message key; undefined when nothing does. */
export function faultOf(definition: Definition): string | undefined {
  const dimensions = dimensionsOf(definition);
  if (dimensions.length > MOST_DIMENSIONS) return 'own.fault.dimensions';
  const isOfSkills = ['skills', 'growth', 'coverage'].includes(definition.source);
  if (isOfSkills && !dimensions.includes('competence')) return 'own.fault.competence';
  if (definition.groups.includes('person') && definition.groups.length > 1) return 'own.fault.person';
  return undefined;
}

/** The definition as the query of an address, without the usual. */
export function queryOf({ source, groups, filters, columns, chart, months }: Definition): string {
  const query = new URLSearchParams({ source });
  for (const [index, group] of groups.entries()) query.set(index === 0 ? 'group' : 'group2', group);
  for (const [filter, value] of Object.entries(filters)) query.set(filter, value);
  for (const column of columns) query.append('columns', column);
  query.set('chart', chart);
  if (months) query.set('months', String(months));
  return query.toString();
}

/** What was saved, read as if it were chosen now: a choice that is no more falls to the usual one. */
export function storedDefinition({
  source,
  groups,
  filters,
  columns,
  chart,
  months,
}: Definition): Definition | undefined {
  const [group, group2] = groups;
  return readDefinition({ source, group, group2, ...filters, columns, chart, months: months && String(months) });
}
