import type { Translate } from '../../../lib/i18n';
import { type Definition, FILTERS, type Filter, NO_CHART, queryOf, readDefinition, SOURCES } from './own-definition';
import type { OwnNames } from './own-document';

interface Choice {
  value: string;
  text: string;
}

export interface OwnChoices {
  groups: Choice[];
  filters: { name: Filter; label: string; options: Choice[]; value: string }[];
  columns: Choice[];
  charts: Choice[];
  months: Choice[];
}

/** What can be chosen for a source, in words. Filters of what the reader may not read are not among them. */
export function ownChoices({ source, filters }: Definition, names: OwnNames, t: Translate): OwnChoices {
  const parts = SOURCES[source];
  const listed = (map: ReadonlyMap<string, string>): Choice[] => [
    { value: '', text: t('own.filter.all') },
    ...[...map].map(([value, text]) => ({ value, text })),
  ];
  const named: Record<Filter, ReadonlyMap<string, string>> = {
    team: names.teams,
    profile: names.profiles,
    competence: names.competences,
    area: names.areas,
  };
  return {
    groups: parts.groups.map((value) => ({ value, text: t(`own.group.${value}`) })),
    filters: FILTERS.filter((name) => (parts.filters as readonly string[]).includes(name)).map((name) => ({
      name,
      label: t(`own.filter.${name}`),
      options: listed(named[name]),
      value: filters[name] ?? '',
    })),
    columns: parts.columns.map((value) => ({
      value,
      text: source === 'training' ? t(`reports.trainingShort.${value}`) : t(`own.column.${value}`),
    })),
    charts: [...parts.charts, NO_CHART].map((value) => ({ value, text: t(`own.chart.${value}`) })),
    months: parts.months.map((months) => ({ value: String(months), text: t('own.months', { months }) })),
  };
}

/** Reports to begin from, as a question and the query that answers it. */
export const EXAMPLES = (
  [
    ['growth', { source: 'growth', group: 'competence', months: '6' }],
    ['coverage', { source: 'coverage', group: 'competence' }],
    ['expiring', { source: 'training', group: 'course', columns: ['expiring', 'expired', 'late'] }],
    ['help', { source: 'help', group: 'topic', months: '6' }],
  ] as const
).map(([name, chosen]) => {
  const definition = readDefinition(chosen);
  return { name, query: definition ? queryOf(definition) : '' };
});
